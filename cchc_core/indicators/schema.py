"""The keys of an indicator file, one pydantic model each, what does not go together, and how they become a set."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from cchc_core.indicators import model
from cchc_core.rule_schema import Strict, Text
from cchc_core.yaml_source import Where

PERCENT = "%"
_LEVELS = ("tỉnh", "sở", "phòng", "huyện", "xã")
_Problems = Iterator[tuple[Where, str]]


class ValueFile(Strict):
    """One of several numbers that a cell asks for; the unit % makes it a percent, any other a whole number."""

    label: Text
    unit: Text

    def to_figure(self) -> model.Figure:
        """Build the figure."""
        kind = model.FigureKind.PERCENT if self.unit == PERCENT else model.FigureKind.WHOLE
        return model.Figure(self.label, self.unit, kind)


class IndicatorFile(Strict):
    """An indicator."""

    code: Text
    parent: Text
    number: Text | None = None
    lead_in: Text | None = None
    title: Text
    unit: Text
    kind: Literal["count", "percent", "ratio", "yes_no"]
    values: tuple[ValueFile, ...] = ()
    result: Literal["share", "percent", "quotient"] | None = None
    level: Text | None = None
    level_role: Literal["reports", "named"] | None = None
    may_be_negative: bool = False
    note: Text | None = None

    def problems(self) -> Iterator[str]:
        """Name what does not go together in one indicator."""
        yield from self._value_problems()
        yield from self._unit_problems()
        if (self.level is None) != (self.level_role is None):
            yield "level và level_role đi với nhau; hãy ghi cả hai hoặc bỏ cả hai."
        for name in (self.level or "").split("/") if self.level else ():
            if name not in _LEVELS:
                yield f"không có cấp «{name}»; hãy ghi {', '.join(_LEVELS)}, hai cấp thì cách nhau bằng gạch chéo."

    def _value_problems(self) -> Iterator[str]:
        counts = sum(value.unit != PERCENT for value in self.values)
        if len(self.values) == 1:
            yield "values chỉ có một số; hãy bỏ values, hoặc ghi đủ các số mà ô hỏi."
        if self.kind == "ratio" and (counts != 2 or len(self.values) != 2):
            yield "ratio cần đúng hai số đếm trong values; hãy sửa lại."
        if self.kind == "yes_no" and self.values:
            yield "yes_no chỉ có một câu trả lời; hãy bỏ values."
        if self.kind == "count" and self.values and not counts:
            yield "count cần ít nhất một số đếm trong values; hãy sửa kind hoặc values."
        if self.may_be_negative and (self.kind != "percent" or self.values):
            yield "may_be_negative chỉ đi với chỉ tiêu hỏi một số phần trăm; hãy bỏ khoá này hoặc sửa kind."
        if (self.kind == "ratio") != (self.result is not None):
            yield "result đi với ratio và chỉ với ratio; hãy thêm hoặc bỏ result."

    def _unit_problems(self) -> Iterator[str]:
        computed = self.result in ("share", "percent")
        entered = self.kind == "percent" if not self.values else any(value.unit == PERCENT for value in self.values)
        if self.kind == "percent" and not entered:
            yield "percent cần một số có đơn vị % trong values; hãy sửa kind hoặc values."
        if PERCENT in self.unit and not (entered or computed):
            yield f"đơn vị tính «{self.unit}» hỏi phần trăm mà không có số phần trăm nào; hãy sửa kind hoặc values."
        if PERCENT not in self.unit and entered:
            yield f"đơn vị tính «{self.unit}» không hỏi phần trăm; hãy sửa unit, kind hoặc values."
        if "..." in self.unit and not self.values:
            yield f"đơn vị tính «{self.unit}» có nhiều chỗ trống; hãy ghi từng số trong values."
        if (self.kind == "yes_no") != ("Không = 0" in self.unit and "Có = 1" in self.unit):
            yield "yes_no đi với đơn vị tính «Không = 0 Có = 1»; hãy sửa kind hoặc unit."

    def to_indicator(self, section: str) -> model.Indicator:
        """Build the indicator."""
        return model.Indicator(
            code=self.code,
            section=section,
            group=None if self.parent == section else self.parent,
            number=self.number,
            title=self.title,
            unit=self.unit,
            kind=model.Kind(self.kind),
            figures=tuple(value.to_figure() for value in self.values) or (self._only_figure(),),
            result=None if self.result is None else model.Result(self.result),
            level=self.level,
            is_of_level_only=self.level_role == "reports",
            lead_in=self.lead_in,
            note=self.note,
        )

    def _only_figure(self) -> model.Figure:
        if self.kind == "percent":
            return model.Figure("Tỷ lệ", PERCENT, model.FigureKind.PERCENT, self.may_be_negative)
        if self.kind == "yes_no":
            return model.Figure("Trả lời", self.unit, model.FigureKind.YES_NO)
        return model.Figure("Số liệu", self.unit, model.FigureKind.WHOLE)


class PartFile(Strict):
    """A part."""

    code: Text
    title: Text


class SectionFile(Strict):
    """A section."""

    code: Text
    number: Text
    part: Text | None = None
    title: Text


class GroupFile(Strict):
    """A numbered heading without figures."""

    code: Text
    parent: Text
    number: Text
    title: Text
    note: Text | None = None


class IndicatorSetFile(Strict):
    """A whole file."""

    id: Annotated[Text, Field(pattern=r"^[a-z0-9][a-z0-9-]{2,60}$")]
    title: Text
    issuer: Text
    year: Annotated[int, Field(ge=2000, le=2100)]
    document: Text
    parts: tuple[PartFile, ...] = ()
    sections: tuple[SectionFile, ...] = Field(min_length=1)
    groups: tuple[GroupFile, ...] = ()
    indicators: tuple[IndicatorFile, ...] = Field(min_length=1)

    def problems(self) -> _Problems:
        """Name what does not go together, each with its place in the file."""
        yield from self._doubled_codes()
        yield from self._dangling_parents()
        yield from self._empty_headings()
        yield from self._misplaced_codes()
        for index, indicator in enumerate(self.indicators):
            for problem in indicator.problems():
                yield ("indicators", index), f"Chỉ tiêu {indicator.code}: {problem}"

    def _doubled_codes(self) -> _Problems:
        seen: set[str] = set()
        for name in ("parts", "sections", "groups", "indicators"):
            for index, each in enumerate(getattr(self, name)):
                if each.code in seen:
                    yield (name, index, "code"), f"mã {each.code} đã dùng ở trên; mỗi mã chỉ dùng một lần."
                seen.add(each.code)

    def _dangling_parents(self) -> _Problems:
        parts = {part.code for part in self.parts}
        sections = {section.code for section in self.sections}
        groups = {group.code for group in self.groups}
        for index, section in enumerate(self.sections):
            if section.part is not None and section.part not in parts:
                yield ("sections", index, "part"), f"không có phần {section.part}; hãy sửa part hoặc thêm vào parts."
        for index, group in enumerate(self.groups):
            if group.parent not in sections:
                yield ("groups", index, "parent"), f"không có lĩnh vực {group.parent}; hãy sửa parent."
        for index, each in enumerate(self.indicators):
            if each.parent not in sections | groups:
                yield ("indicators", index, "parent"), f"không có mục hay lĩnh vực {each.parent}; hãy sửa parent."

    def _empty_headings(self) -> _Problems:
        used = {section.part for section in self.sections} | {group.parent for group in self.groups}
        used |= {indicator.parent for indicator in self.indicators}
        names = {"parts": "phần", "sections": "lĩnh vực", "groups": "mục"}
        for name, spoken in names.items():
            for index, each in enumerate(getattr(self, name)):
                if each.code not in used:
                    yield (name, index), f"{spoken} {each.code} không có gì bên dưới; hãy thêm hoặc bỏ {spoken} này."

    def _misplaced_codes(self) -> _Problems:
        numbered: dict[str, tuple[SectionFile | GroupFile | IndicatorFile, ...]]
        numbered = {"sections": self.sections, "groups": self.groups, "indicators": self.indicators}
        for name, listed in numbered.items():
            for index, each in enumerate(listed):
                if each.number is not None and not f".{each.code}".endswith(f".{each.number}"):
                    yield (name, index, "number"), f"mã {each.code} phải kết thúc bằng số {each.number}; hãy sửa lại."
        for index, row in enumerate(self.indicators):
            if row.number is None and not row.code.startswith(f"{row.parent}."):
                yield ("indicators", index, "code"), f"mã {row.code} phải bắt đầu bằng «{row.parent}.»; hãy sửa mã."

    def to_set(self) -> model.IndicatorSet:
        """Build the set of a file without problems."""
        section_of = {section.code: section.code for section in self.sections}
        section_of |= {group.code: group.parent for group in self.groups}
        return model.IndicatorSet(
            id=self.id,
            title=self.title,
            issuer=self.issuer,
            year=self.year,
            document=self.document,
            parts=tuple(model.Part(part.code, part.title) for part in self.parts),
            sections=tuple(model.Section(s.code, s.number, s.part, s.title) for s in self.sections),
            groups=tuple(model.Group(g.code, g.parent, g.number, g.title, g.note) for g in self.groups),
            indicators=tuple(each.to_indicator(section_of[each.parent]) for each in self.indicators),
        )
