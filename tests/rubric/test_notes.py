"""What is worth a second look: numbers that jump, levels out of order, evidence that is missing, idle caps."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from cchc_core.rubric.bodies import BodyKind
from cchc_core.rubric.checks import Finding, findings
from cchc_core.rubric.model import Cap, Criterion, Evidence, Part, Rubric, Section
from cchc_core.rubric.notes import every_finding, notes
from cchc_core.rubric.numbering import gaps
from cchc_core.rubric.tailoring import tailored
from cchc_core.rubric_files import load_rubric, read_rubric
from cchc_core.rules.kinds import Band, Bands, Count, Effect, External, Leaf, Level, Levels, Rule

SMALL = load_rubric(Path(__file__).parent / "small.yaml")
ONE, HALF, ZERO = Decimal("1.0000"), Decimal("0.5000"), Decimal("0.0000")
YES_NO = Levels((Level("Có", ONE), Level("Không", ZERO)))


def leaf(code: str, rule: Rule = YES_NO, points: Decimal = ONE, effect: Effect = Effect.NORMAL) -> Criterion:
    section = code.split(".", maxsplit=1)[0]
    return Criterion(
        code,
        section,
        section,
        f"Việc {code}",
        Leaf(points, rule, effect=effect),
        declared_max=points,
        evidence=(Evidence("Báo cáo"),),
        place=f"Bảng 1, dòng {code}",
    )


def rubric(*criteria: Criterion, caps: tuple[Cap, ...] = (), declared: str | None = None) -> Rubric:
    sections = dict.fromkeys(criterion.section for criterion in criteria)
    return replace(
        SMALL,
        declared_total=None if declared is None else Decimal(declared),
        parts=(),
        sections=tuple(Section(code, None, f"Lĩnh vực {code}") for code in sections),
        criteria=criteria,
        exclusions=(),
        caps=caps,
    )


def told(found: Sequence[Finding]) -> list[tuple[str | None, str]]:
    return [(finding.code, finding.level) for finding in found]


@pytest.mark.parametrize(
    "codes",
    [
        [],
        ["1"],
        ["0.1", "0.2"],
        ["1.0", "1.1", "1.2"],
        ["I", "II", "III", "IV", "V", "VI"],
        ["A", "B", "C", "D"],
        ["a", "b", "c", "d", "đ", "e"],
        ["a", "b", "c", "d", "e", "f"],
        ["I.5.010", "I.5.1", "I.5.2"],
        ["-", "+"],
        ["1.1", "2.1"],
        [f"1.{number}" for number in range(1, 12)],
    ],
)
def test_codes_that_count_on_or_do_not_count_leave_no_gap(codes: list[str]) -> None:
    assert gaps(codes) == ()


@pytest.mark.parametrize(
    ("codes", "code", "before", "missing"),
    [
        (["1.1", "1.3"], "1.3", "1.1", ("1.2",)),
        (["2", "3"], "2", "", ("1",)),
        (["1.1", "1.9"], "1.9", "1.1", ("1.2", "1.3", "1.4")),
        (["I", "III"], "III", "I", ("II",)),
        (["a", "c"], "c", "a", ("b",)),
        (["1.1", "1.2", "1.1"], "1.1", "1.2", ()),
        (["1.2.a", "1.2.b", "1.2.d"], "1.2.d", "1.2.b", ("1.2.c",)),
    ],
)
def test_a_count_that_jumps_or_goes_back_is_named(
    codes: list[str], code: str, before: str, missing: tuple[str, ...]
) -> None:
    (gap,) = gaps(codes)
    assert (gap.code, gap.before, gap.missing) == (code, before, missing)


def test_a_code_that_was_skipped_is_noted_at_its_place_in_the_source() -> None:
    (finding,) = notes(rubric(leaf("1.1"), leaf("1.2"), leaf("1.4")))
    assert (finding.code, finding.level, finding.place) == ("1.4", "note", "Bảng 1, dòng 1.4")
    assert "Sau 1.2 là 1.4, không có 1.3" in finding.message


def test_sections_and_parts_are_counted_too() -> None:
    skipped = rubric(leaf("1.1"), leaf("3.1"))
    assert told(notes(skipped)) == [("3", "note")]
    parted = replace(
        SMALL,
        parts=(Part("I", "Một"), Part("III", "Ba")),
        sections=(*SMALL.sections, Section("III.1", "III", "x")),
        criteria=(*SMALL.criteria, replace(leaf("1.1"), code="III.1.1", parent="III.1", section="III.1")),
    )
    assert [finding.code for finding in notes(parted) if "Sau I là III" in finding.message] == ["III"]


def test_a_set_that_was_cut_down_is_not_told_of_the_codes_that_are_for_others() -> None:
    rooms = replace(leaf("1.2"), applies_to=(BodyKind.ROOM,))
    made = rubric(leaf("1.1"), rooms, leaf("1.3"))
    assert notes(tailored(made, BodyKind.COMMUNE)) == ()


def test_a_line_below_another_group_than_its_code_says_is_noted() -> None:
    group = Criterion("1.1", "1", "1", "Nhóm một")
    other = Criterion("1.2", "1", "1", "Nhóm hai")
    below = [replace(leaf(code), parent=parent) for code, parent in (("1.1.1", "1.1"), ("1.1.2", "1.2"))]
    found = notes(rubric(group, below[0], other, below[1]))
    assert [finding.code for finding in found if "đứng dưới 1.2 trong khi có 1.1" in finding.message] == ["1.1.2"]


def test_the_same_words_twice_below_one_group_are_noted() -> None:
    twice = replace(leaf("1.2"), title="VIỆC 1.1")
    (finding,) = notes(rubric(leaf("1.1"), twice))
    assert (finding.code, "cùng nội dung với 1.1" in finding.message) == ("1.2", True)


@pytest.mark.parametrize(
    "rule",
    [
        Levels((Level("Tốt", HALF), Level("Khá", ONE), Level("Kém", ZERO))),
        Levels((Level("Đạt", ONE), Level("đạt", ZERO))),
        Count("văn bản chậm", (HALF, ONE, ZERO)),
        Bands(
            "tỷ lệ",
            "%",
            (
                Band(Decimal(80), Decimal(100), True, True, HALF),
                Band(Decimal(50), Decimal(80), True, False, ONE),
                Band(Decimal(0), Decimal(50), True, False, ZERO),
            ),
        ),
    ],
)
def test_levels_whose_points_go_up_and_down_are_noted(rule: Rule) -> None:
    assert told(notes(rubric(leaf("1.1", rule)))) == [("1.1", "note")]


def test_levels_that_rise_or_fall_are_in_order() -> None:
    rising = Levels(tuple(Level(f"Mức {points}", points) for points in (ZERO, HALF, ONE)))
    falling = Levels(rising.levels[::-1])
    assert notes(rubric(leaf("1.1", rising), leaf("1.2", falling))) == ()


def test_missing_evidence_is_noted_unless_the_group_has_it_or_others_score() -> None:
    group = Criterion("1.1", "1", "1", "Nhóm", evidence=(Evidence("Báo cáo chung"),))
    below = replace(leaf("1.1.1"), parent="1.1", evidence=())
    others = replace(leaf("1.2", External("Điều tra xã hội học")), evidence=())
    bare = replace(leaf("1.3"), evidence=())
    (finding,) = notes(rubric(group, below, others, bare))
    assert (finding.code, "không ghi tài liệu kiểm chứng" in finding.message) == ("1.3", True)


def test_a_cap_that_nothing_reaches_is_noted() -> None:
    bonus = leaf("1.1", points=ONE, effect=Effect.BONUS)
    caps = (Cap(Effect.BONUS, HALF, "1"), Cap(Effect.BONUS, ONE), Cap(Effect.PENALTY, ONE, "1"))
    found = notes(rubric(bonus, leaf("1.2"), caps=caps))
    assert told(found) == [(None, "note"), ("1", "note")]
    assert "chỉ có tới 1,0000 điểm thưởng" in found[0].message
    assert "không có điểm trừ nào" in found[1].message


def test_a_criterion_that_no_kind_of_body_has_is_noted() -> None:
    rooms = replace(leaf("1.1"), applies_to=(BodyKind.ROOM,))
    made = replace(rubric(rooms, leaf("1.2")), applies_to=(BodyKind.COMMUNE,))
    (finding,) = notes(made)
    assert (finding.code, "không áp dụng cho loại" in finding.message) == ("1.1", True)


def test_findings_come_by_gravity_and_notes_are_no_findings_of_the_board() -> None:
    declared = replace(rubric(leaf("1.1"), leaf("1.3")), declared_total=Decimal(9))
    assert told(findings(declared)) == [(None, "warning")]
    assert told(every_finding(declared)) == [(None, "warning"), ("1.3", "note")]


def test_the_sets_of_the_product_are_noted_only_for_evidence_that_the_print_lacks() -> None:
    for rubric_id in ("soctrang-tttt-2022", "namdinh-tnmt-2024"):
        for finding in notes(read_rubric(rubric_id)):
            assert "không ghi tài liệu kiểm chứng" in finding.message


@pytest.mark.parametrize(
    ("section", "total", "flawed"),
    [("2.0000", "2.0000", []), ("2.5000", "2.5000", []), ("0.5000", None, ["1"]), ("3.0000", "3.0000", ["1"])],
)
def test_bonuses_stand_beside_what_a_print_declares_or_within_it(
    section: str, total: str | None, flawed: list[str]
) -> None:
    made = rubric(
        leaf("1.1"), leaf("1.2"), leaf("1.3", Levels((Level("Có", HALF), Level("Không", ZERO))), HALF, Effect.BONUS),
        declared=total,
    )  # fmt: skip
    declared = replace(made, sections=(replace(made.sections[0], declared_max=Decimal(section)),))
    assert [finding.code for finding in findings(declared)] == flawed


def test_a_section_of_bonuses_alone_declares_their_sum_or_its_cap() -> None:
    bonuses = [leaf(f"2.{n}", effect=Effect.BONUS) for n in (1, 2)]
    made = rubric(leaf("1.1"), *bonuses, declared="1.0000")
    for most, declared, flawed in ((None, "2.0", []), (None, "3.0", ["2"]), ("1.5", "1.5", []), ("1.5", "2.0", ["2"])):
        caps = () if most is None else (Cap(Effect.BONUS, Decimal(most), "2"),)
        sections = (made.sections[0], replace(made.sections[1], declared_max=Decimal(declared)))
        assert [each.code for each in findings(replace(made, sections=sections, caps=caps))] == flawed


def test_a_declared_sum_of_the_self_scored_part_alone_says_so_at_every_level() -> None:
    made = rubric(leaf("1.1"), leaf("1.2", External("Điều tra xã hội học")), declared="2.0000")
    declared = replace(made, sections=(replace(made.sections[0], declared_max=ONE),))
    (finding, total) = findings(declared)
    assert (finding.code, total.code) == ("1", None)
    assert "Số in bằng đúng phần đơn vị tự chấm" in finding.message


def test_a_heading_that_limits_its_bonuses_wants_a_cap() -> None:
    bonuses = (leaf("1.1", effect=Effect.BONUS), leaf("1.2", effect=Effect.BONUS))
    made = rubric(*bonuses)
    limited = replace(made, sections=(Section("1", None, "Điểm thưởng (tối đa 1,5 điểm)"),))
    found = [each for each in notes(limited) if "mức trần" in each.message]
    assert told(found) == [("1", "note")]
    assert "«tối đa 1,5 điểm»" in found[0].message
    assert notes(replace(limited, caps=(Cap(Effect.BONUS, Decimal("1.5"), "1"),))) == ()
    assert notes(replace(limited, sections=(Section("1", None, "Điểm thưởng (tối đa 2 điểm)"),))) == ()
