"""Counted figures (chỉ tiêu thống kê): what a form asks for, what may be entered, this year beside last year."""
