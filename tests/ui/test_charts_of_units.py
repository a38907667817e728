"""Units side by side: each cell says its figure, no figure is never a bad one, and there are never too many marks."""

import json
from decimal import Decimal

from ui.charts import MOST_MARKS, Cell, Row, heat_map, marks

COLUMNS = [("1", "Chỉ đạo"), ("2", "Thể chế")]


def cell(part: str, whole: str) -> Cell:
    return Cell(Decimal(part), Decimal(whole))


ROWS = [
    Row("Sở A", "Tỉnh", (cell("64", "98.5"), cell("0", "5"))),
    Row("Sở B", "Tỉnh", (None, cell("0", "0"))),
    Row("Sở C", "Tỉnh", (None, None)),
]


def test_a_cell_says_its_percent_and_on_hover_its_points() -> None:
    cells = heat_map(ROWS, COLUMNS, is_illustrative=False).data[0]
    assert cells.text[0][0] == "64,97"
    assert list(cells.customdata[0][0]) == ["Sở A", "1 Chỉ đạo", "64,97 % · 64,0000 / 98,5000 điểm"]
    assert (cells.z[0][0], cells.zmin, cells.zmax) == ("64.97", 0, 100)


def test_a_cell_without_figures_is_blank_and_says_so_while_nothing_earned_is_zero() -> None:
    cells, names = heat_map(ROWS, COLUMNS, is_illustrative=False).data
    assert list(cells.z[0]) == ["64.97", "0.00"]
    assert [list(row) for row in cells.z[1:]] == [[None, None], [None, None]]
    assert (cells.text[0][1], cells.text[1][1]) == ("0,00", "–")
    assert "chưa có" in cells.text[1][0]
    assert cells.customdata[1][0][2] == "chưa có số liệu"
    assert cells.customdata[1][1][2] == "không có tiêu chí nào áp dụng"
    assert list(names.text) == ["Sở A", "Sở B", "Sở C · chưa có số liệu"]


def test_units_of_an_illustrative_set_count_criteria_and_show_no_percent() -> None:
    rows = [Row("Sở A", "Tỉnh", (cell("12", "15"), cell("0", "0")))]
    figure = heat_map(rows, COLUMNS, is_illustrative=True)
    cells = figure.data[0]
    assert list(cells.text[0]) == ["12/15", "–"]
    assert cells.customdata[0][0][2] == "đạt 12/15 tiêu chí"
    assert "%" not in json.dumps(figure.to_plotly_json(), default=list, ensure_ascii=False).replace("%{", "")


def test_names_of_units_and_sections_are_shown_letter_by_letter() -> None:
    rows = [Row("<b>Sở</b> %{z} &amp;\nA", "Tỉnh", (cell("1", "2"),))]
    cells, names = heat_map(rows, [("<i>1</i>", "<a href='x'>Chỉ đạo</a>")], is_illustrative=False).data
    assert names.text[0] == "&lt;b&gt;Sở&lt;/b&gt; %{z} &amp;amp; A"
    assert cells.customdata[0][0][1] == "&lt;i&gt;1&lt;/i&gt; &lt;a href=&#x27;x&#x27;&gt;Chỉ đạo&lt;/a&gt;"
    figure = heat_map(rows, [("<i>1</i>", "")], is_illustrative=False)
    assert figure.layout.xaxis.ticktext == ("&lt;i&gt;1&lt;/i&gt;",)


def test_more_than_five_thousand_marks_are_joined_by_group_before_they_are_sent() -> None:
    columns = [(str(n), "Lĩnh vực") for n in range(9)]
    rows = [Row(f"Sở {n}", f"Tỉnh {n % 34}", (cell("1", "2"),) * 9) for n in range(34 * 120)]
    figure = heat_map(rows, columns, is_illustrative=False)
    assert marks(figure) == 34 * 10
    assert figure.data[1].text[0] == "Tỉnh 0 (120 đơn vị)"


def test_one_unit_too_many_is_joined_and_the_last_that_fits_is_not() -> None:
    columns = [(str(n), "Lĩnh vực") for n in range(9)]
    rows = [Row(f"Sở {n}", f"Tỉnh {n}", (cell("1", "2"),) * 9) for n in range(501)]
    assert marks(heat_map(rows[:500], columns, is_illustrative=False)) == MOST_MARKS
    assert marks(heat_map(rows, columns, is_illustrative=False)) <= MOST_MARKS


def test_no_units_give_an_empty_chart() -> None:
    assert marks(heat_map([], COLUMNS, is_illustrative=False)) == 0
