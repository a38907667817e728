"""Figures that a plan promises (chỉ tiêu phấn đấu): where the actual values come from, met or not, and by how much."""
