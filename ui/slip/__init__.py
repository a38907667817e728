"""Phiếu Excel on the screen: taken away for a part of an assessment, brought back and taken over."""
