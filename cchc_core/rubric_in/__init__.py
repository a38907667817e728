"""Criteria sets that people bring: tables of Excel, CSV, Word or pasted text, read into a tree with proposed rules."""
