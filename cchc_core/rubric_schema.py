"""The keys of a criteria-set file, one pydantic model each, and how they become a :class:`Rubric`.

Shape only: whether the points add up is the business of :mod:`cchc_core.rubric.checks`.
"""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from cchc_core.rubric.bodies import BodyKind
from cchc_core.rubric.model import Cap, Criterion, Evidence, Exclusion, Part, Rubric, Section
from cchc_core.rule_schema import Number, RuleFile, Strict, Text
from cchc_core.rules import kinds


class EvidenceFile(Strict):
    """A document that is asked for."""

    text: Text
    dates: Text | None = None
    brought_by_unit: bool = True


class CriterionFile(Strict):
    """A group (no rule) or a leaf (rule and max_points)."""

    code: Text
    parent: Text
    title: Text
    max_points: Number | None = None
    declared_max: Number | None = None
    rule: RuleFile | None = None
    not_applicable_clause: Text | None = None
    void_condition: Text | None = None
    due_period: Text | None = None
    evidence: tuple[EvidenceFile, ...] = ()
    deadline: Text | None = None
    funding: Text | None = None
    responsible: Text | None = None
    note: Text | None = None
    print_note: Text | None = None
    reference: Text | None = None
    effect: kinds.Effect = kinds.Effect.NORMAL
    applies_to: tuple[BodyKind, ...] = ()
    place: Text | None = None

    def problems(self) -> Iterator[str]:
        """Name what does not go together in one criterion."""
        if self.rule is not None and self.max_points is None:
            yield "có cách tính nhưng thiếu max_points (điểm chuẩn); hãy thêm vào."
        if self.rule is None and self.max_points is not None:
            yield "có max_points nhưng thiếu rule (cách tính); nhóm thì dùng declared_max."
        if self.rule is None and (self.not_applicable_clause or self.void_condition or self.due_period):
            yield "chỉ tiêu chí có cách tính mới mang điều khoản hạ điểm, huỷ điểm hoặc kỳ đến hạn."
        if self.rule is None and self.effect is not kinds.Effect.NORMAL:
            yield "chỉ tiêu chí có cách tính mới là điểm thưởng hoặc điểm trừ; hãy bỏ effect ở nhóm."
        if self.effect is kinds.Effect.PENALTY and self.void_condition:
            yield "điểm trừ không mang điều kiện huỷ điểm; hãy bỏ void_condition."

    def to_leaf(self) -> kinds.Leaf | None:
        """Build what scoring needs of a leaf; None for a group."""
        if self.rule is None or self.max_points is None:
            return None
        modifiers = (self.not_applicable_clause, self.void_condition, self.due_period, self.effect)
        return kinds.Leaf(self.max_points, self.rule.to_rule(), *modifiers)

    def to_criterion(self, section: str) -> Criterion:
        """Build the criterion; a leaf whose declared maximum is not mentioned declares its own."""
        leaf = self.to_leaf()
        declares_its_own = leaf is not None and "declared_max" not in self.model_fields_set
        return Criterion(
            code=self.code,
            parent=self.parent,
            section=section,
            title=self.title,
            leaf=leaf,
            declared_max=self.max_points if declares_its_own else self.declared_max,
            evidence=tuple(Evidence(e.text, e.dates, e.brought_by_unit) for e in self.evidence),
            deadline=self.deadline,
            funding=self.funding,
            responsible=self.responsible,
            note=self.note,
            print_note=self.print_note,
            reference=self.reference,
            applies_to=self.applies_to,
            place=self.place,
        )


class PartFile(Strict):
    """A part."""

    code: Text
    title: Text
    declared_max: Number | None = None
    note: Text | None = None


class SectionFile(Strict):
    """A section."""

    code: Text
    part: Text | None = None
    title: Text
    declared_max: Number | None = None
    note: Text | None = None


class ExclusionFile(Strict):
    """Two leaves that tell one fact."""

    criteria: tuple[Text, Text]
    fact: Text
    contradictions: tuple[tuple[int, int], ...] = Field(min_length=1)


class CapFile(Strict):
    """The most that bonuses or penalties come to, below a node or in the whole set."""

    effect: Literal[kinds.Effect.BONUS, kinds.Effect.PENALTY]
    most: Number
    node: Text | None = None


