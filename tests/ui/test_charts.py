from decimal import Decimal

import pytest

from cchc_core.rubric.model import Rubric
from cchc_core.rubric_files import read_rubric
from cchc_core.rules.decimals import format_percent, format_points
from cchc_core.rules.scoring import PeriodView, score
from cchc_core.sample import RUBRICS, SEED
from cchc_core.sample_answers import STAGES, sample_answers
from cchc_core.store.periods import view
from cchc_core.totals import RubricTotals, total_rubric
from ui.charts import SHARES, section_bars

EVERY_STAGE = [(rubric_id, stage) for rubric_id in RUBRICS for stage in STAGES]


def _view(stage: str) -> PeriodView:
    return view(stage, is_provisional=True, orders={code: order for order, code in enumerate(STAGES)})


def _totals(rubric: Rubric, period: PeriodView) -> RubricTotals:
    scores = {leaf.code: score(leaf.scored, None, period) for leaf in rubric.leaves}
    scores |= {answer.code: answer.score for answer in sample_answers(rubric, period, SEED)}
    return total_rubric(rubric, scores)


@pytest.mark.parametrize(("rubric_id", "stage"), EVERY_STAGE)
def test_the_parts_of_each_bar_add_up_to_the_points_of_its_section(rubric_id: str, stage: str) -> None:
    rubric = read_rubric(rubric_id)
    totals = _totals(rubric, _view(stage))
    figure = section_bars(rubric, totals)
    for index, section in enumerate(rubric.sections):
        assert sum(Decimal(bar.x[index]) for bar in figure.data) == rubric.max_points(section.code)


@pytest.mark.parametrize(("rubric_id", "stage"), EVERY_STAGE)
def test_each_part_of_a_bar_says_the_figure_of_the_totals(rubric_id: str, stage: str) -> None:
    rubric = read_rubric(rubric_id)
    totals = _totals(rubric, _view(stage))
    drawn = {bar.name: bar for bar in section_bars(rubric, totals).data}
    for share in SHARES:
        for index, section in enumerate(rubric.sections):
            points = share.of(totals.sections[section.code])
            assert (Decimal(drawn[share.name].x[index]) if share.name in drawn else 0) == points
            if share.name in drawn:
                assert drawn[share.name].customdata[index][1] == format_points(points)


def test_a_part_that_nothing_falls_into_has_no_bar_and_no_place_in_the_legend() -> None:
    rubric = read_rubric("soctrang-tttt-2022")
    nothing = total_rubric(rubric, {leaf.code: score(leaf.scored, None) for leaf in rubric.leaves})
    names = [bar.name for bar in section_bars(rubric, nothing).data]
    assert names == ["Chưa chấm", "Chờ bên ngoài"]


@pytest.mark.parametrize("rubric_id", RUBRICS)
def test_beside_each_bar_stand_its_points_and_where_points_are_official_the_percent(rubric_id: str) -> None:
    rubric = read_rubric(rubric_id)
    totals = _totals(rubric, _view("q3"))
    written = [note.text for note in section_bars(rubric, totals).layout.annotations]
    for text, section in zip(written, rubric.sections, strict=True):
        shown = totals.sections[section.code]
        percent = f" · {format_percent(shown.percent)}"
        assert text.startswith(f"{section.code} ")
        assert text.endswith(f"<b>{format_points(shown.points)}</b>" + ("" if rubric.is_illustrative else percent))


def test_parts_are_told_apart_without_colour() -> None:
    assert len({(share.color, share.pattern) for share in SHARES}) == len(SHARES)
    assert len({share.name for share in SHARES}) == len(SHARES)


def test_sections_have_a_line_each_in_printed_order_even_where_titles_are_alike() -> None:
    for rubric_id in RUBRICS:
        rubric = read_rubric(rubric_id)
        labels = section_bars(rubric, _totals(rubric, _view("q3"))).data[0].y
        assert [label.split()[0] for label in labels] == [section.code for section in rubric.sections]
        assert len(set(labels)) == len(labels)
