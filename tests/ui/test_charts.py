"""The sections as bars: every point of a maximum is drawn once, and text says what colours and patterns say."""

from collections.abc import Mapping
from decimal import Decimal

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings

from cchc_core.comparison import has_data
from cchc_core.rubric.model import Criterion, Rubric, Section
from cchc_core.rubric_files import read_rubric
from cchc_core.rules.decimals import ZERO, format_percent, format_points
from cchc_core.rules.kinds import Leaf, Level, Levels
from cchc_core.rules.scoring import PeriodView, score
from cchc_core.sample import RUBRICS, SEED
from cchc_core.sample_answers import STAGES, sample_answers
from cchc_core.shares import shares
from cchc_core.sheet import Sheet
from cchc_core.store.periods import view
from cchc_core.totals import RubricTotals, total_rubric
from tests.sheets import sheets
from ui.charts import CONFIG, MOST_MARKS, SHARES, look, marks, section_bars

EVERY_STAGE = [(rubric_id, stage) for rubric_id in RUBRICS for stage in STAGES]
ONE = Decimal("1.0000")


def _view(stage: str) -> PeriodView:
    return view(stage, is_provisional=True, orders={code: order for order, code in enumerate(STAGES)})


def _totals(rubric: Rubric, period: PeriodView) -> RubricTotals:
    scores = {leaf.code: score(leaf.scored, None, period) for leaf in rubric.leaves}
    scores |= {answer.code: answer.score for answer in sample_answers(rubric, period, SEED)}
    return total_rubric(rubric, scores)


def _drawn(figure: go.Figure, place: int) -> Mapping[str, Decimal]:
    """Give the points of each part of one bar, by the name of the part."""
    return {
        bar.name: Decimal(points) for bar in figure.data for at, points in zip(bar.y, bar.x, strict=True) if at == place
    }


