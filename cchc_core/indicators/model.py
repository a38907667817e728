"""Statistics that a province asks for each year (chỉ tiêu thống kê), as a form prints them."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What an indicator is: a count, a percent, a ratio of two counts, or a yes or no."""

    COUNT = "count"
    PERCENT = "percent"
    RATIO = "ratio"
    YES_NO = "yes_no"


class FigureKind(StrEnum):
    """What may be entered for a figure: a whole number, a percent from 0 to 100, or 1 (có) and 0 (không)."""

    WHOLE = "whole"
    PERCENT = "percent"
    YES_NO = "yes_no"


class Result(StrEnum):
    """How a ratio is computed from its two figures.

    ``SHARE`` is a percent of the whole, so the first figure is part of the second; ``PERCENT`` may exceed 100;
    ``QUOTIENT`` is the plain quotient.
    """

    SHARE = "share"
    PERCENT = "percent"
    QUOTIENT = "quotient"


KIND_NAMES = {
    Kind.COUNT: "Số lượng",
    Kind.PERCENT: "Phần trăm",
    Kind.RATIO: "Tỷ lệ",
    Kind.YES_NO: "Có hoặc không",
}
"""What people read for each kind."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that is entered: what to call it, its unit, and what it may be.

    ``may_be_negative`` marks a percent that tells a cut, which is below 0 where the number has grown instead.
    """

    label: str
    unit: str
    kind: FigureKind
    may_be_negative: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """A line of the form.

    ``code`` is unique in the set, ``number`` what the print gives as STT (None where it gives none), ``group`` the
    code of its group (None where it stands right below its section). ``level`` names the levels of administration in
    the print ("huyện", "sở/huyện"); ``is_of_level_only`` tells whether that level alone reports it.
    """

    code: str
    section: str
    group: str | None
    number: str | None
    title: str
    unit: str
    kind: Kind
    figures: tuple[Figure, ...]
    result: Result | None = None
    level: str | None = None
    is_of_level_only: bool = False
    lead_in: str | None = None
    note: str | None = None

    @property
    def values_asked(self) -> int:
        """How many values the print asks for in one cell; a percent that it prints beside two counts is one of them."""
        return len(self.figures) + (self.result is not None and "%" in self.unit)

    @property
    def result_unit(self) -> str | None:
        """The unit of what is computed: %, or the two units of a quotient (máy/người); None where nothing is."""
        if self.result is None:
            return None
        return "/".join(figure.unit for figure in self.figures) if self.result is Result.QUOTIENT else "%"


@dataclass(frozen=True, slots=True)
class Part:
    """A heading above several sections."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Section:
    """A field (lĩnh vực) of the form."""

    code: str
    number: str
    part: str | None
    title: str


@dataclass(frozen=True, slots=True)
class Group:
    """A numbered heading without figures, inside a section."""

    code: str
    section: str
    number: str
    title: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class IndicatorSet:
    """A whole form, in printed order; ``year`` is its year n, the one beside it is n − 1."""

    id: str
    title: str
    issuer: str
    year: int
    document: str
    parts: tuple[Part, ...]
    sections: tuple[Section, ...]
    groups: tuple[Group, ...]
    indicators: tuple[Indicator, ...]

    def indicator(self, code: str) -> Indicator:
        """Find an indicator by its code (KeyError)."""
        for indicator in self.indicators:
            if indicator.code == code:
                return indicator
        raise KeyError(code)

    def of_section(self, section: str) -> tuple[Indicator, ...]:
        """Give the indicators of a section, in printed order."""
        return tuple(indicator for indicator in self.indicators if indicator.section == section)

    def group_of(self, indicator: Indicator) -> Group | None:
        """Give the group that an indicator stands in, None where it stands right below its section."""
        return next((group for group in self.groups if group.code == indicator.group), None)
