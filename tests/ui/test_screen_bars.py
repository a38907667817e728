from decimal import Decimal
from xml.etree import ElementTree

import pytest

from cchc_core.stacking import stacked
from ui.screen_bars import Bar, Part, picture

KINDS = (Part("Đạt", "#00aa00"), Part("Mất", "#aa0000", "slanted"), Part("Chờ", "#0000aa", "upright"))
_SVG = "{http://www.w3.org/2000/svg}"


def _shapes(bar: Bar, tag: str) -> list[dict[str, str]]:
    root = ElementTree.fromstring(picture(KINDS, bar, 780, 40))  # noqa: S314 (our own picture)
    return [dict(child.attrib) for child in root if child.tag == f"{_SVG}{tag}"]


def _bar(*parts: str, target: str | None = None) -> Bar:
    aim = None if target is None else Decimal(target)
    return Bar("Tên", tuple(map(Decimal, parts)), "50 %", aim)


def test_parts_lie_side_by_side_in_the_order_of_their_kinds() -> None:
    drawn = [shape for shape in _shapes(_bar("2.5", "1.5", "1"), "rect") if shape["fill"].startswith("#")]
    places = [(shape["fill"], shape["x"], shape["width"]) for shape in drawn]
    assert places == [
        ("#00aa00", "0.00%", "50.00%"),
        ("#aa0000", "50.00%", "30.00%"),
        ("#0000aa", "80.00%", "20.00%"),
    ]


def test_a_pattern_repeats_what_the_colour_says() -> None:
    fills = [shape["fill"] for shape in _shapes(_bar("1", "1", "1"), "rect")]
    assert fills == ["#00aa00", "#aa0000", "url(#slanted)", "#0000aa", "url(#upright)"]


def test_a_part_of_nothing_is_not_drawn() -> None:
    assert [shape["fill"] for shape in _shapes(_bar("1", "0", "0"), "rect")] == ["#00aa00"]


def test_a_bar_without_a_whole_is_an_empty_frame() -> None:
    (frame,) = _shapes(_bar("0", "0", "0"), "rect")
    assert (frame["fill"], "stroke-dasharray" in frame) == ("none", True)


def test_a_target_is_a_line_across_the_bar() -> None:
    assert _shapes(_bar("1", "1", "1"), "line") == []
    assert {line["x1"] for line in _shapes(_bar("1", "1", "1", target="87.5"), "line")} == {"87.5%"}


@pytest.mark.parametrize("parts", [("1", "1", "1"), ("0.0001", "62.5", "34.5"), ("0", "0", "7")])
def test_parts_fill_the_bar_without_gaps(parts: tuple[str, ...]) -> None:
    placed = stacked([Decimal(part) for part in parts])
    assert [start for start, _ in placed[1:]] == [start + length for start, length in placed[:-1]]
    assert (placed[0][0], sum(placed[-1])) == (Decimal(0), Decimal(100))
