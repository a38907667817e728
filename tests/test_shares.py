"""The parts of a bar: every point of a maximum stands in one of them."""

from dataclasses import fields

from hypothesis import given

from cchc_core.rules.decimals import ZERO
from cchc_core.shares import Shares, joined, shares
from cchc_core.sheet import Sheet
from tests.sheets import sheets


@given(sheets())
def test_the_parts_add_up_to_the_maximum_and_none_is_negative(sheet: Sheet) -> None:
    for totals in (sheet.totals.total, *sheet.totals.sections.values()):
        parts = shares(totals)
        assert sum((getattr(parts, field.name) for field in fields(Shares)), ZERO) == totals.max_points
        assert min(getattr(parts, field.name) for field in fields(Shares)) >= 0
        assert (parts.max_points, parts.effective_max) == (totals.max_points, totals.effective_max)
        assert (parts.points, parts.percent) == (totals.points, totals.percent)


@given(sheets())
def test_what_others_score_stands_apart_from_the_departments_own(sheet: Sheet) -> None:
    for totals in sheet.totals.sections.values():
        parts = shares(totals)
        assert parts.earned + parts.lost + parts.missing + parts.not_due == totals.self_max
        assert parts.external_given + parts.external_lost + parts.awaiting == totals.external_max
        assert parts.lost + parts.external_lost == totals.lost


@given(sheets())
def test_joined_sections_have_the_parts_of_the_whole(sheet: Sheet) -> None:
    assert joined(map(shares, sheet.totals.sections.values())) == shares(sheet.totals.total)
