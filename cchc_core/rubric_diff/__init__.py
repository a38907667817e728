"""Two versions of criteria sets beside each other: which criterion continues which, and what became of each."""
