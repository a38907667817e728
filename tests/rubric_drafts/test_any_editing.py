"""Whatever people do to a draft, one step after another: its tree stays whole, it can be checked, the log agrees."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_core.errors import CchcError
from cchc_core.rubric_drafts import keeping
from cchc_core.rubric_drafts.building import build
from cchc_core.rubric_drafts.model import Draft, RuleState
from cchc_core.rubric_drafts.official_points import put_points
from cchc_core.rubric_in.model import NodeKind
from tests.rubric_drafts.desk import DOCUMENT, Desk, open_desk

_RULES = (
    None,
    {"kind": "levels", "levels": [{"text": "Có", "points": "1"}, {"text": "Không", "points": "0"}]},
    {"kind": "ratio", "numerator": "a", "denominator": "b", "empty_denominator": "refuse"},
    {"kind": "external", "source": "Sở Nội vụ"},
)
_POINTS = st.sampled_from([None, "0", "0.5", "1", "1.00005", "3"])
_FIELDS = st.fixed_dictionaries(
    {}, optional={"max_points": _POINTS, "declared_max": _POINTS, "effect": st.sampled_from(["bonus", "normal", None])}
)
_CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "code": st.sampled_from(["1", "I.1", "I.1.1", "mới"]),
        "title": st.sampled_from(["Tên", "Mục I.1"]),
        "fields": _FIELDS,
        "rule": st.sampled_from(_RULES),
    },
)
_PLACE = st.integers(0, 20)
_STEPS = st.one_of(
    st.tuples(st.just("change"), _PLACE, _CHANGES),
    st.tuples(st.just("add"), _PLACE, st.sampled_from(NodeKind)),
    st.tuples(st.just("move"), _PLACE, st.one_of(st.sampled_from(["up", "down", "to_top"]), _PLACE)),
    st.tuples(st.just("end"), _PLACE, st.none()),
    st.tuples(st.just("restore"), _PLACE, st.none()),
    st.tuples(st.just("confirm"), _PLACE, st.booleans()),
    st.tuples(st.just("points"), _PLACE, st.sampled_from([Decimal("0.5"), Decimal(3), Decimal("0.3333")])),
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = open_desk(tmp_path_factory.mktemp("editing"))
    yield opened
    sound = opened.is_sound()
    opened.database.close()
    assert sound


@settings(max_examples=20)
@given(st.lists(_STEPS, min_size=1, max_size=8))
def test_a_draft_stays_whole_whatever_is_done_to_it(desk: Desk, steps: Sequence[tuple[str, int, Any]]) -> None:
    draft = desk.brought_in()
    for step in steps:
        before = draft
        try:
            _take(desk, draft, *step)
            refused = False
        except CchcError:
            refused = True
        draft = desk.again(draft)
        assert not refused or draft == before
        _check(draft)


def _check(draft: Draft) -> None:
    ids, above = {node.id for node in draft.nodes}, {node.parent_id for node in draft.nodes}
    assert above <= ids | {None}
    for node in draft.nodes:
        is_leaf = node.kind is NodeKind.CRITERION and node.id not in above
        assert (node.rule_state is not RuleState.NONE) == is_leaf
    built = build(draft)
    assert built.rubric is not None or built.errors
    if not built.errors and built.rubric is not None:
        assert len(built.rubric.criteria) == sum(node.kind is NodeKind.CRITERION for node in draft.nodes)


def _take(desk: Desk, draft: Draft, what: str, place: int, how: Any) -> None:  # noqa: C901 (one step a kind)
    asked = (desk.database, desk.admin)
    if not draft.nodes and what != "restore":
        return
    node = draft.nodes[place % len(draft.nodes)] if draft.nodes else None
    match what:
        case "change" if node:
            keeping.change_node(*asked, node.id, how, node.version)
        case "add" if node:
            keeping.add_node(*asked, draft.id, node.id if place % 2 else node.parent_id, None, how, "mới", "Mới")
        case "move" if node and isinstance(how, int):
            keeping.move_node(*asked, node.id, parent_id=draft.nodes[how % len(draft.nodes)].id)
        case "move" if node:
            keeping.move_node(*asked, node.id, up=how == "up", down=how == "down", to_top=how == "to_top")
        case "end" if node:
            keeping.end_node(*asked, node.id)
        case "restore":
            ended = keeping.ended_nodes(*asked, draft.id)
            if ended:
                keeping.restore_node(*asked, ended[place % len(ended)].id)
        case "confirm" if node:
            (keeping.confirm_rules if how else keeping.leave_manual)(*asked, draft.id, [node.id])
        case "points" if node:
            put_points(*asked, draft.id, {node.code: how}, DOCUMENT)
