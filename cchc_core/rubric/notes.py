"""What is worth a second look in a criteria set: nothing is wrong by itself, but a line may have been misread or lost.

Notes are shown where a set is brought in, looked at or checked, never beside scores; see :mod:`cchc_core.rubric.checks`
for what contradicts itself.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from cchc_core.rubric.checks import Finding, findings, placed
from cchc_core.rubric.model import Cap, Criterion, Rubric
from cchc_core.rubric.numbering import Gap, gaps
from cchc_core.rubric.tailoring import kinds_of, kinds_to_choose
from cchc_core.rules.decimals import ZERO, format_points
from cchc_core.rules.kinds import Band, Bands, Count, Effect, Levels

NOTE = "note"
_LIMIT = re.compile(r"(?:tối đa|không quá|nhiều nhất)\s*(\d{1,4}(?:[.,]\d{1,2})?)\s*điểm", re.IGNORECASE)
_GRAVITY = {"error": 0, "warning": 1, NOTE: 2}


@lru_cache(maxsize=16)
def notes(rubric: Rubric) -> tuple[Finding, ...]:
    """List what is worth a second look, in printed order."""
    found = [
        *_numbering(rubric),
        *_strange_parents(rubric),
        *_doubled_titles(rubric),
        *_levels_out_of_order(rubric),
        *_without_evidence(rubric),
        *_idle_caps(rubric),
        *_printed_limits(rubric),
        *_for_nobody(rubric),
    ]
    order = {code: place for place, code in enumerate(_codes(rubric))}
    return placed(rubric, tuple(sorted(found, key=lambda finding: order.get(finding.code, len(order)))))


def every_finding(rubric: Rubric) -> tuple[Finding, ...]:
    """List errors, then warnings, then notes, each in printed order."""
    return tuple(sorted((*findings(rubric), *notes(rubric)), key=lambda finding: _GRAVITY[finding.level]))


def _codes(rubric: Rubric) -> Iterator[str | None]:
    yield None
    yield from (part.code for part in rubric.parts)
    for section in rubric.sections:
        yield section.code
        yield from (criterion.code for criterion in rubric.criteria if criterion.section == section.code)


def _families(rubric: Rubric) -> Iterator[list[str]]:
    """Give the codes of all siblings: parts, the sections of a part, what stands right below a section or a group."""
    yield [part.code for part in rubric.parts]
    for part in (*(part.code for part in rubric.parts), None):
        yield [section.code for section in rubric.sections if section.part == part]
    below: dict[str, list[str]] = {}
    for criterion in rubric.criteria:
        below.setdefault(criterion.parent, []).append(criterion.code)
    yield from below.values()


def _numbering(rubric: Rubric) -> Iterator[Finding]:
    if rubric.body_kind is not None:  # what is for others was cut out and leaves gaps
        return
    for family in _families(rubric):
        for gap in gaps(family):
            yield Finding(gap.code, NOTE, _jump(gap))


def _jump(gap: Gap) -> str:
    if not gap.missing:
        return f"Mã {gap.code} đứng sau {gap.before}, không đúng thứ tự; hãy xem lại mã và chỗ của dòng này."
    missing = ", ".join(gap.missing)
    first = f"Sau {gap.before} là {gap.code}" if gap.before else f"Dãy mã bắt đầu từ {gap.code}"
    return f"{first}, không có {missing}; hãy xem bản in có dòng nào bị sót hay đánh số nhảy."


def _strange_parents(rubric: Rubric) -> Iterator[Finding]:
    groups = {criterion.code for criterion in rubric.criteria} | {section.code for section in rubric.sections}
    for criterion in rubric.criteria:
        stem = criterion.code.rpartition(".")[0]
        if stem in groups and stem != criterion.parent:
            message = (
                f"Mã {criterion.code} đứng dưới {criterion.parent} trong khi có {stem}; hãy xem lại chỗ của dòng này."
            )
            yield Finding(criterion.code, NOTE, message)


def _doubled_titles(rubric: Rubric) -> Iterator[Finding]:
    first: dict[tuple[str, str], str] = {}
    for criterion in rubric.criteria:
        known = first.setdefault((criterion.parent, criterion.title.casefold()), criterion.code)
        if known != criterion.code:
            message = f"Mã {criterion.code} ghi cùng nội dung với {known}; hãy xem có dòng nào chép hai lần."
            yield Finding(criterion.code, NOTE, message)


def _levels_out_of_order(rubric: Rubric) -> Iterator[Finding]:
    for leaf in rubric.leaves:
        told = _disorder(leaf)
        if told:
            yield Finding(leaf.code, NOTE, f"Tiêu chí {leaf.code}: {told}")


def _disorder(leaf: Criterion) -> str:
    match leaf.scored.rule:
        case Levels(levels):
            points, what = [level.points for level in levels], "các mức"
            texts = [level.text.casefold() for level in levels]
            if len(set(texts)) < len(texts):
                return "có hai mức ghi cùng nội dung; hãy xem có mức nào đọc sai."
        case Bands(bands=bands):
            points, what = _band_points(bands), "điểm các khoảng"
        case Count(points_by_count=points_by_count):
            points, what = list(points_by_count), "điểm theo số trường hợp"
        case _:
            return ""
    return "" if _goes_one_way(points) else f"{what} không tăng dần hay giảm dần ({_row(points)}); hãy xem lại điểm."


def _band_points(bands: Sequence[Band]) -> list[Decimal]:
    ordered = sorted(bands, key=lambda band: (band.lower is not None, band.lower or ZERO))
    return [band.points for band in ordered if band.points is not None]


def _goes_one_way(points: Sequence[Decimal]) -> bool:
    steps = list(pairwise(points))
    return all(left >= right for left, right in steps) or all(left <= right for left, right in steps)


def _row(points: Sequence[Decimal]) -> str:
    return " – ".join(map(format_points, points))


def _without_evidence(rubric: Rubric) -> Iterator[Finding]:
    telling = {criterion.code for criterion in rubric.criteria if criterion.evidence}
    for leaf in rubric.leaves:
        # What a merged cell says stands at the group, for all below it.
        if not leaf.scored.is_external and telling.isdisjoint((leaf.code, *rubric.above(leaf.code))):
            message = f"Tiêu chí {leaf.code}: không ghi tài liệu kiểm chứng; hãy xem ô ấy trong bản in có trống không."
            yield Finding(leaf.code, NOTE, message)


def _idle_caps(rubric: Rubric) -> Iterator[Finding]:
    for cap in rubric.caps:
        below = rubric.leaves if cap.node is None else rubric.leaves_of(cap.node)
        reachable = sum((leaf.max_points for leaf in below if leaf.scored.effect is cap.effect), ZERO)
        if reachable <= cap.most:
            yield Finding(cap.node, NOTE, _idle(cap, reachable))


def _idle(cap: Cap, reachable: Decimal) -> str:
    what = "điểm thưởng" if cap.effect is Effect.BONUS else "điểm trừ"
    where = "cả bộ" if cap.node is None else cap.node
    said = f"chỉ có tới {format_points(reachable)} {what}" if reachable else f"không có {what} nào"
    return f"Mức trần {format_points(cap.most)} {what} của {where} không bao giờ chạm tới: {said}; hãy xem lại."


def _printed_limits(rubric: Rubric) -> Iterator[Finding]:
    """Find «ĐIỂM THƯỞNG (tối đa 5 điểm)» without a cap: more would count than the print allows."""
    titles = {section.code: section.title for section in rubric.sections}
    titles |= {criterion.code: criterion.title for criterion in rubric.criteria if criterion.leaf is None}
    for code, title in titles.items():
        said = _LIMIT.search(title)
        below = [leaf for leaf in rubric.leaves_of(code) if leaf.scored.effect is not Effect.NORMAL]
        if said is None or not below:
            continue
        most = Decimal(said[1].replace(",", "."))
        reachable = sum((leaf.max_points for leaf in below), ZERO)
        if reachable > most and not any(cap.node == code for cap in rubric.caps):
            message = (
                f"{code}: tên ghi «{said[0]}» nhưng các dòng bên dưới cộng lại {format_points(reachable)} mà chưa có "
                "mức trần; hãy ghi mức trần ở «Thông tin chung»."
            )
            yield Finding(code, NOTE, message)


def _for_nobody(rubric: Rubric) -> Iterator[Finding]:
    offered = frozenset(kinds_to_choose(rubric))
    for leaf in rubric.leaves:
        kinds = kinds_of(rubric, leaf.code)
        if kinds is not None and not kinds & offered:
            message = f"Tiêu chí {leaf.code} không áp dụng cho loại cơ quan, đơn vị nào; hãy xem lại các loại đã chọn."
            yield Finding(leaf.code, NOTE, message)
