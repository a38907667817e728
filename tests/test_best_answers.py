from decimal import Decimal

import pytest
from hypothesis import given, settings

from cchc_core.best_answers import best_answer, best_answers, left_out_words
from cchc_core.rubric_files import read_rubric
from cchc_core.rules.answers import read_entry
from cchc_core.rules.scoring import Status
from cchc_core.sheet import Sheet
from cchc_core.what_if import try_out
from tests.sheets import sheet_of, sheets

SOC_TRANG = read_rubric("soctrang-tttt-2022")


@settings(max_examples=60)
@given(sheets())
def test_a_best_answer_is_taken_by_its_rule_and_brings_more(sheet: Sheet) -> None:
    codes = [leaf.code for leaf in sheet.rubric.leaves if not leaf.scored.is_external]
    best = best_answers(sheet, codes)
    assert {*best.entries, *best.left_out} == {*codes}
    trial = try_out(sheet, best.entries)
    assert trial.problems == {}
    for code in best.entries:
        assert trial.sheet.scores[code].status is Status.SCORED
        assert trial.sheet.scores[code].points > sheet.scores[code].points


@pytest.mark.parametrize(
    ("code", "stored", "wanted", "points"),
    [
        ("I.1.1", None, {"points": "0.5000"}, "0.5"),
        ("I.1.2", None, None, None),
        ("I.1.2", {"numerator": "18", "denominator": "20"}, {"numerator": "20", "denominator": "20"}, "1"),
        ("I.1.4.2", {"level": 1}, {"level": 0}, "0.5"),
        ("I.1.6", {"count": 3}, {"count": 0}, "2"),
        ("I.1.6", {"count": 0}, None, None),
        ("II.1.1", None, None, None),
        ("II.1.1", {"this_year": "80", "last_year": "88"}, {"this_year": "89", "last_year": "88"}, "1"),
        ("II.1.4", None, None, None),
    ],
)
def test_figures_are_taken_from_what_is_there_and_never_made_up(
    code: str, stored: dict[str, object] | None, wanted: dict[str, object] | None, points: str | None
) -> None:
    sheet = sheet_of(SOC_TRANG, {code: stored} if stored else {}, "year")
    best = best_answers(sheet, [code])
    found = best.entries.get(code)
    if wanted is None:
        assert found is None
        assert best.left_out == (code,)
    else:
        leaf = SOC_TRANG.criterion(code).scored
        assert found is not None
        assert read_entry(leaf, found) == read_entry(leaf, wanted)
        assert try_out(sheet, best.entries).sheet.scores[code].points == Decimal(str(points))


def test_a_checklist_is_ticked_as_far_as_its_items_are_due() -> None:
    leaf = SOC_TRANG.criterion("I.1.3").scored
    first, whole = sheet_of(SOC_TRANG, {}, "q1").period, sheet_of(SOC_TRANG, {}, "year").period
    now, then = (best_answer(leaf, None, period, Decimal(0)) for period in (first, whole))
    assert now == {"ticked": [0, 1]}
    assert then == {"ticked": [0, 1, 2, 3, 4, 5, 6, 7]}


def test_what_is_left_out_is_named_but_not_without_end() -> None:
    assert left_out_words(["I.1.2"]).startswith("Không tự thử được I.1.2: cần số liệu")
    assert "1.9 và 2 tiêu chí khác:" in left_out_words([f"1.{number}" for number in range(12)])
