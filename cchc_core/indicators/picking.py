"""One figure of an indicator by name, so that a target or a criterion can take it: ``sonla-2024/II.2.4.1/1``.

The last part counts the figures of the indicator from 0; ``result`` is what is computed from them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from cchc_core.indicators.files import list_indicators, read_indicators
from cchc_core.indicators.model import Indicator, IndicatorSet
from cchc_core.indicators.values import Values, exact_result_of
from cchc_core.titles import sentence_case

RESULT = "result"
PERCENT = "%"


@dataclass(frozen=True, slots=True)
class Pick:
    """A figure of an indicator; ``place`` is None for what is computed."""

    form: IndicatorSet
    indicator: Indicator
    place: int | None

    @property
    def key(self) -> str:
        """Give the name that is stored."""
        return f"{self.form.id}/{self.indicator.code}/{RESULT if self.place is None else self.place}"

    @property
    def unit(self) -> str:
        """Give the unit of the figure: % for a percent."""
        return (self.indicator.result_unit or "") if self.place is None else self.indicator.figures[self.place].unit

    @property
    def is_percent(self) -> bool:
        """Tell whether the figure is a percent."""
        return self.unit == PERCENT

    @property
    def label(self) -> str:
        """Name the figure for people: code, title, and which of several numbers."""
        indicator = self.indicator
        title = f"{indicator.code} · {sentence_case(indicator.title)}"
        if self.place is None:
            return f"{title} – kết quả ({self.unit})"
        return f"{title} – {indicator.figures[self.place].label}" if len(indicator.figures) > 1 else title

    def value_in(self, values: Values) -> Decimal | None:
        """Give the figure of an indicator's values, a computed percent unrounded; None where it is missing."""
        return exact_result_of(self.indicator, values) if self.place is None else values[self.place]


def pick(key: str) -> Pick | None:
    """Find a figure by its stored name; None for one that no form has."""
    set_id, _, rest = key.partition("/")
    code, _, place = rest.rpartition("/")
    if set_id not in list_indicators():
        return None
    return next((each for each in picks(read_indicators(set_id), code) if each.key.endswith(f"/{place}")), None)


def picks(form: IndicatorSet, code: str | None = None) -> Iterator[Pick]:
    """Give every figure of a form, or of one indicator, in printed order."""
    for indicator in form.indicators:
        if code is None or indicator.code == code:
            yield from (Pick(form, indicator, place) for place in range(len(indicator.figures)))
            if indicator.result is not None:
                yield Pick(form, indicator, None)
