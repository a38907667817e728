"""Points typed by hand, for a leaf whose rule the print lost or words in a way that no kind of rule fits."""

from decimal import Decimal
from typing import Any, Final

from cchc_core.rubric_drafts.model import Json
from cchc_core.rubric_drafts.values import points_text

_STEPS: Final = tuple(map(Decimal, ("0.05", "0.025", "0.01", "0.005", "0.001", "0.0005")))
_FINEST: Final = Decimal("0.0001")
_MOST: Final = 1_500
_NOTHING_PRINTED: Final = "Văn bản không nêu cách chia điểm; chấm tay trong khung điểm chuẩn."


def manual_rule(max_points: object, proposal: Json) -> Json:
    """Make the rule of a leaf that is scored by hand: steps that reach the maximum, the printed lines as the reason."""
    step = points_text(_step(max_points))
    return {"kind": "manual", "step": step, "reason": _reason(proposal.get("lines") or [])}


def with_step(rule: Json, max_points: object) -> Json:
    """Give a rule by hand whose steps reach another maximum; the person's own steps stay where they do."""
    top = _points(max_points)
    own = _points(rule.get("step"))
    if top is None or (own is not None and own > 0 and top % own == 0):
        return rule
    return {**rule, "step": points_text(_step(max_points))}


def _step(max_points: object) -> Decimal:
    top = _points(max_points)
    return next((step for step in _STEPS if top is None or (top >= step and top % step == 0)), _FINEST)


def _points(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _reason(lines: list[Any]) -> str:
    printed = "; ".join(f"«{line['text']}»{_beside(line.get('points'))}" for line in lines if line.get("text"))
    if not printed:
        return _NOTHING_PRINTED
    short = printed if len(printed) <= _MOST else f"{printed[: _MOST - 1].rstrip()}…"
    return f"Chấm tay theo bản in: {short}"


def _beside(points: object) -> str:
    return "" if points is None else f" ({str(points).replace('.', ',')} điểm)"
