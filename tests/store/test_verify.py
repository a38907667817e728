import pytest

from cchc_core.store.verify import Report, verify
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
