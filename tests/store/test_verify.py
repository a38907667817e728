from datetime import date
from decimal import Decimal

import pytest

from cchc_core.planning import save_remedy, set_expected, set_target
from cchc_core.scenarios import drop_scenario, keep_scenario
from cchc_core.store.verify import Report, verify
from cchc_core.targets import TargetKind
from tests.store.world import World


@pytest.fixture
def scored(world: World) -> World:
    world.save("1.1", {"level": 0})
    world.save("1.3", {"numerator": "1", "denominator": "3"})
    world.note("1.3", "ghi chú", 1)
    return world


def _after(world: World, sql: str) -> Report:
    with world.database.write() as connection:
        connection.change_structure()
        connection.run(sql)
    return verify(world.database)


def test_a_sound_database_gives_no_finding(scored: World) -> None:
    report = verify(scored.database)
    assert (report.findings, report.answers) == ((), 2)
    assert report.log_lines > 3


@pytest.mark.parametrize(
    ("damage", "codes"),
    [
        ("DELETE FROM units WHERE parent_id IS NULL", {"KT-01"}),
        ("DELETE FROM periods", {"KT-01"}),
        ("DELETE FROM rubrics", {"KT-01"}),
        ("DELETE FROM answers WHERE code = '1.1'", {"KT-01", "KT-06"}),
        ("DELETE FROM scores WHERE code = '1.1'", {"KT-07"}),
        ("UPDATE scores SET answer_version = 5 WHERE code = '1.1'", {"KT-07"}),
        ("DELETE FROM change_log WHERE seq = 3", {"KT-02", "KT-03"}),
        ("UPDATE change_log SET actor_name = 'Người khác' WHERE seq = 3", {"KT-03"}),
        ("UPDATE change_log SET at_utc = TIMESTAMP '2020-01-01 00:00:00' WHERE seq = 3", {"KT-03"}),
        ("UPDATE rubrics SET canonical_text = canonical_text || ' '", {"KT-05"}),
        ("UPDATE answers SET entry = '{\"level\": 1}' WHERE code = '1.1'", {"KT-06", "KT-09"}),
        ("UPDATE answers SET entry = '{\"level\": 7}' WHERE code = '1.1'", {"KT-06", "KT-08"}),
        ("UPDATE answers SET self_note = 'khác' WHERE code = '1.3'", {"KT-06"}),
        ("UPDATE scores SET points = 0.9 WHERE code = '1.3'", {"KT-06", "KT-09"}),
        ("UPDATE scores SET explanation = 'khác' WHERE code = '1.3'", {"KT-09"}),
        ("UPDATE scores SET rule_version = 'cũ' WHERE code = '1.3'", set()),
    ],
)
def test_each_kind_of_damage_is_found(scored: World, damage: str, codes: set[str]) -> None:
    assert {finding.code for finding in _after(scored, damage).findings} == codes


def test_a_finding_names_what_it_is_about(scored: World) -> None:
    (finding,) = _after(scored, "UPDATE scores SET explanation = 'x', points = 0.3333 WHERE code = '1.3'").findings
    assert "1.3" in finding.message
    assert scored.assessment_id in finding.message


@pytest.fixture
def planned(world: World) -> World:
    of = (world.database, world.officer)
    set_expected(*of, assessment_id=world.assessment_id, code="1.1", raw={"level": 0})
    for section in (None, "1"):
        set_target(
            *of, assessment_id=world.assessment_id, section=section, kind=TargetKind.PERCENT, value=Decimal("85.5")
        )
    save_remedy(
        *of,
        assessment_id=world.assessment_id,
        code="1.2",
        action_text="Đôn đốc",
        due=date(2024, 9, 1),
        expected_version=0,
    )
    entries = {"1.1": {"level": 0}}
    keep_scenario(*of, assessment_id=world.assessment_id, name="Giữ", entries=entries)
    drop_scenario(*of, keep_scenario(*of, assessment_id=world.assessment_id, name="Bỏ", entries=entries))
    return world


def test_what_is_planned_and_was_taken_out_gives_no_finding(planned: World) -> None:
    assert verify(planned.database).findings == ()


@pytest.mark.parametrize(
    ("damage", "codes", "named"),
    [
        ("UPDATE scenarios SET changed_by = 'khong-co'", {"KT-01"}, "changed_by"),
        ("UPDATE outlooks SET expected = '{\"level\": 1}'", {"KT-06"}, "Dự kiến 1.1"),
        ("UPDATE outlooks SET is_final = true", {"KT-06"}, "Dự kiến 1.1"),
        ("UPDATE outlooks SET code = '9.9'", {"KT-06", "KT-08"}, "9.9"),
        ("DELETE FROM outlooks", {"KT-06"}, "không còn lưu"),
        ("UPDATE targets SET value = '10' WHERE section = ''", {"KT-06"}, "Chỉ tiêu cả bộ tiêu chí"),
        ("UPDATE targets SET section = '1.1' WHERE section = '1'", {"KT-06", "KT-08"}, "không có 1.1"),
        ("DELETE FROM targets", {"KT-06"}, "Chỉ tiêu 1"),
        ("UPDATE remedies SET due = DATE '2025-01-01'", {"KT-06"}, "Việc khắc phục 1.2"),
        ("UPDATE remedies SET code = '2'", {"KT-06", "KT-08"}, "không có 2"),
        ("UPDATE scenarios SET name = 'Khác' WHERE ended_utc IS NULL", {"KT-06"}, "Phương án"),
        ("UPDATE scenarios SET ended_utc = NULL", {"KT-06"}, "Phương án"),
        ("UPDATE scenarios SET entries = '{\"9.9\": {}}' WHERE ended_utc IS NULL", {"KT-06", "KT-08"}, "9.9"),
    ],
)
def test_each_kind_of_damage_to_what_is_planned_is_found(
    planned: World, damage: str, codes: set[str], named: str
) -> None:
    findings = _after(planned, damage).findings
    assert {finding.code for finding in findings} == codes
    assert any(named in finding.message for finding in findings)
