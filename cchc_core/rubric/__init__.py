"""Criteria sets as values: the tree, what the print declares, and what does not add up."""
