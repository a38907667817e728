"""Points that the print itself leaves to be given by hand, in steps."""

import re

from cchc_core.rubric_in.proposing.inline_points import NUMBER, number
from cchc_core.rubric_in.proposing.wording import Reading, Wording
from cchc_core.rules.explain import quote
from cchc_core.rules.kinds import Manual

_BY_HAND = re.compile(
    rf"\b(?:nhap diem|cham diem|cham) (?:bang )?tay[^:;.]*?\bbuoc ({NUMBER})(?: diem)?\s*[:.]?\s*(?P<why>.*)$"
)


def read_by_hand(wording: Wording) -> Reading | None:
    """Read "Nhập điểm tay trong khung điểm tối đa, bước 0,0250: …" with its reason."""
    for row in wording.rows:
        found = _BY_HAND.search(row.plain)
        step = number(found[1]) if found else None
        if found and step:
            why = row.words.said(*found.span("why")) or "Bản in để chấm bằng tay trong khung điểm."
            return Reading(Manual(step, why), 0.9, f"Lời văn ghi {quote(row.text)}.")
    return None
