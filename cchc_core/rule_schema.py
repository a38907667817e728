"""The keys of a rule in a criteria-set file, one pydantic model a kind, and how they become a rule of the core.

Shape only: whether the points add up is the business of :mod:`cchc_core.rubric.leaf_checks`.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from cchc_core.rules import kinds
from cchc_core.rules.decimals import parse_plain
from cchc_core.rules.problems import NotANumber


def _number(value: object) -> Decimal:
    try:
        return parse_plain(value)
    except NotANumber as why:
        raise ValueError(f"{why}; hãy viết kiểu 0.5000 (dấu chấm), đã nhận «{str(value)[:40]}».") from None


def _at_least_a_word(value: object) -> object:
    if isinstance(value, str) and not value.strip():
        raise ValueError("không được để trống.")
    return " ".join(value.split()) if isinstance(value, str) else value


Number = Annotated[Decimal, BeforeValidator(_number)]
Text = Annotated[str, BeforeValidator(_at_least_a_word)]


class Strict(BaseModel):
    """A mapping that takes no keys but its own."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class LevelFile(Strict):
    """A level: its printed text and points."""

    text: Text
    points: Number


class LevelsFile(Strict):
    """Chọn một mức."""

    kind: Literal["levels"]
    levels: tuple[LevelFile, ...] = Field(min_length=2)

    def to_rule(self) -> kinds.Rule:
        """Build the rule."""
        return kinds.Levels(tuple(kinds.Level(level.text, level.points) for level in self.levels))


class ItemFile(Strict):
    """A line of a checklist."""

    text: Text
    points: Number
    ratio: bool = False
    due_period: Text | None = None


class ChecklistFile(Strict):
    """Đánh dấu các ý đạt."""

    kind: Literal["checklist"]
    items: tuple[ItemFile, ...] = Field(min_length=1)

    def to_rule(self) -> kinds.Rule:
        """Build the rule."""
        return kinds.Checklist(tuple(kinds.Item(i.text, i.points, i.ratio, i.due_period) for i in self.items))


class RatioFile(Strict):
    """Theo tỷ lệ."""

    kind: Literal["ratio"]
    numerator: Text
    denominator: Text
    floor_percent: Number | None = None
    empty_denominator: kinds.EmptyDenominator

    def to_rule(self) -> kinds.Rule:
        """Build the rule."""
        return kinds.Ratio(self.numerator, self.denominator, self.floor_percent, self.empty_denominator)


class LinearFile(Strict):
    """Points as factor × value + constant."""

    factor: Number
    constant: Number


class BandFile(Strict):
    """A band; null bounds are open."""

    lower: Number | None = Field(alias="from")
    upper: Number | None = Field(alias="to")
    from_inclusive: bool
    to_inclusive: bool
    points: Number | None = None
    linear: LinearFile | None = None

    def to_band(self) -> kinds.Band:
        """Build the band."""
        linear = kinds.Linear(self.linear.factor, self.linear.constant) if self.linear else None
        return kinds.Band(self.lower, self.upper, self.from_inclusive, self.to_inclusive, self.points, linear)


class BandsFile(Strict):
    """Theo khoảng."""

    kind: Literal["bands"]
    measure: Text
    unit: Text
    bands: tuple[BandFile, ...] = Field(min_length=1)
    known_gaps: tuple[Number, ...] = ()

    def to_rule(self) -> kinds.Rule:
        """Build the rule."""
        return kinds.Bands(self.measure, self.unit, tuple(band.to_band() for band in self.bands), self.known_gaps)


class CountFile(Strict):
    """Theo số trường hợp."""

    kind: Literal["count"]
    of: Text
    points_by_count: tuple[Number, ...] = Field(min_length=2)

    def to_rule(self) -> kinds.Rule:
        """Build the rule."""
        return kinds.Count(self.of, self.points_by_count)


class CompareFile(Strict):
    """So với năm trước."""

    kind: Literal["compare"]
    of: Text
    higher: Number
    equal: Number
    lower: Number

    def to_rule(self) -> kinds.Rule:
        """Build the rule."""
        return kinds.Compare(self.of, self.higher, self.equal, self.lower)


class ExternalFile(Strict):
    """Do bên ngoài chấm."""

    kind: Literal["external"]
    source: Text

    def to_rule(self) -> kinds.Rule:
        """Build the rule."""
        return kinds.External(self.source)


class ManualFile(Strict):
    """Nhập điểm."""

    kind: Literal["manual"]
    step: Annotated[Number, Field(gt=0)]
    reason: Text

    def to_rule(self) -> kinds.Rule:
        """Build the rule."""
        return kinds.Manual(self.step, self.reason)


RuleFile = Annotated[
    LevelsFile | ChecklistFile | RatioFile | BandsFile | CountFile | CompareFile | ExternalFile | ManualFile,
    Field(discriminator="kind"),
]
