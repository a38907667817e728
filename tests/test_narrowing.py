from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_core.attention import Reason, by_reason, by_responsible, by_section, items
from cchc_core.group_table import SUM, group_table
from cchc_core.narrowing import Narrowing, choices, narrowed, stakes
from cchc_core.rubric_files import read_rubric
from cchc_core.sheet import Sheet
from cchc_core.unconfirmed import unconfirmed
from tests.sheets import remedy_of, sheet_of, sheets

NAM_DINH = read_rubric("namdinh-tnmt-2024")


@given(sheets())
def test_the_stakes_of_everything_are_the_totals(sheet: Sheet) -> None:
    sums = stakes(items(sheet))
    total = sheet.totals.total
    assert (sums.lost, sums.missing, sums.unconfirmed) == (total.lost, total.at_risk, unconfirmed(sheet).points)
    assert sums.at_stake == sums.lost + sums.missing + sums.unconfirmed


@given(sheets(), st.data())
def test_what_a_choice_promises_is_what_it_lists(sheet: Sheet, data: st.DataObject) -> None:
    listed = items(sheet)
    now = Narrowing()
    for side in ("section", "responsible", "reason"):
        offered = choices(listed, sheet.rubric, now)[side]
        if not offered:
            assert narrowed(listed, now) == ()
            return
        group = data.draw(st.sampled_from(offered))
        now = Narrowing(**{**_sides(now), side: group.key})
        found = stakes(narrowed(listed, now))
        assert (found.count, found.at_stake) == (group.count, group.at_stake)


def _sides(narrowing: Narrowing) -> dict[str, str | None]:
    return {"section": narrowing.section, "responsible": narrowing.responsible, "reason": narrowing.reason}


def test_nobody_named_is_a_choice_of_its_own() -> None:
    sheet = sheet_of(NAM_DINH, {"1.1.1": {"level": 2}})
    listed = items(sheet, {"1.1.2": remedy_of("1.1.2", responsible="Phòng Một")})
    assert [item.criterion.code for item in narrowed(listed, Narrowing(responsible="Phòng Một"))] == ["1.1.2"]
    assert all(not item.responsible for item in narrowed(listed, Narrowing(responsible="")))
    assert narrowed(listed, Narrowing()) == listed


def test_a_reason_keeps_what_bears_it_as_a_mark_too() -> None:
    sheet = sheet_of(NAM_DINH, {"1.1.1": {"level": 1}})
    marked = narrowed(items(sheet), Narrowing(reason=Reason.NO_EVIDENCE))
    assert [(item.criterion.code, item.main_reason) for item in marked] == [("1.1.1", Reason.BELOW)]


@pytest.mark.parametrize("name", ["Lĩnh vực", "Đơn vị phụ trách", "Lý do"])
def test_a_table_of_groups_ends_with_their_sum(name: str) -> None:
    listed = items(sheet_of(NAM_DINH, {"1.1.1": {"level": 2}}))
    groups = {
        "Lĩnh vực": by_section(listed, NAM_DINH),
        "Đơn vị phụ trách": by_responsible(listed),
        "Lý do": by_reason(listed),
    }[name]
    table = group_table("theo", name, groups, NAM_DINH)
    whole = stakes(listed)
    assert table.rows[-1] == (SUM, whole.count, whole.at_stake)
    assert sum((row[2] for row in table.rows[:-1] if isinstance(row[2], Decimal)), Decimal(0)) == whole.at_stake
    assert [column.name for column in table.columns] == [name, "Số tiêu chí", "Điểm (minh hoạ)"]
