"""Two years' sets of a province that writes few criteria, and how to make further ones of them."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from cchc_core.rubric.model import Criterion, Evidence, Rubric, Section
from cchc_core.rules.kinds import Checklist, Item, Leaf, Level, Levels, Ratio, Rule

ONE = Decimal("1.0000")
NONE = Decimal("0.0000")


def levels(most: Decimal = ONE, *texts: str) -> Levels:
    """Make a rule of levels, the first of them full, the last nothing."""
    named = texts or ("Có", "Không")
    step = most / (len(named) - 1)
    return Levels(tuple(Level(text, most - step * place) for place, text in enumerate(named)))


def leaf(code: str, title: str, rule: Rule | None = None, most: Decimal = ONE, **more: object) -> Criterion:
    """Make a criterion that is scored; what stands before the last dot of its code is above it."""
    parent = code.rpartition(".")[0]
    scored = Leaf(most, rule or levels(most))
    return replace(Criterion(code, parent, code.partition(".")[0], title, scored), **more)  # type: ignore[arg-type]


def group(code: str, title: str) -> Criterion:
    """Make a group."""
    return Criterion(code, code.rpartition(".")[0], code.partition(".")[0], title)


def rubric(year: int, sections: Iterable[Section], criteria: Iterable[Criterion], rubric_id: str = "") -> Rubric:
    """Make a set."""
    return Rubric(
        id=rubric_id or f"tinh-{year}",
        title="Bộ tiêu chí CCHC",
        issuer="UBND tỉnh",
        year=year,
        document=f"Quyết định số {year}",
        points_source="official",
        declared_total=None,
        parts=(),
        sections=tuple(sections),
        criteria=tuple(criteria),
    )


SECTIONS = (Section("1", None, "Chỉ đạo, điều hành"), Section("2", None, "Cải cách thể chế"))
PLAN = leaf("1.1", "Ban hành kế hoạch CCHC năm 2024 đúng thời hạn")
CHECKED = leaf("1.2", "Kiểm tra công tác CCHC tại các phòng, đơn vị", Ratio("số đơn vị đã kiểm tra", "số đơn vị"))
TOLD = leaf(
    "1.3",
    "Tuyên truyền CCHC trên trang thông tin điện tử",
    Checklist((Item("Có chuyên mục", ONE / 2), Item("Có tin bài hằng quý", ONE / 2))),
    evidence=(Evidence("Ảnh chụp chuyên mục"), Evidence("Danh sách tin bài")),
)
REVIEWED = leaf("2.1", "Rà soát văn bản quy phạm pháp luật", levels(ONE, "Đủ", "Thiếu", "Không"))
HANDLED = leaf("2.2", "Xử lý văn bản phát hiện qua rà soát")
OLD = rubric(2024, SECTIONS, (PLAN, CHECKED, TOLD, REVIEWED, HANDLED))

PLAN_2025 = replace(PLAN, title="Ban hành kế hoạch CCHC năm 2025 đúng thời hạn")
NEW_TASK = leaf("1.2", "Thành lập Ban Chỉ đạo chuyển đổi số của Sở")


def moved(criterion: Criterion, code: str) -> Criterion:
    """Give a criterion another code, in the section and below the group that the code says."""
    return replace(criterion, code=code, parent=code.rpartition(".")[0], section=code.partition(".")[0])


# A criterion was put in before 1.2, so that two codes stand for another criterion now.
NEW = rubric(2025, SECTIONS, (PLAN_2025, NEW_TASK, moved(CHECKED, "1.3"), moved(TOLD, "1.4"), REVIEWED, HANDLED))
