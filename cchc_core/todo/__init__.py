"""Việc cần làm: what is due, what is not scored, what is not proved, by the points that hang on it."""
