"""People stand for rules: proposals are confirmed, leaves are left to be scored by hand, many at once."""

from dataclasses import replace
from decimal import Decimal

import pytest

from cchc_core.errors import NotFound
from cchc_core.rubric_drafts import keeping
from cchc_core.rubric_drafts.building import build
from cchc_core.rubric_drafts.manual import manual_rule, with_step
from cchc_core.rubric_drafts.model import RuleState
from cchc_core.rubric_in.model import NodeKind, PrintedLine
from cchc_core.rules.kinds import Manual
from tests.rubric_drafts.desk import IMPORTED, Desk, node, row


def test_confirming_holds_for_proposed_rules_and_leaves_what_has_none(desk: Desk) -> None:
    draft = desk.brought_in()
    everything = [each.id for each in draft.nodes]
    assert keeping.confirm_rules(desk.database, desk.admin, draft.id, everything) == 2
    after = desk.again(draft)
    assert row(after, "I.1.1.1").rule_state is RuleState.CONFIRMED
    assert row(after, "I.1.1.1").rule == row(draft, "I.1.1.1").rule
    assert row(after, "I.1.2").rule_state is RuleState.PROPOSED
    assert keeping.confirm_rules(desk.database, desk.admin, draft.id, everything) == 0
    assert desk.is_sound()


def test_a_leaf_left_to_be_scored_by_hand_shows_its_printed_lines(desk: Desk) -> None:
    draft = desk.brought_in()
    leaves = [row(draft, code).id for code in ("I.1.1.1", "I.1.2", "I.1")]
    assert keeping.leave_manual(desk.database, desk.admin, draft.id, leaves) == 2
    after = desk.again(draft)
    assert row(after, "I.1.1.1").rule == {
        "kind": "manual",
        "step": "0.0500",
        "reason": "Chấm tay theo bản in: «Có» (0,5000 điểm); «Không» (0,0000 điểm)",
    }
    assert (row(after, "I.1.2").rule_state, row(after, "I.1").rule) == (RuleState.MANUAL, None)
    assert keeping.leave_manual(desk.database, desk.admin, draft.id, leaves) == 0


def test_a_row_of_another_draft_is_not_confirmed_along(desk: Desk) -> None:
    draft, other = desk.brought_in(), desk.brought_in(rubric_id="bo-khac")
    ids = [row(draft, "I.1.1.1").id, row(other, "I.1.1.1").id]
    with pytest.raises(NotFound):
        keeping.confirm_rules(desk.database, desk.admin, draft.id, ids)
    assert desk.again(draft) == draft


@pytest.mark.parametrize(
    ("top", "step"), [("1", "0.0500"), ("0.125", "0.0250"), ("0.03", "0.0100"), ("0.0003", "0.0001"), (None, "0.0500")]
)
def test_steps_by_hand_reach_the_maximum(top: str | None, step: str) -> None:
    assert manual_rule(top, {})["step"] == step
    if top is not None:
        assert Decimal(top) % Decimal(step) == 0


def test_a_persons_own_steps_stay_as_long_as_they_reach_the_maximum() -> None:
    rule = {"kind": "manual", "step": "0.5000", "reason": "x"}
    assert with_step(rule, "1.5000") is rule
    assert with_step(rule, "1.2500")["step"] == "0.0500"


def test_steps_by_hand_follow_a_new_maximum(desk: Desk) -> None:
    draft = desk.brought_in()
    keeping.leave_manual(desk.database, desk.admin, draft.id, [row(draft, "I.1.2").id])
    changed = desk.change(draft, "I.1.2", fields={"max_points": Decimal("0.0125")})
    assert changed.rule is not None
    assert changed.rule["step"] == "0.0005"
    assert changed.rule_state is RuleState.MANUAL


def test_a_long_print_is_cut_in_the_reason_and_the_set_still_builds(desk: Desk) -> None:
    lines = tuple(PrintedLine("dòng in rất dài " * 30) for _ in range(20))
    nodes = (node("1", None, NodeKind.SECTION), node("1.1", "1", NodeKind.CRITERION, "1", lines=lines))
    draft = desk.brought_in(replace(IMPORTED, nodes=nodes, declared_total=None))
    keeping.leave_manual(desk.database, desk.admin, draft.id, [row(draft, "1.1").id])
    built = build(desk.again(draft))
    assert built.errors == ()
    assert built.rubric is not None
    rule = built.rubric.criterion("1.1").scored.rule
    assert isinstance(rule, Manual)
    assert rule.reason.endswith("…")
