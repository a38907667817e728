"""A small set with all that a printed form may have to show."""

from dataclasses import replace
from decimal import Decimal

from cchc_core.rubric.bodies import BodyKind
from cchc_core.rubric.model import Cap, Criterion, Evidence, Part, Rubric, Section
from cchc_core.rules.kinds import (
    Band,
    Bands,
    Checklist,
    Compare,
    Count,
    Effect,
    EmptyDenominator,
    External,
    Item,
    Leaf,
    Level,
    Levels,
    Linear,
    Manual,
    Ratio,
    Rule,
)

ONE, HALF, NONE = Decimal("1.0000"), Decimal("0.5000"), Decimal("0.0000")
YES_OR_NO = Levels((Level("Có", ONE), Level("Không", NONE)))
EVERY_RULE: dict[str, Rule] = {
    "levels": YES_OR_NO,
    "checklist": Checklist((Item("Đúng nội dung", HALF), Item("Mức độ hoàn thành", HALF, is_ratio=True))),
    "ratio": Ratio("số việc đã xong", "tổng số việc", Decimal(70), EmptyDenominator.FULL),
    "bands": Bands(
        "Tỷ lệ hồ sơ",
        "%",
        (
            Band(Decimal(95), Decimal(100), True, True, linear=Linear(Decimal("0.01"), Decimal(0))),
            Band(Decimal(0), Decimal(95), True, False, points=NONE),
        ),
    ),
    "count": Count("Số văn bản chậm", (ONE, HALF, NONE)),
    "compare": Compare("Chỉ số", ONE, HALF, NONE),
    "external": External("Sở Nội vụ"),
    "manual": Manual(Decimal("0.25"), "bản in mất cách chia điểm"),
}


def leaf(code: str, title: str, rule: Rule = YES_OR_NO, **more: object) -> Criterion:
    """Give a leaf of one point in section I.1; ``more`` are fields of a Leaf."""
    section = ".".join(code.split(".")[:2])
    return Criterion(code, section, section, title, leaf=Leaf(ONE, rule, **more))  # type: ignore[arg-type]


def every_kind() -> Rubric:
    """A set with a leaf of every kind of rule in a part."""
    criteria = tuple(leaf(f"I.1.{n}", f"Việc thứ {n}", rule) for n, rule in enumerate(EVERY_RULE.values(), start=1))
    return Rubric(
        id="bo-nho",
        title="Bộ tiêu chí chấm điểm",
        issuer="Sở Nội vụ tỉnh A",
        year=2026,
        document="Ban hành kèm theo Quyết định số 12/QĐ-SNV ngày 05/01/2026 của Sở Nội vụ tỉnh A",
        points_source="official",
        declared_total=None,
        parts=(Part("I", "Kết quả thực hiện"),),
        sections=(Section("I.1", "I", "Chỉ đạo, điều hành"),),
        criteria=criteria,
    )


def with_adjustments() -> Rubric:
    """The set with a bonus, a penalty, a cap on each level, bodies and evidence."""
    rubric = every_kind()
    bonus = replace(leaf("I.1.9", "Có sáng kiến", effect=Effect.BONUS), applies_to=(BodyKind.ROOM,))
    penalty = leaf("I.1.10", "Bị nhắc nhở", effect=Effect.PENALTY)
    proofs = (Evidence("=Quyết định", "năm 2026"), Evidence("Báo cáo năm 2026", "năm 2026"))
    first = replace(rubric.criteria[0], evidence=proofs, note="Ghi chú\x00 & <b>")
    caps = (Cap(Effect.BONUS, HALF, "I.1"), Cap(Effect.PENALTY, Decimal(2)))
    return replace(rubric, criteria=(first, *rubric.criteria[1:], bonus, penalty), caps=caps)
