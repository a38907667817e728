"""A small set whose criteria can be told apart by their titles, and next ones of it with other codes."""

from dataclasses import replace

from cchc_core.rubric.model import Criterion, Rubric
from tests.running_year import version_of
from tests.store.world import RUBRIC

# Titles that can be told apart: «Tiêu chí 1.1» and «Tiêu chí 1.2» are all but the same words.
TITLES = {
    "1.1": "Ban hành kế hoạch cải cách đúng thời hạn",
    "1.2": "Thành lập tổ công tác liên ngành",
    "1.3": "Kiểm tra các phòng chuyên môn hằng quý",
    "1.4": "Tuyên truyền qua trang thông tin điện tử",
    "1.7": "Sáng kiến được công nhận",
    "1.8": "Mức độ hài lòng qua điều tra",
}
BEFORE = version_of(
    RUBRIC,
    rubric_id="tinh-2022",
    year=2022,
    changed=[replace(RUBRIC.criterion(code), title=title) for code, title in TITLES.items()],
)
ANSWERS: dict[str, dict[str, object]] = {
    "1.1": {"level": 0},
    "1.2": {"level": 1},
    "1.3": {"numerator": "1", "denominator": "3"},
    "1.4": {"ticked": [1]},
    "1.7": {"points": "0.25"},
}


def recoded(code: str, to: str) -> Criterion:
    """Give a criterion another code."""
    return replace(BEFORE.criterion(code), code=to)


def next_set(*changed: Criterion, without: tuple[str, ...] = (), year: int = 2023) -> Rubric:
    """Make the next set of it."""
    return version_of(BEFORE, rubric_id=f"tinh-{year}", year=year, changed=changed, without=without)


def swapped() -> Rubric:
    """Make the next set, in which 1.3 and 1.4 have exchanged their codes."""
    return next_set(recoded("1.4", "1.3"), recoded("1.3", "1.4"))