class RubricFile(Strict):
    """A whole file."""

    id: Annotated[Text, Field(pattern=r"^[a-z0-9][a-z0-9-]{2,60}$")]
    title: Text
    issuer: Text
    year: Annotated[int, Field(ge=2000, le=2100)]
    document: Text
    points_source: Literal["official", "illustrative"]
    declared_total: Number | None
    parts: tuple[PartFile, ...] = ()
    sections: tuple[SectionFile, ...] = Field(min_length=1)
    criteria: tuple[CriterionFile, ...] = Field(min_length=1)
    exclusions: tuple[ExclusionFile, ...] = ()
    caps: tuple[CapFile, ...] = ()
    applies_to: tuple[BodyKind, ...] = ()
    body_kind: BodyKind | None = None
    points_document: Text | None = None
    cut_from: Text | None = None

    def tree_problems(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Name duplicate and orphan codes, empty groups and dangling references, each with its place in the file."""
        yield from self._part_problems()
        yield from self._section_problems()
        seen = {section.code for section in self.sections}
        parents = {criterion.parent for criterion in self.criteria}
        leaves = {criterion.code for criterion in self.criteria if criterion.rule is not None}
        for index, criterion in enumerate(self.criteria):
            where = ("criteria", index)
            if criterion.code in seen:
                yield (*where, "code"), f"mã {criterion.code} đã dùng ở trên; mỗi mã chỉ dùng một lần."
            if criterion.parent not in seen or criterion.parent in leaves:
                yield (*where, "parent"), f"không có nhóm hay lĩnh vực {criterion.parent} ở phía trên; hãy sửa parent."
            if criterion.rule is None and criterion.code not in parents:
                yield where, f"nhóm {criterion.code} không có tiêu chí nào bên dưới; hãy thêm rule hoặc bỏ nhóm."
            for problem in criterion.problems():
                yield where, f"{criterion.code}: {problem}"
            seen.add(criterion.code)
        yield from self._exclusion_problems(leaves)
        yield from self._cap_problems(seen - leaves)

    def _part_problems(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        seen: set[str] = set()
        for index, part in enumerate(self.parts):
            if part.code in seen:
                yield ("parts", index, "code"), f"mã {part.code} đã dùng ở trên; mỗi mã chỉ dùng một lần."
            if all(section.part != part.code for section in self.sections):
                yield ("parts", index), f"phần {part.code} không có lĩnh vực nào; hãy thêm hoặc bỏ phần."
            seen.add(part.code)

    def _section_problems(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        parts, seen = {part.code for part in self.parts}, set()
        for index, section in enumerate(self.sections):
            if section.code in seen:
                yield ("sections", index, "code"), f"mã {section.code} đã dùng ở trên; mỗi mã chỉ dùng một lần."
            if section.part is not None and section.part not in parts:
                yield ("sections", index, "part"), f"không có phần {section.part}; hãy sửa part hoặc thêm vào parts."
            if all(criterion.parent != section.code for criterion in self.criteria):
                yield ("sections", index), f"lĩnh vực {section.code} không có tiêu chí nào; hãy thêm hoặc bỏ lĩnh vực."
            seen.add(section.code)

    def _exclusion_problems(self, leaves: set[str]) -> Iterator[tuple[tuple[str | int, ...], str]]:
        for index, exclusion in enumerate(self.exclusions):
            if exclusion.criteria[0] == exclusion.criteria[1]:
                yield ("exclusions", index, "criteria"), "hai mã giống nhau; cặp loại trừ cần hai tiêu chí khác nhau."
            for code in exclusion.criteria:
                if code not in leaves:
                    yield ("exclusions", index, "criteria"), f"không có tiêu chí {code}; hãy sửa mã."

    def _cap_problems(self, nodes: set[str]) -> Iterator[tuple[tuple[str | int, ...], str]]:
        for index, cap in enumerate(self.caps):
            if cap.node is not None and cap.node not in nodes:
                yield ("caps", index, "node"), f"không có lĩnh vực hay nhóm {cap.node}; hãy sửa mã hoặc bỏ node."

    def to_rubric(self) -> Rubric:
        """Build the criteria set; call only when :meth:`tree_problems` finds none."""
        section_of = {section.code: section.code for section in self.sections}
        criteria = []
        for criterion in self.criteria:
            section_of[criterion.code] = section_of[criterion.parent]
            criteria.append(criterion.to_criterion(section_of[criterion.code]))
        return Rubric(
            id=self.id,
            title=self.title,
            issuer=self.issuer,
            year=self.year,
            document=self.document,
            points_source=self.points_source,
            declared_total=self.declared_total,
            parts=tuple(Part(p.code, p.title, p.declared_max, p.note) for p in self.parts),
            sections=tuple(Section(s.code, s.part, s.title, s.declared_max, s.note) for s in self.sections),
            criteria=tuple(criteria),
            exclusions=tuple(Exclusion(e.criteria, e.fact, frozenset(e.contradictions)) for e in self.exclusions),
            caps=tuple(Cap(cap.effect, cap.most, cap.node) for cap in self.caps),
            applies_to=self.applies_to,
            body_kind=self.body_kind,
            points_document=self.points_document,
            cut_from=self.cut_from,
        )
