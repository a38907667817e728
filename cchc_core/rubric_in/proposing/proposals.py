"""One proposal for a leaf: every kind of rule is tried in order, and what does not fit the maximum is not proposed."""

from collections.abc import Callable, Sequence

from cchc_core.rubric.leaf_checks import leaf_problems
from cchc_core.rubric_in.model import ImportedNode, Proposal
from cchc_core.rubric_in.proposing.banded import only_part_of_bands, read_bands
from cchc_core.rubric_in.proposing.by_hand import read_by_hand
from cchc_core.rubric_in.proposing.chosen import read_checklist, read_levels, read_one_line, takes_off
from cchc_core.rubric_in.proposing.clauses import effect_of, is_unclear, without_clauses
from cchc_core.rubric_in.proposing.compared import read_compare
from cchc_core.rubric_in.proposing.counts import read_count, read_steps
from cchc_core.rubric_in.proposing.externals import read_external
from cchc_core.rubric_in.proposing.ratios import read_formula, read_rate
from cchc_core.rubric_in.proposing.settled import read_one_lost, read_two_sides
from cchc_core.rubric_in.proposing.wording import Reading, Wording, shown, wording_of, words
from cchc_core.rules.decimals import format_points
from cchc_core.rules.kinds import Effect, Leaf

_READERS: tuple[Callable[[Wording], Reading | None], ...] = (
    read_by_hand,
    read_compare,
    read_count,
    read_bands,
    read_checklist,
    read_steps,
    read_formula,
    read_external,
    read_rate,
    read_levels,
    read_two_sides,
    read_one_lost,
    read_one_line,
)
_WHICH_EFFECT = "Nhóm ở trên có cả điểm thưởng và điểm trừ: hãy chọn ở ô «Tính vào» của bước 1."
_STRAY = "Có điểm in không kèm dòng chữ nào nên không rõ điểm của dòng nào; hãy ghép lại các dòng."


def propose(node: ImportedNode, path: Sequence[str]) -> Proposal:
    """Propose the rule of a leaf from its title, its printed lines and the titles above it (``path``, top first).

    The points of a rule are always printed ones or settled by the maximum; where neither is so, ``rule`` is None and
    the reason says what is missing. The same leaf always gives the same proposal.
    """
    wording = wording_of(node, path)
    wording, lowered, void = without_clauses(wording, node)
    effect = effect_of(wording, node)
    wording = wording.with_effect(effect)
    reading = _fitting(wording) if not _has_stray_points(node) else Reading(None, 0.0, _STRAY)
    if effect is Effect.NORMAL and is_unclear(wording):
        reading = Reading(reading.rule, min(reading.confidence, 0.5), f"{reading.reason} {_WHICH_EFFECT}")
    return Proposal(reading.rule, reading.confidence, reading.reason, lowered, void, effect)


def _has_stray_points(node: ImportedNode) -> bool:
    return any(line.points is not None and not words(line.text).text for line in node.lines)


def _fitting(wording: Wording) -> Reading:
    beyond: Reading | None = None
    for read in _READERS:
        found = read(wording)
        if found is None:
            continue
        # A reader that knows why its own kind cannot be settled has the last word; points that miss the maximum do not.
        settled = _within_maximum(found, wording)
        if found.rule is None or settled.rule is not None:
            return settled
        beyond = beyond or settled
    return beyond or Reading(None, 0.0, _why_none(wording))


def _within_maximum(found: Reading, wording: Wording) -> Reading:
    if found.rule is None or not wording.most:
        return found
    problems = leaf_problems(Leaf(wording.most, found.rule, effect=wording.effect))
    return Reading(None, 0.0, f"{found.reason} Nhưng {problems[0]}") if problems else found


def _why_none(wording: Wording) -> str:
    if partial := only_part_of_bands(wording):
        return partial
    if not wording.rows:
        return "Bản in chỉ ghi tên tiêu chí và điểm, không ghi cách chấm."
    if len(wording.rows) == 1 and wording.rows[0].plain == wording.title.plain:
        return "Bản in chỉ có một dòng giống tên tiêu chí, không ghi cách chấm."
    if takes_off(wording):
        return "Các dòng ghi số điểm bị trừ; bản in không nói các khoản trừ có cộng dồn không."
    if not wording.pointed:
        return f"{len(wording.rows)} dòng không in điểm nên không rõ mỗi dòng được bao nhiêu."
    return _points_do_not_fit(wording)


def _points_do_not_fit(wording: Wording) -> str:
    said = f"Các dòng in điểm {shown(wording.points)}"
    if wording.most is None:
        return f"{said} nhưng không có điểm tối đa nên không rõ chọn một dòng hay cộng các dòng."
    total = format_points(sum(wording.points[1:], wording.points[0]))
    return (
        f"{said}: không dòng nào bằng điểm tối đa {format_points(wording.most)}, "
        f"cộng lại được {total} nên không rõ cách tính."
    )
