"""Whether the points that a criterion claims have anything to show for them."""

from cchc_core.rubric.model import Criterion
from cchc_core.sheet import Sheet


def wants_proof(criterion: Criterion) -> bool:
    """Tell whether a criterion asks the unit for a document; what another body follows is not the unit's to bring."""
    return any(line.brought_by_unit for line in criterion.evidence)


def lacks_proof(sheet: Sheet, criterion: Criterion) -> bool:
    """Tell whether points are claimed, a document is asked of the unit, and there is neither one nor a self note."""
    code = criterion.code
    if sheet.scores[code].points <= 0 or not wants_proof(criterion) or sheet.attached.get(code):
        return False
    stored = sheet.answers.get(code)
    return stored is None or not stored.self_note.strip()
