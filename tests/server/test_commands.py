from dataclasses import dataclass
from pathlib import Path

import pytest

from cchc_core.choices import NothingMatches, SeveralMatch
from cchc_core.commands import find_assessment
from cchc_core.control import NoData, export_workbook
from cchc_core.permissions import State
from cchc_core.rules.scoring import PeriodView
from cchc_core.store.assessments import Assessment


@dataclass(frozen=True)
class Unit:
    id: str
    name: str


SO_A = Unit("a1", "Sở Thông tin và Truyền thông")
SO_B = Unit("b2", "Sở Tài nguyên và Môi trường")
PERIODS = {"q1": "Quý I", "q3": "Quý III", "year": "Năm"}


def an_assessment(unit: Unit, rubric: str, period: str) -> Assessment:
    return Assessment(
        id=f"{unit.id}-{rubric}-{period}",
        unit_id=unit.id,
        unit_name=unit.name,
        rubric_id=rubric,
        rubric_title=f"Bộ tiêu chí {rubric}",
        rubric_sha256="0" * 64,
        period_id=f"{rubric}/{period}",
        period_code=period,
        period_title=PERIODS[period],
        period_order=1,
        year=2022,
        is_provisional=period != "year",
        state=State.DRAFT,
        is_locked=False,
        change_number=1,
        data_from=None,
        data_to=None,
        internal_due=None,
        outward_due=None,
        period=PeriodView(period, is_provisional=period != "year", reached=None),
    )


KNOWN = [an_assessment(unit, rubric, period) for unit in (SO_A, SO_B) for rubric in ("st", "nd") for period in PERIODS]


@pytest.mark.parametrize("unit", ["a1", "Sở Thông tin và Truyền thông", "so thong tin va truyen thong", "truyền thông"])
@pytest.mark.parametrize("period", ["q3", "Q3", "Quý III", "quy iii", "st/q3"])
def test_an_assessment_is_found_by_ids_codes_and_names(unit: str, period: str) -> None:
    assert find_assessment(KNOWN, rubric="st", unit=unit, period=period).id == "a1-st-q3"


def test_the_whole_name_wins_over_names_that_contain_it() -> None:
    assert find_assessment(KNOWN, rubric="st", unit="a1", period="Quý I").id == "a1-st-q1"


def test_what_matches_nothing_lists_the_choices() -> None:
    with pytest.raises(NothingMatches) as refused:
        find_assessment(KNOWN, rubric="st", unit="a1", period="q2")
    for title, code in (("Quý I", "q1"), ("Quý III", "q3"), ("Năm", "year")):
        assert f"{title} ({code})" in str(refused.value)


def test_what_matches_several_lists_those_and_no_other() -> None:
    with pytest.raises(SeveralMatch) as refused:
        find_assessment(KNOWN, rubric="st", unit="a1", period="quý")
    assert "Quý I (q1)" in str(refused.value)
    assert "Năm" not in str(refused.value)


def test_only_what_still_fits_is_offered() -> None:
    with pytest.raises(NothingMatches) as refused:
        find_assessment(
            [an_assessment(SO_A, "st", "q1"), an_assessment(SO_B, "nd", "year")],
            rubric="st",
            unit="Sở Tài nguyên",
            period="q1",
        )
    assert SO_A.name in str(refused.value)
    assert SO_B.name not in str(refused.value)


def test_without_any_assessment_the_command_says_so() -> None:
    with pytest.raises(NothingMatches, match="chưa có gì để chọn"):
        find_assessment([], rubric="st", unit="a1", period="q1")


def test_an_empty_text_is_no_name() -> None:
    with pytest.raises(NothingMatches):
        find_assessment(KNOWN, rubric="", unit="a1", period="q1")


def test_a_folder_without_data_is_not_turned_into_one(tmp_path: Path) -> None:
    with pytest.raises(NoData):
        export_workbook(tmp_path / "không có", tmp_path / "a.xlsx", rubric="st", unit="a1", period="q1")
    assert list(tmp_path.iterdir()) == []
