"""Phiếu Excel: an assessment, or a room's criteria, filled in offline in a workbook that computes itself, and back."""

from cchc_core.slip.applying import apply_slip
from cchc_core.slip.comparing import compare_slip
from cchc_core.slip.model import Choice, Comparison, Keep, ProofLink, Slip
from cchc_core.slip.names import file_name
from cchc_core.slip.reading import read_slip
from cchc_core.slip.writing import write_slip

__all__ = [
    "Choice",
    "Comparison",
    "Keep",
    "ProofLink",
    "Slip",
    "apply_slip",
    "compare_slip",
    "file_name",
    "read_slip",
    "write_slip",
]
