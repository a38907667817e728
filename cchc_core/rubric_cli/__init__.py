"""Criteria sets on the command line: look at them, check them, bring them in and out, compare them."""