def _written(figure: go.Figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


@given(sheets())
@settings(max_examples=40)
def test_the_parts_of_each_bar_add_up_to_the_points_of_its_section(sheet: Sheet) -> None:
    figure = section_bars(sheet.rubric, sheet.totals)
    for place, section in enumerate(sheet.rubric.sections):
        assert sum(_drawn(figure, place).values(), ZERO) == sheet.totals.sections[section.code].max_points


@pytest.mark.parametrize(("rubric_id", "stage"), EVERY_STAGE)
def test_each_part_of_a_bar_says_the_figure_of_the_totals(rubric_id: str, stage: str) -> None:
    rubric = read_rubric(rubric_id)
    totals = _totals(rubric, _view(stage))
    figure = section_bars(rubric, totals)
    for place, section in enumerate(rubric.sections):
        of_section = shares(totals.sections[section.code])
        there = {share.name: share.of(of_section) for share in SHARES if share.of(of_section)}
        assert _drawn(figure, place) == there
    for bar in figure.data:
        for points, (_, said) in zip(bar.x, bar.customdata, strict=True):
            assert said.startswith(format_points(Decimal(points)) + " điểm")
            assert said.endswith("minh hoạ") == rubric.is_illustrative


def test_what_others_score_is_told_apart_from_the_departments_own() -> None:
    rubric = read_rubric("soctrang-tttt-2022")
    totals = _totals(rubric, _view("q3"))
    figure = section_bars(rubric, totals)
    outside = {share.name for share in SHARES if share.is_external}
    assert {"Bên ngoài đã chấm", "Chờ bên ngoài"} <= {bar.name for bar in figure.data} & outside
    for place, section in enumerate(rubric.sections):
        drawn = _drawn(figure, place)
        assert sum((drawn.get(name, ZERO) for name in outside), ZERO) == totals.sections[section.code].external_max
    assert {bar.marker.line.width for bar in figure.data if bar.name in outside} == {1}
    assert {bar.marker.line.width for bar in figure.data if bar.name not in outside} == {0}


def test_a_part_that_nothing_falls_into_has_no_bar_and_no_place_in_the_legend() -> None:
    rubric = read_rubric("soctrang-tttt-2022")
    nothing = total_rubric(rubric, {leaf.code: score(leaf.scored, None) for leaf in rubric.leaves})
    names = [bar.name for bar in section_bars(rubric, nothing).data]
    assert names == ["Chưa chấm", "Chờ bên ngoài"]


@pytest.mark.parametrize("rubric_id", RUBRICS)
def test_beside_each_bar_stand_its_points_and_where_points_are_official_the_percent(rubric_id: str) -> None:
    rubric = read_rubric(rubric_id)
    totals = _totals(rubric, _view("q3"))
    for text, section in zip(_written(section_bars(rubric, totals)), rubric.sections, strict=True):
        shown = totals.sections[section.code]
        percent = f" · {format_percent(shown.percent)}"
        assert text.startswith(f"{section.code} ")
        if has_data(shown):
            assert text.endswith(f"<b>{format_points(shown.points)}</b>" + ("" if rubric.is_illustrative else percent))


def test_a_section_without_any_result_says_so_and_shows_no_bad_score() -> None:
    rubric = read_rubric("soctrang-tttt-2022")
    nothing = total_rubric(rubric, {leaf.code: score(leaf.scored, None) for leaf in rubric.leaves})
    assert all(text.endswith(" · chưa có kết quả") for text in _written(section_bars(rubric, nothing)))


def test_an_illustrative_set_shows_no_percent() -> None:
    rubric = read_rubric("namdinh-tnmt-2024")
    figure = section_bars(rubric, _totals(rubric, _view("q3")))
    assert not [text for text in _written(figure) if "%" in text]
    assert figure.layout.xaxis.title.text == "điểm minh hoạ"


def test_parts_are_told_apart_without_colour() -> None:
    assert len({share.name for share in SHARES}) == len(SHARES)
    # Two parts are plain: what is earned is dark, what is missing light.
    assert [share.name for share in SHARES if not share.pattern] == ["Đã đạt", "Chưa chấm"]
    patterns = [share.pattern for share in SHARES if share.pattern]
    assert len(set(patterns)) == len(patterns)


def test_sections_have_a_line_each_in_printed_order_even_where_titles_are_alike() -> None:
    for rubric_id in RUBRICS:
        rubric = read_rubric(rubric_id)
        figure = section_bars(rubric, _totals(rubric, _view("q3")))
        assert [text.split()[0] for text in _written(figure)] == [section.code for section in rubric.sections]
        assert [note.y for note in figure.layout.annotations] == list(range(len(rubric.sections)))


def test_the_name_of_a_section_leads_to_its_address_in_the_same_window() -> None:
    rubric = read_rubric("soctrang-tttt-2022")
    figure = section_bars(rubric, _totals(rubric, _view("q3")), {"I.2": "/tieu-chi-mat-diem?bang=1&lv=I.2"})
    linked = [text for text in _written(figure) if "<a " in text]
    assert len(linked) == 1
    assert '<a href="/tieu-chi-mat-diem?bang=1&amp;lv=I.2" target="_self"' in linked[0]
    assert ">I.2 Cải cách thể chế</a>" in linked[0]


def test_an_address_cannot_break_out_of_its_link() -> None:
    assert look.link("I.1", "/x?\"><b onclick='y'>").count('"') == 6
    assert "<b" not in look.link("I.1", '/x?"><b>')


def test_titles_are_shown_letter_by_letter() -> None:
    figure = section_bars(*_many_sections(1, title="<b>Đậm</b> & <a href='x'>"))
    (text,) = _written(figure)
    assert "&lt;b&gt;Đậm&lt;/b&gt; &amp;" in text
    assert "<a" not in text
    assert figure.data[0].customdata[0][0].startswith("1 &lt;b&gt;Đậm&lt;/b&gt;")


def test_more_sections_than_a_chart_can_carry_share_bars_that_still_add_up() -> None:
    rubric, totals = _many_sections(MOST_MARKS)
    figure = section_bars(rubric, totals)
    assert marks(figure) <= MOST_MARKS
    assert sum((Decimal(x) for bar in figure.data for x in bar.x), ZERO) == totals.total.max_points
    assert _written(figure)[0].startswith("1 … 8 (8 lĩnh vực)")


def test_a_set_without_sections_gives_an_empty_chart() -> None:
    rubric, totals = _many_sections(0)
    assert marks(section_bars(rubric, totals)) == 0


def test_what_a_reader_zoomed_or_hid_stays_so_and_the_toolbar_only_saves_the_picture() -> None:
    rubric, totals = _many_sections(2)
    assert section_bars(rubric, totals).layout.uirevision
    assert section_bars(rubric, totals).layout.uirevision == section_bars(*_many_sections(3)).layout.uirevision
    assert CONFIG["modeBarButtons"] == [["toImage"]]
    assert not CONFIG["displaylogo"]
    assert CONFIG["toImageButtonOptions"] == {"format": "png", "scale": 2, "filename": "bieu-do-cchc"}
    assert CONFIG["locale"] in CONFIG["locales"]


def _many_sections(many: int, title: str = "Lĩnh vực") -> tuple[Rubric, RubricTotals]:
    leaf = Leaf(ONE, Levels((Level("Có", ONE), Level("Không", ZERO))))
    rubric = Rubric(
        id="nhieu",
        title="Nhiều lĩnh vực",
        issuer="Sở",
        year=2024,
        document="",
        points_source="official",
        declared_total=None,
        parts=(),
        sections=tuple(Section(str(n), None, title) for n in range(1, many + 1)),
        criteria=tuple(Criterion(f"{n}.1", str(n), str(n), "Tiêu chí", leaf) for n in range(1, many + 1)),
    )
    return rubric, total_rubric(rubric, {each.code: score(leaf, None) for each in rubric.leaves})
