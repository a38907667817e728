"""Two versions of criteria sets beside each other: which criterion continues which, and what became of each."""

from cchc_core.rubric_diff.comparing import compare
from cchc_core.rubric_diff.keeping import compare_versions, confirm_matches, matches_of, refuse_matches, take_back
from cchc_core.rubric_diff.matching import resolve, suggest_matches
from cchc_core.rubric_diff.tables import difference_tables, write_difference_xlsx

__all__ = [
    "compare",
    "compare_versions",
    "confirm_matches",
    "difference_tables",
    "matches_of",
    "refuse_matches",
    "resolve",
    "suggest_matches",
    "take_back",
    "write_difference_xlsx",
]
