"""Criteria sets that are worked on: made from a file, a copy or nothing, checked, confirmed, and issued as versions."""
