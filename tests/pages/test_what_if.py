"""Trying out answers: beside the real ones, kept under a name, opened by address, compared, and nothing stored."""

from collections.abc import Mapping
from decimal import Decimal
from urllib.parse import urlsplit

import pytest

from cchc_core import scenarios, trying
from cchc_core.beside import beside, beside_table
from cchc_core.best_answers import best_answers
from cchc_core.forecast import forecast
from cchc_core.permissions import Role, State
from cchc_core.planning import set_target
from cchc_core.rules.decimals import format_percent, format_points
from cchc_core.rules.kinds import Levels
from cchc_core.scenario_tables import take_scenarios
from cchc_core.scenarios import Scenario
from cchc_core.table import shown
from cchc_core.targets import Target, TargetKind, need
from cchc_core.what_if import Raw, try_out
from tests.offices import NAM_DINH, SOC_TRANG
from tests.pages.screen import WHAT_IF, Office, Screen, as_read
from ui.what_if_rows import MOST_FORMS

TRIED = "Thử: "
LEVEL = "I.1.4.2"
COUNT = "I.1.6"
RATIO = "I.1.2"
_SAMPLE = pytest.mark.parametrize("office", ["sample"], indirect=True)


def _keep(
    office: Office, assessment_id: str, name: str, entries: Mapping[str, Raw], role: Role = Role.LEADER
) -> Scenario:
    person = office.person(role)
    kept = scenarios.keep_scenario(office.database, person, assessment_id=assessment_id, name=name, entries=entries)
    return scenarios.open_scenario(office.database, person, kept)


def _kept(office: Office, assessment_id: str) -> tuple[Scenario, ...]:
    return scenarios.list_scenarios(office.database, office.person(Role.ADMIN), assessment_id)


def _tried(screen: Screen) -> list[str]:
    keys = [str(button.key) for button in screen.at.button]
    return [key.removeprefix("drop ") for key in keys if key.startswith("drop ")]


def _rows(screen: Screen, place: int = 0) -> list[list[str]]:
    return [[as_read(cell) for cell in row] for row in screen.at.table[place].value.values.tolist()]


def _downloads(screen: Screen) -> list[str]:
    """Give the queries of the tables that can be taken away as workbooks."""
    links = [urlsplit(link.proto.url) for link in screen.elements("link_button")]
    return [link.query for link in links if link.path.endswith("/thu-diem.xlsx")]


def _name(screen: Screen, name: str) -> Screen:
    (box,) = [box for box in screen.at.text_input if box.label == "Tên phương án"]
    box.set_value(name)
    return screen


@pytest.mark.parametrize("rubric_id", [SOC_TRANG, NAM_DINH])
@_SAMPLE
def test_a_trial_moves_leaf_section_and_total_beside_the_real_ones_and_stores_nothing(
    office: Office, rubric_id: str
) -> None:
    opened = office.assessment(rubric_id)
    real, lines = office.sheet(opened.id), office.log_lines()
    code = next(
        leaf.code
        for leaf in real.rubric.leaves
        if "level" in (real.answers[leaf.code].entry_json if leaf.code in real.answers else {})
        and real.scores[leaf.code].points > 0
    )
    rule = real.rubric.criterion(code).scored.rule
    assert isinstance(rule, Levels)
    last = len(rule.levels) - 1
    screen = office.screen(Role.LEADER).open(WHAT_IF, bang=opened.id, tc=code)
    _put(screen, opened.id, code, "level", last)
    trial = try_out(real, {code: {"level": last}})
    table = beside_table(beside(real, trial.sheet), real.rubric)
    wanted = [
        [shown(column.kind, value) for column, value in zip(table.columns, row, strict=True)] for row in table.rows
    ]
    assert _rows(screen) == [[" ".join(cell.split()) for cell in row] for row in wanted]
    assert len(wanted) == 3
    total = trial.sheet.totals.total
    assert f"thử **{format_points(total.points)} " in screen.texts()
    assert (format_percent(total.percent) in screen.texts()) is not real.rubric.is_illustrative
    assert office.log_lines() == lines
    assert office.sheet(opened.id).scores == real.scores


