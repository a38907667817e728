"""What the pages are made of: who is here, which assessment is open, answer forms, totals, charts, words."""
