"""What a department has answered in a year, kept beside the product and scored by the pure core."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from cchc_core.attention import items
from cchc_core.forecast import Forecast, forecast
from cchc_core.periods import periods_for
from cchc_core.rubric.model import Rubric
from cchc_core.rules.answers import read_entry
from cchc_core.rules.problems import AnswerRefused
from cchc_core.rules.scoring import PeriodView, score
from cchc_core.sample_answers import sample_answers
from cchc_core.sheet import Sheet
from cchc_core.store.outlooks import Outlook
from cchc_core.store.periods import view
from cchc_core.targets import Need, Target, TargetKind, need
from tests.sheets import sheet_of

Raw = dict[str, object]
_NOON = datetime(2022, 6, 1, 12)  # noqa: DTZ001 (stored times are naive UTC)


@dataclass
class Ledger:
    """The answers of the running period, which of them are unconfirmed, and what is expected of the year."""

    rubric: Rubric
    period: str
    answers: dict[str, Raw]
    unconfirmed: set[str] = field(default_factory=set)
    expected: dict[str, Raw] = field(default_factory=dict)

    @classmethod
    def of_first_quarter(cls, rubric: Rubric, seed: int) -> "Ledger":
        """Begin a year that goes well from the start: what a third quarter has, as far as the first one takes it."""
        orders = {period.code: period.order for period in periods_for(rubric.id, rubric.year)}
        first, third = (view(code, is_provisional=True, orders=orders) for code in ("q1", "q3"))
        made = {each.code: each.entry_json for each in sample_answers(rubric, third, seed)}
        return cls(rubric, "q1", {code: raw for code, raw in made.items() if _is_taken(rubric, code, raw, first)})

    def answer(self, code: str, raw: Raw) -> None:
        """Answer a criterion, which confirms it."""
        self.answers[code] = raw
        self.unconfirmed.discard(code)

    def carry(self, period: str) -> None:
        """Carry everything into the next period, unconfirmed; what was not due is dropped where it has become due."""
        self.period = period
        self.answers = {code: raw for code, raw in self.answers.items() if "not_due" not in raw or period != "year"}
        self.unconfirmed = set(self.answers)

    @property
    def sheet(self) -> Sheet:
        """The assessment as the core scores it."""
        made = sheet_of(self.rubric, self.answers, self.period, carried=self.unconfirmed)
        return replace(made, outlooks={code: self._outlook(code, raw) for code, raw in self.expected.items()})

    def _outlook(self, code: str, raw: Mapping[str, object]) -> Outlook:
        entry = read_entry(self.rubric.criterion(code).scored, raw)
        return Outlook(code, entry, raw, is_final=False, version=1, changed_by_name="", changed_at_utc=_NOON)

    @property
    def forecast(self) -> Forecast:
        """Where the year is heading."""
        return forecast(self.sheet)

    def need(self, percent: Decimal) -> Need:
        """What a target over the whole set still asks for."""
        return need(self.sheet, self.forecast, Target(None, TargetKind.PERCENT, percent))

    def at_stake(self) -> Decimal:
        """All points of the list of lost, missing and unconfirmed ones."""
        return sum((item.at_stake for item in items(self.sheet)), Decimal(0))


def _is_taken(rubric: Rubric, code: str, raw: Raw, period: PeriodView) -> bool:
    leaf = rubric.criterion(code).scored
    try:
        score(leaf, read_entry(leaf, raw), period)
    except AnswerRefused:
        return False
    return True
