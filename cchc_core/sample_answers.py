"""Plausible answers for trying things out: better in every later period, the same at every start.

Nothing here is a real figure. Each answer is tried against its rule and left out where the rule refuses it.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from cchc_core.rubric.model import Criterion, Rubric
from cchc_core.rules.answers import read_entry
from cchc_core.rules.kinds import Band, Bands, Checklist, Compare, Count, External, Leaf, Levels, Manual, Ratio, Rule
from cchc_core.rules.problems import AnswerRefused
from cchc_core.rules.scoring import PeriodView, Score, score

Json = dict[str, Any]

STAGES = ("q1", "h1", "q3")
_DONE_BY = (0.45, 0.75, 0.93)
_PROGRESS = (0.35, 0.65, 0.9)
# A department has a few criteria that go badly all year.
_WEAK_SHARE, _WEAK_PROGRESS = 0.13, 0.3

_NOTES = (
    "Đã thực hiện theo kế hoạch CCHC năm của Sở; tài liệu kiểm chứng lưu tại Văn phòng Sở.",
    "Số liệu lấy từ báo cáo công tác CCHC kỳ này, đã đối chiếu với các phòng.",
    "Đang chờ văn bản xác nhận của Sở Nội vụ; sẽ bổ sung tài liệu trước hạn nội bộ.",
    "Phòng chuyên môn đã báo cáo bằng văn bản; còn thiếu phụ lục, sẽ gửi bổ sung.",
    "Theo số liệu trích xuất từ hệ thống một cửa điện tử đến ngày chốt số liệu.",
    "Nội dung này thực hiện theo tiến độ, dự kiến hoàn thành trong kỳ sau.",
)
_NOT_APPLICABLE = "Trong năm đơn vị không được giao nhiệm vụ thuộc nội dung này."
_VOIDED = "Qua tự kiểm tra phát hiện tài liệu đã nộp bị chỉnh sửa so với bản gốc."
_SOURCE = "Thông báo kết quả điều tra xã hội học (số liệu mẫu)"


@dataclass(frozen=True, slots=True)
class SampleAnswer:
    """One made-up answer with what it scores."""

    code: str
    entry_json: Json
    note: str
    score: Score


def sample_answers(rubric: Rubric, period: PeriodView, seed: int) -> list[SampleAnswer]:
    """Make the answers of one period; the criteria that are left out are still to be scored."""
    stage = STAGES.index(period.code or "")
    singled_out = _singled_out(rubric)
    made = []
    for leaf in rubric.leaves:
        # One generator for each criterion, so that its periods fit together whatever the others do.
        chance = random.Random(f"{seed} {rubric.id} {leaf.code}")  # noqa: S311 (sample data)
        answer = _answer(leaf, singled_out.get(leaf.code), stage, period, chance)
        if answer is not None:
            made.append(answer)
    return made


def _singled_out(rubric: Rubric) -> dict[str, str]:
    with_clause = [leaf.code for leaf in rubric.leaves if leaf.scored.not_applicable_clause is not None]
    with_condition = [leaf.code for leaf in rubric.leaves if leaf.scored.void_condition is not None]
    others = [leaf.code for leaf in rubric.leaves if not leaf.scored.is_external and leaf.scored.due_period is None]
    # Two criteria that tell one fact must not go apart.
    marks = dict.fromkeys((code for exclusion in rubric.exclusions for code in exclusion.criteria), "steady")
    marks |= dict.fromkeys(with_clause[1:4], "not_applicable")
    marks |= dict.fromkeys(with_condition[:1], "voided")
    return {others[len(others) // 2]: "not_due"} | marks if others else marks


def _answer(
    criterion: Criterion, mark: str | None, stage: int, period: PeriodView, chance: random.Random
) -> SampleAnswer | None:
    leaf, when, quality = criterion.scored, chance.random(), chance.random()
    entry = _marked(mark) if mark in ("not_applicable", "not_due") else None
    if entry is None:
        if when > _done_by(leaf, stage):
            return None
        is_weak = quality < _WEAK_SHARE and mark != "steady"
        progress = _WEAK_PROGRESS if is_weak else min(1.0, _PROGRESS[stage] + 0.45 * quality)
        entry = _MAKERS[type(leaf.rule)](leaf.rule, leaf, progress, chance)
    if mark == "voided" and stage == len(STAGES) - 1:
        entry = {**entry, "voided": _VOIDED}
    note = chance.choice(_NOTES) if chance.random() < 0.4 else ""
    try:
        return SampleAnswer(criterion.code, entry, note, score(leaf, read_entry(leaf, entry), period))
    except AnswerRefused:
        return None


def _marked(mark: str | None) -> Json:
    return {"not_applicable": _NOT_APPLICABLE} if mark == "not_applicable" else {"not_due": True}


def _done_by(leaf: Leaf, stage: int) -> float:
    if leaf.is_external:
        return 0.15 if stage == len(STAGES) - 1 else 0.0
    return _DONE_BY[stage]


def _level(rule: Rule, _leaf: Leaf, progress: float, _chance: random.Random) -> Json:
    assert isinstance(rule, Levels)  # noqa: S101 (the table below sends each rule to its maker)
    worst_first = sorted(range(len(rule.levels)), key=lambda index: rule.levels[index].points)
    return {"level": worst_first[_place(progress, len(worst_first))]}


def _ticks(rule: Rule, _leaf: Leaf, progress: float, chance: random.Random) -> Json:
    assert isinstance(rule, Checklist)  # noqa: S101
    eager = {index: chance.random() for index in range(len(rule.items))}
    ticked = [index for index, item in enumerate(rule.items) if not item.is_ratio and eager[index] <= progress]
    percents = {str(index): str(_percent(progress)) for index, item in enumerate(rule.items) if item.is_ratio}
    return {"ticked": ticked, "percents": percents} if percents else {"ticked": ticked}


def _ratio(_rule: Rule, _leaf: Leaf, progress: float, chance: random.Random) -> Json:
    whole = chance.randint(12, 60)
    return {"numerator": str(_percent(progress) * whole // 100), "denominator": str(whole)}


def _value(rule: Rule, _leaf: Leaf, progress: float, _chance: random.Random) -> Json:
    assert isinstance(rule, Bands)  # noqa: S101
    worst_first = sorted(rule.bands, key=_worth)
    return {"value": str(_inside(worst_first[_place(progress, len(worst_first))]))}


def _worth(band: Band) -> Decimal:
    if band.linear is not None:
        return band.linear.factor * _inside(band) + band.linear.constant
    return band.points or Decimal(0)


def _inside(band: Band) -> Decimal:
    if band.lower is not None and band.upper is not None:
        return (band.lower + band.upper) / 2
    if band.lower is not None:
        return band.lower if band.includes_lower else band.lower + 1
    if band.upper is not None:
        return band.upper if band.includes_upper else band.upper / 2
    return Decimal(0)


def _count(rule: Rule, _leaf: Leaf, progress: float, _chance: random.Random) -> Json:
    assert isinstance(rule, Count)  # noqa: S101
    worst_first = sorted(range(len(rule.points_by_count)), key=lambda index: rule.points_by_count[index])
    return {"count": worst_first[_place(progress, len(worst_first))]}


def _compare(_rule: Rule, _leaf: Leaf, progress: float, chance: random.Random) -> Json:
    before = chance.randint(70, 90)
    return {"this_year": str(before + _place(progress, 3) - 1), "last_year": str(before)}


def _external(_rule: Rule, _leaf: Leaf, progress: float, _chance: random.Random) -> Json:
    return {"percent": str(_percent(progress)), "source": _SOURCE}


def _manual(rule: Rule, leaf: Leaf, progress: float, _chance: random.Random) -> Json:
    assert isinstance(rule, Manual)  # noqa: S101
    wanted = leaf.max_points * _percent(progress) / 100
    return {"points": str((wanted / rule.step).to_integral_value(ROUND_FLOOR) * rule.step)}


def _place(progress: float, count: int) -> int:
    return min(count - 1, int(progress * count))


def _percent(progress: float) -> int:
    return 55 + int(45 * progress)


_Maker = Callable[[Rule, Leaf, float, random.Random], Json]
_MAKERS: dict[type, _Maker] = {
    Levels: _level,
    Checklist: _ticks,
    Ratio: _ratio,
    Bands: _value,
    Count: _count,
    Compare: _compare,
    External: _external,
    Manual: _manual,
}
