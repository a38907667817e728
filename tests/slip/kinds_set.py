"""A criteria set of a page with every kind of rule, every modifier, and bonuses and penalties under caps."""

from decimal import Decimal
from typing import Any

from cchc_core.rubric.model import Cap, Criterion, Evidence, Rubric, Section
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

ONE, HALF, QUARTER, ZERO = Decimal("1.0000"), Decimal("0.5000"), Decimal("0.2500"), Decimal("0.0000")
YES_NO = Levels((Level("Có", ONE), Level('Không, hoặc "muộn" * ? ~', ZERO)))
_BANDS = (
    Band(Decimal(95), Decimal(100), includes_lower=True, includes_upper=True, linear=Linear(Decimal("0.01"), ZERO)),
    Band(Decimal(80), Decimal(95), includes_lower=True, includes_upper=False, points=HALF),
    Band(Decimal(0), Decimal(80), includes_lower=True, includes_upper=False, points=ZERO),
)
_AMOUNTS = (
    Band(None, Decimal("0.3"), includes_lower=False, includes_upper=False, points=ONE),
    Band(Decimal("0.3"), None, includes_lower=False, includes_upper=False, points=QUARTER),
)
_ITEMS = (
    Item("Ban hành kế hoạch", QUARTER),
    Item("Tỷ lệ nhiệm vụ hoàn thành", HALF, is_ratio=True),
    Item("Báo cáo năm", QUARTER, due_period="year"),
)


def _leaf(code: str, rule: Rule, most: Decimal = ONE, parent: str | None = None, **of_leaf: Any) -> Criterion:
    section = code[0]
    evidence = (Evidence(f"Báo cáo {code}"), Evidence("theo dõi của Sở Nội vụ", brought_by_unit=False))
    return Criterion(
        code, parent or section, section, f"Tiêu chí {code}", Leaf(most, rule, **of_leaf), evidence=evidence
    )


def _ratio(empty: EmptyDenominator, floor: str | None = None) -> Ratio:
    return Ratio("số việc đúng hạn", "số việc được giao", None if floor is None else Decimal(floor), empty)


EVERY_KIND = Rubric(
    id="moi-kieu-2024",
    title="=Bộ tiêu chí có mọi cách tính",
    issuer="Sở Nội vụ tỉnh Nam Định",
    year=2024,
    document="Quyết định số 1/QĐ-UBND",
    points_source="official",
    declared_total=None,
    parts=(),
    sections=(Section("1", None, "Mọi cách tính"), Section("2", None, "Thưởng, trừ")),
    criteria=(
        _leaf("1.1", YES_NO, not_applicable_clause="Không được giao thì hạ điểm chuẩn"),
        _leaf("1.2", YES_NO, void_condition="Tài liệu bị chỉnh sửa"),
        _leaf("1.3", Checklist(_ITEMS), not_applicable_clause="Không có nhiệm vụ"),
        _leaf("1.4", Checklist((Item("Ý một", HALF), Item("Ý hai", HALF), Item("Ý ba", HALF)))),
        Criterion("1.5", "1", "1", "Nhóm tỷ lệ"),
        _leaf("1.5.1", _ratio(EmptyDenominator.FULL), parent="1.5"),
        _leaf("1.5.2", _ratio(EmptyDenominator.ZERO, "70"), parent="1.5"),
        _leaf("1.5.3", _ratio(EmptyDenominator.NOT_APPLICABLE), parent="1.5", void_condition="Số liệu sai"),
        _leaf("1.5.4", _ratio(EmptyDenominator.REFUSE), Decimal("1.2500"), parent="1.5"),
        _leaf("1.6", Bands("Tỷ lệ hồ sơ trực tuyến", "%", _BANDS)),
        _leaf("1.7", Bands("Số giờ chậm", "giờ", _AMOUNTS, known_gaps=(Decimal("0.3"),))),
        _leaf("1.8", Count("văn bản nhắc nhở", (ONE, HALF, ZERO))),
        _leaf("1.9", Compare("Số hồ sơ", ONE, HALF, ZERO)),
        _leaf("1.10", External("Điều tra xã hội học"), Decimal("12.7500")),
        _leaf("1.11", Manual(Decimal("0.0250"), "Bản in mất cách chia điểm")),
        _leaf("1.12", YES_NO, due_period="year", not_applicable_clause="Không được giao"),
        Criterion("2.1", "2", "2", "Điểm thưởng"),
        _leaf("2.1.1", Count("sáng kiến", (ZERO, HALF, ONE)), parent="2.1", effect=Effect.BONUS),
        _leaf("2.1.2", YES_NO, parent="2.1", effect=Effect.BONUS, not_applicable_clause="Không xét thưởng"),
        _leaf("2.1.3", Manual(QUARTER, "Hội đồng xét"), parent="2.1", effect=Effect.BONUS),
        Criterion("2.2", "2", "2", "Điểm trừ"),
        _leaf("2.2.1", Count("lần chậm", (ZERO, HALF, ONE)), parent="2.2", effect=Effect.PENALTY),
        _leaf("2.2.2", Levels((Level("Có vi phạm", ONE), Level("Không", ZERO))), parent="2.2", effect=Effect.PENALTY),
    ),
    caps=(
        Cap(Effect.BONUS, Decimal("1.2500"), "2.1"),
        Cap(Effect.PENALTY, Decimal("1.5000"), "2"),
        Cap(Effect.BONUS, Decimal("1.7500")),
    ),
)
