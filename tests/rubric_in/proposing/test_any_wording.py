"""Whatever a file says: a proposal never invents points, always fits its maximum and is always the same."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from cchc_core.rubric.leaf_checks import leaf_problems
from cchc_core.rubric_in.model import ImportedNode, NodeKind, PrintedLine
from cchc_core.rubric_in.proposing import propose
from cchc_core.rules.kinds import Checklist, Compare, Leaf, Levels, Rule

_PIECES = (
    "Từ 80% đến dưới 100%", "Dưới 80%", "100%", "mỗi văn bản trừ 0,5 điểm", "Tỷ lệ % x 1,0 điểm", ":100%", "b/a",
    "trong đó a là tổng số", "b là số đúng", "cao hơn năm trước", "bằng năm trước", "thấp hơn năm trước", "1 nhiệm vụ",
    "2 nhiệm vụ trở lên", "Không thực hiện", "hạ điểm chuẩn", "0,25", "1.234 điểm", "do Sở Nội vụ đánh giá", "; ", "\n",
    "- ", "1. ", "điểm trừ", "cộng thêm", "≤", "(", ")", "x", "Tỷ lệ", "không có điểm", "ß", "\u0301", "100% số điểm",
)  # fmt: skip
_NUMBERLESS = (
    "Có ban hành", "Không ban hành", "Chưa đạt", "Tốt", "cao hơn năm trước", "thấp hơn năm trước", "Tỷ lệ hồ sơ",
    "theo công thức", "điểm trừ", "cộng thêm", "; ", "còn lại", "không có",
)  # fmt: skip
_texts = st.lists(st.sampled_from(_PIECES), max_size=5).map(" ".join) | st.text(max_size=30)
_points = st.none() | st.sampled_from(["0", "0.25", "0.5", "1", "1.5", "-0.5"]).map(Decimal)


def leaves(texts: st.SearchStrategy[str]) -> st.SearchStrategy[ImportedNode]:
    return st.builds(
        lambda title, most, lines: ImportedNode("1", NodeKind.CRITERION, "1", title, most, "", tuple(lines)),
        texts,
        _points,
        st.lists(st.builds(PrintedLine, texts, _points), max_size=5),
    )


@given(leaves(_texts), st.lists(_texts, max_size=2))
def test_a_proposal_fits_its_maximum_gives_a_reason_and_is_always_the_same(node: ImportedNode, path: list[str]) -> None:
    found = propose(node, path)
    assert found == propose(node, path)
    assert found.reason.strip()
    assert 0 <= found.confidence <= 1
    assert (found.rule is None) == (found.confidence == 0)
    if found.rule is not None and node.max_points:
        assert not leaf_problems(Leaf(abs(node.max_points), found.rule, effect=found.effect))


@given(leaves(st.lists(st.sampled_from(_NUMBERLESS), max_size=4).map(" ".join)))
def test_points_are_printed_ones_what_the_maximum_settles_or_nothing(node: ImportedNode) -> None:
    printed = {abs(points) for points in (node.max_points, *(line.points for line in node.lines)) if points is not None}
    beside = sum(abs(line.points) for line in node.lines if line.points is not None)
    settled = {Decimal(0), abs(node.max_points or Decimal(0)) - beside}
    assert set(_points_of(propose(node, ()).rule)) <= printed | settled


def _points_of(rule: Rule | None) -> tuple[Decimal, ...]:
    match rule:
        case Levels(levels):
            return tuple(level.points for level in levels)
        case Checklist(items):
            return tuple(item.points for item in items)
        case Compare():
            return (rule.higher, rule.equal, rule.lower)
        case _:
            return ()
