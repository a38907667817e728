"""A criteria set of a page, for what the shipped ones do not have: hostile texts, leaves that all may be left out."""

from decimal import Decimal
from typing import Any

from cchc_core.rubric.model import Criterion, Evidence, Rubric, Section
from cchc_core.rules.kinds import Checklist, External, Item, Leaf, Level, Levels, Rule

ONE, HALF, ZERO = Decimal("1.0000"), Decimal("0.5000"), Decimal("0.0000")
YES_NO = Levels((Level("Có", ONE), Level("Không", ZERO)))
HOSTILE = '=HYPERLINK("http://example.com";"bấm")'


def _leaf(code: str, parent: str, rule: Rule = YES_NO, **of_leaf: Any) -> Criterion:
    leaf = Leaf(ONE, rule, not_applicable_clause="Không được giao thì hạ điểm chuẩn", **of_leaf)
    return Criterion(code, parent, parent[0], f"Tiêu chí {code}", leaf)


SMALL = Rubric(
    id="nho-2024",
    title="+Bộ tiêu chí nhỏ",
    issuer="Sở Nội vụ tỉnh Nam Định",
    year=2024,
    document="@Quyết định số 1",
    points_source="official",
    declared_total=None,
    parts=(),
    sections=(Section("1", None, "-Chỉ đạo, điều hành"), Section("2", None, "Thể chế")),
    criteria=(
        Criterion("1.1", "1", "1", "=1+1"),
        _leaf("1.1.1", "1.1"),
        _leaf("1.1.2", "1.1", void_condition="Tài liệu bị chỉnh sửa"),
        Criterion("1.2", "1", "1", HOSTILE, Leaf(ONE, YES_NO, "Có"), evidence=(Evidence("@SUM(A1)"),)),
        _leaf("2.1", "2", External("Điều tra xã hội học")),
        _leaf("2.2", "2", Checklist((Item("Quý I", HALF, due_period="q1"), Item("Quý IV", HALF, due_period="year")))),
        _leaf("2.3", "2", due_period="year"),
    ),
)
