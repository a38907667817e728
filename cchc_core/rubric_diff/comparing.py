"""Comparing two versions of a criteria set, criterion by criterion."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from cchc_core.rubric.bodies import BODY_KIND_NAMES, BodyKind
from cchc_core.rubric.changes import Matches, Reading, folded_title, reading, section_matches, wording
from cchc_core.rubric.model import Criterion, Evidence, Rubric, Section
from cchc_core.rubric_diff.model import CODE, ChangeKind, Detail, Difference, Line, SectionSum
from cchc_core.rubric_diff.scaling import is_scaled
from cchc_core.rubric_diff.wording import cap_words, kind_words, modifiers, points_words, rule_words
from cchc_core.rules.kinds import Leaf

_OTHER: Final[Mapping[str, str]] = {
    "Thời hạn": "deadline",
    "Kinh phí": "funding",
    "Trách nhiệm": "responsible",
    "Ghi chú": "note",
}
_HEAD: Final[Mapping[str, Callable[[Rubric], str]]] = {
    "Tên bộ tiêu chí": lambda rubric: rubric.title,
    "Cơ quan ban hành": lambda rubric: rubric.issuer,
    "Năm": lambda rubric: str(rubric.year),
    "Văn bản": lambda rubric: rubric.document,
    "Nguồn điểm": lambda rubric: "điểm minh hoạ" if rubric.is_illustrative else "điểm chính thức",
    "Văn bản ban hành điểm": lambda rubric: rubric.points_document or "",
    "Tổng điểm văn bản in": lambda rubric: points_words(rubric.declared_total),
    "Áp dụng cho": lambda rubric: kind_words(rubric.applies_to),
    "Chấm cho": lambda rubric: "" if rubric.body_kind is None else BODY_KIND_NAMES[rubric.body_kind],
    "Mức trần": lambda rubric: cap_words(rubric.caps),
}


def compare(old: Rubric, new: Rubric, matches: Matches) -> Difference:
    """Compare two versions; ``matches`` says which criterion of the new one continues which of the old.

    Only what is in both versions is matched: a code that one of them does not have is left out.
    """
    sound = _sound(old, new, matches)
    sections = section_matches(old, new)
    both = _Both(old, new, sound, sections)
    lines = tuple(line for line in both.lines() if line.kinds)
    going_on = len(sound) - sum(1 for line in lines if line.old is not None and line.new is not None)
    return Difference(old, new, sound, lines, going_on, _sections(old, new, sections), _head(old, new))


def _sound(old: Rubric, new: Rubric, matches: Matches) -> dict[str, str]:
    before = {each.code: each.is_leaf for each in old.criteria}
    after = {each.code: each.is_leaf for each in new.criteria}
    return {one: other for one, other in matches.items() if one in before and after.get(other) is before[one]}


class _Both:
    """Both versions while they are compared."""

    def __init__(self, old: Rubric, new: Rubric, matches: Mapping[str, str], sections: Mapping[str, str]) -> None:
        self.old, self.new = old, new
        self._new_of = matches
        self._old_of = {other: one for one, other in matches.items()}
        self._parents = {**sections, **matches}

    def lines(self) -> Iterator[Line]:
        """Walk through the new version; what is gone follows what stood before it."""
        gone_after = self._gone_after()
        for criterion in gone_after.get("", ()):
            yield Line(criterion, None, (ChangeKind.REMOVED,))
        for criterion in self.new.criteria:
            code = self._old_of.get(criterion.code)
            if code is None:
                yield Line(None, criterion, (ChangeKind.ADDED,))
            else:
                yield self._line(self.old.criterion(code), criterion)
            for gone in gone_after.get(criterion.code, ()):
                yield Line(gone, None, (ChangeKind.REMOVED,))

    def _gone_after(self) -> dict[str, list[Criterion]]:
        """Give what is gone by the code, in the new version, of what stood before it ('' at the top)."""
        gone: dict[str, list[Criterion]] = {}
        last = ""
        for criterion in self.old.criteria:
            if criterion.code in self._new_of:
                last = self._new_of[criterion.code]
            else:
                gone.setdefault(last, []).append(criterion)
        return gone

    def _line(self, old: Criterion, new: Criterion) -> Line:
        before, after = reading(old, self.old.year), reading(new, self.new.year)
        details = [*self._moved(old, new)]
        if not before.title.says(after.title):
            details.append(Detail(ChangeKind.RENAMED, "Nội dung", old.title, new.title))
        details += [*self._points(old, new), *_rule(old, new, before, after), *_applies(old, new)]
        details += [*self._evidence(old, new), *self._other(old, new)]
        kinds = {detail.kind for detail in details}
        return Line(old, new, tuple(kind for kind in ChangeKind if kind in kinds), tuple(details))

    def _moved(self, old: Criterion, new: Criterion) -> Iterator[Detail]:
        if old.code != new.code:
            yield Detail(ChangeKind.MOVED, CODE, old.code, new.code)
        if old.parent != new.parent and self._parents.get(old.parent) != new.parent:
            yield Detail(ChangeKind.MOVED, "Thuộc", _above(self.old, old), _above(self.new, new))

    def _points(self, old: Criterion, new: Criterion) -> Iterator[Detail]:
        before, after = (_points_of(each) for each in (old, new))
        if before != after:
            is_drawn = self.old.is_illustrative or self.new.is_illustrative
            name = "Điểm chuẩn (có điểm minh hoạ)" if is_drawn else "Điểm chuẩn"
            yield Detail(ChangeKind.POINTS, name if new.is_leaf else "Điểm văn bản in", before, after)

    def _evidence(self, old: Criterion, new: Criterion) -> Iterator[Detail]:
        gone = [line for line in old.evidence if not any(self._is_same_evidence(line, each) for each in new.evidence)]
        come = [line for line in new.evidence if not any(self._is_same_evidence(each, line) for each in old.evidence)]
        if gone or come:
            before, after = ("\n".join(map(_evidence_words, lines)) for lines in (gone, come))
            yield Detail(ChangeKind.EVIDENCE, "Tài liệu kiểm chứng", before, after)

    def _is_same_evidence(self, old: Evidence, new: Evidence) -> bool:
        texts = (old.text, new.text), (old.dates or "", new.dates or "")
        return old.brought_by_unit is new.brought_by_unit and all(self._says(*pair) for pair in texts)

    def _says(self, before: str, after: str) -> bool:
        return wording(before, self.old.year).says(wording(after, self.new.year))

    def _other(self, old: Criterion, new: Criterion) -> Iterator[Detail]:
        for name, field in _OTHER.items():
            before, after = getattr(old, field) or "", getattr(new, field) or ""
            if not self._says(before, after):
                yield Detail(ChangeKind.OTHER, name, before, after)


def _above(rubric: Rubric, criterion: Criterion) -> str:
    sections = {section.code: section.title for section in rubric.sections}
    title = sections.get(criterion.parent)
    return f"{criterion.parent} {rubric.criterion(criterion.parent).title if title is None else title}"


def _points_of(criterion: Criterion) -> str:
    return points_words(criterion.declared_max if criterion.leaf is None else criterion.leaf.max_points)


def _rule(old: Criterion, new: Criterion, before: Reading, after: Reading) -> Iterator[Detail]:
    if old.leaf is None or new.leaf is None or before.scoring.says(after.scoring):
        return
    one, other = rule_words(old.leaf), rule_words(new.leaf)
    if one != other:
        yield Detail(_rule_kind(old.leaf, new.leaf, before, after), "Cách tính", one, other)
    names = modifiers(old.leaf), modifiers(new.leaf)
    for name, text in names[0].items():
        if folded_title(text) != folded_title(names[1][name]):
            yield Detail(ChangeKind.RULE, name, text, names[1][name])


def _rule_kind(old: Leaf, new: Leaf, before: Reading, after: Reading) -> ChangeKind:
    """Points that only follow the maximum are other points, no other rule."""
    return ChangeKind.POINTS if before.rule.says(after.rule) and is_scaled(old, new) else ChangeKind.RULE


def _applies(old: Criterion, new: Criterion) -> Iterator[Detail]:
    if frozenset[BodyKind](old.applies_to) != frozenset[BodyKind](new.applies_to):
        yield Detail(ChangeKind.RULE, "Áp dụng cho", kind_words(old.applies_to), kind_words(new.applies_to))


def _evidence_words(line: Evidence) -> str:
    dates = f" ({line.dates})" if line.dates else ""
    return line.text + dates + ("" if line.brought_by_unit else " (cơ quan khác theo dõi)")


def _sections(old: Rubric, new: Rubric, matches: Mapping[str, str]) -> tuple[SectionSum, ...]:
    codes = _with_code_alike(old, new, matches)
    old_of = {other: one for one, other in codes.items()}
    listed = [_section_sum(old, new, old_of.get(section.code), section.code) for section in new.sections]
    listed += [_section_sum(old, new, section.code, None) for section in old.sections if section.code not in codes]
    return tuple(listed)


def _with_code_alike(old: Rubric, new: Rubric, matches: Mapping[str, str]) -> dict[str, str]:
    """Match what is left by code too: a renamed section is still that section."""
    taken = set(matches.values())
    left = {section.code for section in old.sections} - set(matches)
    return {**matches, **{each.code: each.code for each in new.sections if each.code in left - taken}}


def _section_sum(old: Rubric, new: Rubric, one: str | None, other: str | None) -> SectionSum:
    before, after = (_section(old, one), _section(new, other))
    return SectionSum(
        one,
        other,
        None if before is None else before.title,
        None if after is None else after.title,
        None if one is None else old.max_points(one),
        None if other is None else new.max_points(other),
    )


def _section(rubric: Rubric, code: str | None) -> Section | None:
    return None if code is None else rubric.section(code)


def _head(old: Rubric, new: Rubric) -> tuple[Detail, ...]:
    told_of = ((name, say(old), say(new)) for name, say in _HEAD.items())
    return tuple(Detail(ChangeKind.OTHER, name, one, other) for name, one, other in told_of if one != other)
