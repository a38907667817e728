"""Việc cần làm: what people see of their own first, what the office urges, and the points that hang on it."""
