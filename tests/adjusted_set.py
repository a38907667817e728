"""A small set with bonuses, penalties and caps at every level, and answers that fill them."""

from decimal import Decimal

from cchc_core.rubric.model import Cap, Criterion, Rubric, Section
from cchc_core.rules.kinds import Effect, External, Leaf, Manual

TYPED = Manual(Decimal("0.0001"), "nhập tay")


def _leaf(code: str, parent: str, effect: Effect = Effect.NORMAL, top: str = "2.0000") -> Criterion:
    rule = External("Sở Nội vụ") if code.endswith("9") else TYPED
    leaf = Leaf(Decimal(top), rule, "không xét", effect=effect)
    return Criterion(code, parent, code[0], f"Tiêu chí {code}", leaf)


ADJUSTED = Rubric(
    id="thuong-tru-2026",
    title="Bộ có điểm thưởng, điểm trừ",
    issuer="Sở Nội vụ tỉnh Nam Định",
    year=2026,
    document="Quyết định số 1",
    points_source="official",
    declared_total=None,
    parts=(),
    sections=(Section("1", None, "Chỉ đạo, điều hành"), Section("2", None, "Điểm thưởng, điểm trừ")),
    criteria=(
        _leaf("1.1", "1", top="10.0000"),
        _leaf("1.2", "1", Effect.PENALTY),
        Criterion("2.1", "2", "2", "Thưởng"),
        _leaf("2.1.1", "2.1", Effect.BONUS),
        _leaf("2.1.2", "2.1", Effect.BONUS),
        _leaf("2.1.9", "2.1", Effect.BONUS),
        _leaf("2.2", "2", Effect.BONUS),
        _leaf("2.3", "2", Effect.PENALTY),
        _leaf("2.9", "2", Effect.PENALTY),
    ),
    caps=(
        Cap(Effect.BONUS, Decimal("2.5"), "2.1"),
        Cap(Effect.BONUS, Decimal(3)),
        Cap(Effect.PENALTY, Decimal("1.75"), "2"),
        Cap(Effect.PENALTY, Decimal("2.5")),
    ),
)
ANSWERS: dict[str, dict[str, object]] = {
    "1.1": {"points": "9.25"},
    "1.2": {"points": "1"},
    "2.1.1": {"points": "2"},
    "2.1.2": {"points": "1"},
    "2.2": {"points": "1"},
    "2.3": {"points": "1.5"},
    "2.9": {"points": "0.5", "source": "Báo cáo"},
}
