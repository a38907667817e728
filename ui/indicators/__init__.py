"""Chỉ tiêu: counted figures of two years, and the figures that plans promise."""
