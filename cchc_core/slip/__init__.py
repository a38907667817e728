"""Phiếu Excel: an assessment, or a room's criteria, filled in offline in a workbook that computes itself, and back."""