def test_a_criterion_is_chosen_from_the_list_and_let_go_of(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(WHAT_IF, bang=opened.id)
    assert "Chưa thử gì. Hãy chọn một tiêu chí" in screen.texts()
    screen.press("try criterion")
    assert "Hãy chọn một tiêu chí trong ô bên cạnh" in screen.texts()
    screen.choose("Tiêu chí muốn thử", COUNT).press("try criterion")
    assert _tried(screen) == [COUNT]
    screen.press(f"drop {COUNT}")
    assert _tried(screen) == []
    assert "Chưa thử gì" in screen.texts()


def test_every_kind_of_form_takes_a_trial(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    typed: dict[str, tuple[dict[str, object], Raw]] = {
        "I.1.1": ({"points": "0,475"}, {"points": "0.475"}),
        "I.1.2": ({"numerator": "18", "denominator": "20"}, {"numerator": "18", "denominator": "20"}),
        "I.1.4.3": ({"tick 0": True, "percent 1": "87,5"}, {"ticked": [0], "percents": {"1": "87.5"}}),
        LEVEL: ({"level": 0}, {"level": 0}),
        COUNT: ({"count": "1"}, {"count": 1}),
        "II.1.4": ({"points": "0,5", "source": "BC 1"}, {"points": "0.5", "source": "BC 1"}),
    }
    screen = office.screen().open(WHAT_IF, bang=opened.id)
    for code, (fields, _) in typed.items():
        screen.choose("Tiêu chí muốn thử", code).press("try criterion")
        for name, value in fields.items():
            _put(screen, opened.id, code, name, value)
    trial = try_out(office.sheet(opened.id), {code: raw for code, (_, raw) in typed.items()})
    assert trial.problems == {}
    assert f"thử **{format_points(trial.sheet.totals.total.points)} điểm" in screen.texts()
    # Forms that are not drawn keep what was typed into them.
    assert len(_tried(screen)) == MOST_FORMS
    screen.at.toggle(key="_all_forms").set_value(True)
    assert len(_tried(screen.run())) == len(typed)
    for code in typed:
        score = trial.sheet.scores[code]
        assert f"thử **{format_points(score.points)} / {format_points(score.effective_max)} điểm**" in screen.texts()


def _put(screen: Screen, assessment_id: str, code: str, name: str, value: object) -> Screen:
    boxes = (*screen.at.radio, *screen.at.checkbox, *screen.at.text_input)
    next(box for box in boxes if box.key == f"{assessment_id}|{code}|{TRIED}{name}").set_value(value)
    return screen.run()


def test_a_form_that_is_not_finished_or_refused_says_so_and_counts_for_nothing(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(WHAT_IF, bang=opened.id, tc="I.1.2")
    _put(screen, opened.id, "I.1.2", "numerator", "18")
    assert "**Chưa tính vào lần thử.** Còn thiếu mẫu số" in as_read(screen.texts())
    _put(screen, opened.id, "I.1.2", "denominator", "0")
    assert "**Chưa tính vào lần thử.**" in screen.texts()
    _put(screen, opened.id, "I.1.2", "denominator", "1.234")
    screen.press("try reading I.1.2 denominator 1234")
    trial = try_out(office.sheet(opened.id), {"I.1.2": {"numerator": "18", "denominator": "1234"}})
    assert f"thử **{format_points(trial.sheet.totals.total.points)} điểm" in screen.texts()
    assert "Chưa tính vào lần thử" not in screen.texts()


def test_what_does_not_apply_and_what_is_voided_can_be_tried(office: Office) -> None:
    for rubric_id, code, name, raw in (
        (SOC_TRANG, "I.2.1.2", "not_applicable", {"not_applicable": "Thử điểm"}),
        (NAM_DINH, "7.4.4", "voided", {"voided": "Thử điểm"}),
    ):
        opened = office.assessment(rubric_id)
        screen = office.screen().open(WHAT_IF, bang=opened.id, tc=code)
        _put(screen, opened.id, code, name, True)
        score = try_out(office.sheet(opened.id), {code: raw}).sheet.scores[code]
        assert as_read(screen.texts()).count(score.explanation) == 1


@_SAMPLE
def test_the_target_of_the_year_moves_along(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    leader = office.person(Role.LEADER)
    set_target(
        office.database, leader, assessment_id=opened.id, section=None, kind=TargetKind.PERCENT, value=Decimal(99)
    )
    screen = office.screen(Role.LEADER).open(WHAT_IF, bang=opened.id)
    attempt = trying.attempt(office.database, leader, opened.id, {})
    now, _ = attempt.needs[None]
    assert f"thật còn thiếu {format_points(now.gap)} điểm → thử **còn thiếu {format_points(now.gap)}" in screen.texts()
    screen.press("try closing")
    best = best_answers(attempt.real, now.closing)
    trial = try_out(attempt.real, best.entries)
    then = need(trial.sheet, forecast(trial.sheet), Target(None, TargetKind.PERCENT, Decimal(99)))
    assert then.gap < now.gap
    assert not then.is_met
    gap = f"còn thiếu {format_points(then.gap)} điểm" if then.gap else f"dự kiến đạt, gồm {then.hope}"
    assert f"→ thử **{gap}**" in screen.texts()
    assert then.explanation in as_read(screen.texts())


@pytest.mark.parametrize("rubric_id", [SOC_TRANG, NAM_DINH])
def test_everything_within_reach_of_a_section_is_tried_at_once_and_what_needs_figures_is_named(
    office: Office, rubric_id: str
) -> None:
    opened = office.assessment(rubric_id)
    real = office.sheet(opened.id)
    section = real.rubric.sections[0].code
    screen = office.screen().open(WHAT_IF, bang=opened.id)
    screen.choose("Của lĩnh vực", section).press("try section")
    outlook = forecast(real)
    codes = [leaf.code for leaf in real.rubric.leaves_of(section) if outlook.leaves[leaf.code].within_reach > 0]
    best = best_answers(real, codes)
    assert f"Đã thử mức cao nhất cho {len(best.entries)} tiêu chí." in as_read(screen.texts())
    for code in best.left_out[:10]:
        assert code in as_read(next(box.value for box in screen.at.info if "Đã thử" in box.value))
    trial = try_out(real, best.entries)
    assert trial.problems == {}
    assert f"thử **{format_points(trial.sheet.totals.total.points)} " in screen.texts()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ROOM, Role.LEADER, Role.ADMIN])
def test_a_trial_is_kept_under_a_name_and_opened_by_its_address(office: Office, role: Role) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen(role).open(WHAT_IF, bang=opened.id, tc=COUNT)
    _put(screen, opened.id, COUNT, "count", "0")
    _name(screen, "Không có văn bản chậm").press("keep new")
    (kept,) = _kept(office, opened.id)
    assert (kept.name, dict(kept.entries)) == ("Không có văn bản chậm", {COUNT: {"count": "0"}})
    assert screen.at.query_params["pa"] == kept.id
    assert f"pa={kept.id}" in screen.at.code[0].value
    assert "Đã lưu phương án Không có văn bản chậm." in as_read(screen.texts())
    other = office.screen(Role.LEADER).open(WHAT_IF, bang=opened.id, pa=kept.id)
    assert _tried(other) == [COUNT]
    assert "Phương án **Không có văn bản chậm**" in other.texts()
    assert "Đã sửa, chưa lưu" not in other.texts()
    assert f"thử **{format_points(Decimal(2))} / {format_points(Decimal(2))} điểm**" in other.texts()


def test_what_is_not_kept_has_no_file_and_the_page_says_to_keep_it_first(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(WHAT_IF, bang=opened.id, tc=COUNT)
    screen.put(opened.id, COUNT, f"{TRIED}count", "0")
    assert _downloads(screen) == []
    assert "hãy lưu điều đang thử thành phương án trước" in screen.texts()
    _name(screen, "Một").press("keep new")
    (kept,) = _kept(office, opened.id)
    assert _downloads(screen.run()) == [f"pa={kept.id}"]
    screen.put(opened.id, COUNT, f"{TRIED}count", "3")
    assert _downloads(screen) == []


def test_keeping_names_the_criteria_whose_forms_are_not_finished(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(WHAT_IF, bang=opened.id, tc=COUNT)
    screen.put(opened.id, COUNT, f"{TRIED}count", "0")
    screen.open(WHAT_IF, bang=opened.id, tc=RATIO)
    screen.put(opened.id, RATIO, f"{TRIED}numerator", "3")
    assert f"Không lưu tiêu chí {RATIO}: phiếu thử chưa đủ" in as_read(screen.texts())
    _name(screen, "Dở dang").press("keep new")
    assert "Đã lưu phương án Dở dang." in as_read(screen.texts())
    assert f"Phương án không có tiêu chí {RATIO}: phiếu thử chưa đủ" in as_read(screen.texts())
    assert [*_kept(office, opened.id)[0].entries] == [COUNT]


def test_nothing_without_a_name_and_no_name_twice(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    _keep(office, opened.id, "Phương án một", {COUNT: {"count": 0}})
    screen = office.screen().open(WHAT_IF, bang=opened.id, tc=LEVEL)
    _name(screen, "  ").press("keep new")
    assert "chưa đặt tên" in screen.errors()
    _name(screen, "phuong an MOT").press("keep new")
    assert "đã có phương án" in screen.errors()
    assert len(_kept(office, opened.id)) == 1


def test_ones_own_scenario_is_changed_renamed_and_taken_out(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    kept = _keep(office, opened.id, "Cũ", {COUNT: {"count": 0}})
    screen = office.screen(Role.LEADER).open(WHAT_IF, bang=opened.id, pa=kept.id)
    _put(screen, opened.id, COUNT, "count", "1")
    assert "Đã sửa, chưa lưu" in screen.texts()
    _name(screen, "Mới").press("keep over")
    (changed,) = _kept(office, opened.id)
    assert (changed.id, changed.name, dict(changed.entries)) == (kept.id, "Mới", {COUNT: {"count": "1"}})
    assert "Đã sửa, chưa lưu" not in screen.texts()
    screen.press("end scenario")
    assert _kept(office, opened.id) == ()
    assert "Đã xoá phương án Mới." in as_read(screen.texts())
    assert "pa" not in screen.at.query_params


def test_anothers_scenario_is_opened_and_kept_anew_but_not_changed(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    kept = _keep(office, opened.id, "Của đầu mối", {COUNT: {"count": 0}}, Role.OFFICER)
    screen = office.screen(Role.LEADER).open(WHAT_IF, bang=opened.id, pa=kept.id)
    assert not screen.has_button("keep over")
    assert not screen.has_button("end scenario")
    _name(screen, "Của lãnh đạo").press("keep new")
    assert {each.name for each in _kept(office, opened.id)} == {"Của đầu mối", "Của lãnh đạo"}


def test_a_scenario_that_somebody_changed_meanwhile_is_not_written_over(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    kept = _keep(office, opened.id, "Chung", {COUNT: {"count": 0}})
    screen = office.screen(Role.LEADER).open(WHAT_IF, bang=opened.id, pa=kept.id)
    officer = office.person(Role.OFFICER)
    scenarios.keep_scenario(
        office.database,
        officer,
        assessment_id=opened.id,
        name="Chung, đã sửa",
        entries={COUNT: {"count": 3}},
        scenario_id=kept.id,
        expected_version=kept.version,
    )
    _put(screen, opened.id, COUNT, "count", "1")
    _name(screen, "Chung").press("keep over")
    assert f"{officer.name} đã lưu nội dung khác" in screen.errors()
    assert _tried(screen) == [COUNT]
    (stored,) = _kept(office, opened.id)
    assert stored.name == "Chung, đã sửa"
    screen.press("reopen scenario")
    assert "Phương án **Chung, đã sửa**" in as_read(screen.texts())
    trial = try_out(office.sheet(opened.id), stored.entries)
    assert f"thử **{format_points(trial.sheet.totals.total.points)} điểm" in screen.texts()


@_SAMPLE
def test_two_kept_scenarios_are_compared_by_address(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    real = office.sheet(opened.id)
    one = _keep(office, opened.id, "Một", {COUNT: {"count": 0}})
    two = _keep(office, opened.id, "Hai", {COUNT: {"count": 3}, LEVEL: {"level": 1}}, Role.OFFICER)
    screen = office.screen(Role.LEADER).open(WHAT_IF, bang=opened.id, pa=one.id, pb=two.id)
    sheets = [try_out(real, each.entries).sheet for each in (one, two)]
    table = beside_table(beside(*sheets), real.rubric, ("Một", "Hai"))
    wanted = [
        [" ".join(shown(column.kind, value).split()) for column, value in zip(table.columns, row, strict=True)]
        for row in table.rows
    ]
    assert _rows(screen, -1) == wanted
    assert "**So sánh:** Một và Hai" in screen.texts()
    assert _downloads(screen) == [f"pa={one.id}", f"pa={one.id}&pb={two.id}"]
    reader = office.person(Role.LEADER)
    assert take_scenarios(office.database, reader, opened.id, one.id, two.id).table.rows == table.rows
    alone = take_scenarios(office.database, reader, opened.id, one.id).table
    assert alone.rows == beside_table(beside(real, sheets[0]), real.rubric).rows
    assert "Phương án «Một»" in alone.note
    screen.choose("So sánh với phương án", "")
    assert "pb" not in screen.at.query_params
    assert "So sánh:**" not in screen.texts()


def test_an_address_of_no_scenario_says_what_to_do(office: Office) -> None:
    opened, other = office.assessment(SOC_TRANG), office.assessment(NAM_DINH)
    gone = _keep(office, opened.id, "Đã xoá", {COUNT: {"count": 0}})
    scenarios.drop_scenario(office.database, office.person(Role.LEADER), gone.id)
    elsewhere = _keep(office, other.id, "Bộ khác", {"1.1.1": {"level": 0}})
    for wanted in (gone.id, "khong-co", "<b>x</b>"):
        screen = office.screen().open(WHAT_IF, bang=opened.id, pa=wanted)
        assert "không tìm thấy phương án (có thể đã bị xoá)" in screen.errors()
        assert _tried(screen) == []
    screen = office.screen().open(WHAT_IF, bang=opened.id, pa=elsewhere.id)
    assert "Phương án «Bộ khác» thuộc một bảng chấm điểm khác" in as_read(screen.texts())
    assert "Mở phương án ở bảng của nó" in screen.texts()
    screen = office.screen().open(WHAT_IF, bang=opened.id, pb=gone.id)
    assert "không tìm thấy phương án" in screen.errors()


def test_a_scenario_of_an_assessment_that_is_not_there_any_more_says_so(office: Office) -> None:
    opened, gone = office.assessment(SOC_TRANG), office.assessment(SOC_TRANG, "q1")
    kept = _keep(office, gone.id, "Quý I", {COUNT: {"count": 0}})
    with office.database.write() as connection:
        connection.run("DELETE FROM assessments WHERE id = :id", id=gone.id)
    screen = office.screen().open(WHAT_IF, bang=opened.id, pa=kept.id)
    assert "không tìm thấy bảng chấm điểm của phương án" in screen.errors()


def test_a_criterion_that_the_set_has_not_and_an_answer_that_its_rule_refuses_are_named(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    kept = _keep(office, opened.id, "Lạ", {COUNT: {"level": 9}, LEVEL: {"level": 0}})
    with office.database.write() as connection:
        connection.run(
            "UPDATE scenarios SET entries = :entries WHERE id = :id",
            entries='{"9.9.9":{"level":0},"I.1.6":{"level":9},"I.1.4.2":{"level":0}}',
            id=kept.id,
        )
    screen = office.screen().open(WHAT_IF, bang=opened.id, pa=kept.id)
    said = as_read(screen.texts())
    assert "9.9.9: Bộ tiêu chí này không có" in said
    assert "**Chưa tính vào lần thử.** Cách tính «theo số trường hợp»" in said
    trial = try_out(office.sheet(opened.id), {LEVEL: {"level": 0}})
    assert f"thử **{format_points(trial.sheet.totals.total.points)} điểm" in screen.texts()


def test_an_appraiser_is_told_that_there_is_nothing_to_try_and_leads_on(office: Office) -> None:
    year = office.assessment(SOC_TRANG, "year")
    office.put_into(year.id, State.SUBMITTED)
    kept = _keep(office, year.id, "Năm", {COUNT: {"count": 0}})
    screen = office.screen(Role.APPRAISER).open(WHAT_IF, bang=year.id, pa=kept.id, tc=LEVEL)
    assert screen.errors() == ""
    assert "Vai trò của bạn không có phần thử điểm" in screen.texts()
    assert [link.label for link in screen.elements("page_link")] == ["Về bảng điểm"]
    assert screen.elements("button", "text_input", "selectbox", "table") == []


def test_an_address_with_a_criterion_that_is_not_there_says_so(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(WHAT_IF, bang=opened.id, tc="9.9.9")
    assert "Bộ tiêu chí này không có tiêu chí «9.9.9»" in as_read(screen.texts())


@_SAMPLE
def test_an_illustrative_set_shows_no_percent(office: Office) -> None:
    opened = office.assessment(NAM_DINH)
    kept = _keep(office, opened.id, "Thử", {"1.1.1": {"level": 0}})
    other = _keep(office, opened.id, "Khác", {"1.1.2": {"level": 0}})
    shown_here = office.screen().open(WHAT_IF, bang=opened.id, pa=kept.id, pb=other.id).texts()
    assert "điểm minh hoạ" in shown_here
    assert "%" not in shown_here
