"""Rows of units are joined by group where there are too many; a large unit weighs more, one without figures nothing."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cchc_core.heat import MOST_MARKS, Cell, Row, aggregated
from cchc_core.rules.decimals import ZERO

COLUMNS = 3
POINTS = st.integers(0, 100_000).map(lambda units: Decimal(units).scaleb(-4))
CELLS = st.none() | st.tuples(POINTS, POINTS).map(lambda pair: Cell(min(pair), max(pair)))
ROWS = st.lists(
    st.builds(
        Row,
        name=st.sampled_from(("Sở A", "Sở B")),
        group=st.sampled_from(("Tỉnh Một", "Tỉnh Hai", "Tỉnh Ba", "")),
        cells=st.tuples(*[CELLS] * COLUMNS),
    ),
    max_size=40,
)


def cell(part: str, whole: str) -> Cell:
    return Cell(Decimal(part), Decimal(whole))


@given(ROWS, st.integers(COLUMNS, 60))
def test_joined_rows_are_never_more_than_the_limit_and_lose_no_unit_and_no_point(rows: list[Row], most: int) -> None:
    joined = aggregated(rows, most)
    assert sum(len(row.cells) for row in joined) <= most
    assert sum(row.units for row in joined) == len(rows)
    for column in range(COLUMNS):
        before = [found for row in rows if (found := row.cells[column]) is not None]
        after = [found for row in joined if (found := row.cells[column]) is not None]
        assert sum((c.part for c in after), ZERO) == sum((c.part for c in before), ZERO)
        assert sum((c.whole for c in after), ZERO) == sum((c.whole for c in before), ZERO)


def test_rows_within_the_limit_stay_as_they_are() -> None:
    rows = [Row(f"Sở {n}", "Tỉnh", (cell("1", "2"),)) for n in range(10)]
    assert aggregated(rows, 10) == tuple(rows)


def test_a_group_is_the_mean_of_its_units_weighted_by_their_effective_maximum() -> None:
    rows = [
        Row("Sở lớn", "Tỉnh", (cell("90", "100"), cell("5", "10"))),
        Row("Sở nhỏ", "Tỉnh", (cell("1", "10"), None)),
    ]
    (row,) = aggregated(rows, 2)
    first, second = row.cells
    assert first is not None
    assert second is not None
    assert Fraction(first.part) / Fraction(first.whole) == Fraction(91, 110)
    assert (first.percent, second.percent) == (Decimal("82.73"), Decimal("50.00"))
    assert (row.name, row.units) == ("Tỉnh (2 đơn vị)", 2)


def test_a_group_whose_units_have_no_figures_has_none_either() -> None:
    (row,) = aggregated([Row("Sở A", "Tỉnh", (None,)), Row("Sở B", "Tỉnh", (None,))], 1)
    assert row.cells == (None,)


def test_groups_that_are_still_too_many_are_joined_with_their_neighbours() -> None:
    rows = [Row(f"Sở {n}", f"Tỉnh {n:03d}", (cell("1", "2"),) * 10) for n in range(600)]
    joined = aggregated(rows)
    assert 10 * len(joined) <= MOST_MARKS
    assert joined[0].name == "Tỉnh 000 … Tỉnh 001 (2 đơn vị)"


def test_where_nothing_applies_there_is_no_percent() -> None:
    assert cell("0", "0").percent is None
