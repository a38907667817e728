"""An assessment beside an earlier one: so với kỳ trước, or cùng kỳ năm trước.

By one criteria set, points are compared with points. Where the sets differ, only percents can be, and a section or a
criterion only where both sets have the same one, also under another code. What was never answered is no data: it is
not compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from cchc_core.rubric.changes import section_matches, wording
from cchc_core.rubric.model import Rubric
from cchc_core.rules.decimals import format_percent, format_points
from cchc_core.rules.scoring import Score, Status
from cchc_core.sheet import Sheet
from cchc_core.status_names import STATUS_NAMES
from cchc_core.totals import Totals

PREVIOUS_PERIOD = "kỳ trước"
SAME_PERIOD_LAST_YEAR = "cùng kỳ năm trước"
_WITHOUT_DATA = (Status.MISSING, Status.AWAITING, Status.NOT_DUE)


@dataclass(frozen=True, slots=True)
class Change:
    """How the whole or one section moved.

    Percents are None for illustrative points and where nothing applies. ``difference`` (points) is None where the sets
    differ, ``percent_difference`` (percentage points) where a percent is None; both where a side has no data. The
    latter is that of the percents as they are shown, so that whoever subtracts them gets the same.
    """

    points_now: Decimal
    points_before: Decimal
    percent_now: Decimal | None
    percent_before: Decimal | None
    met_now: int
    met_before: int
    applicable_now: int
    applicable_before: int
    is_same_set: bool
    is_illustrative: bool
    has_data_now: bool
    has_data_before: bool

    @property
    def difference(self) -> Decimal | None:
        """Points more or less than before."""
        is_comparable = self.is_same_set and self.has_data_now and self.has_data_before
        return self.points_now - self.points_before if is_comparable else None

    @property
    def percent_difference(self) -> Decimal | None:
        """Percentage points more or less than before."""
        if self.percent_now is None or self.percent_before is None:
            return None
        return self.percent_now - self.percent_before if self.has_data_now and self.has_data_before else None

    def words(self, than: str = PREVIOUS_PERIOD) -> str:
        """Say the change in one Vietnamese line; ``than`` names what is compared with."""
        if not self.has_data_now:
            return f"chưa có kết quả để so với {than}"
        if not self.has_data_before:
            return f"{than} chưa có kết quả để so"
        if self.is_illustrative:
            return self._in_criteria(than)
        if self.difference is not None:
            return _moved(self.difference, f"{format_points(abs(self.difference))} điểm", f"so với {than}")
        if self.percent_difference is None:
            return f"khác bộ tiêu chí và không có tỷ lệ để so với {than}"
        amount = format_percent(abs(self.percent_difference)).removesuffix(" %")
        whence = f"so với {than} (khác bộ tiêu chí, so theo tỷ lệ)"
        return _moved(self.percent_difference, f"{amount} điểm phần trăm", whence)

    def _in_criteria(self, than: str) -> str:
        if not self.is_same_set:
            before = f"{self.met_before}/{self.applicable_before}"
            return f"khác bộ tiêu chí: đạt {self.met_now}/{self.applicable_now} tiêu chí, {than} đạt {before}"
        change = self.met_now - self.met_before
        return _moved(Decimal(change), f"{abs(change)} tiêu chí đạt", f"so với {than}")


def _moved(change: Decimal, amount: str, whence: str = "") -> str:
    words = f"{'tăng' if change > 0 else 'giảm'} {amount}" if change else "không đổi"
    return f"{words} {whence}".rstrip()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two assessments beside each other, by the criteria set of the later one, in printed order.

    A section is None where the earlier set has no such section.
    """

    is_same_set: bool
    total: Change
    sections: Mapping[str, Change | None]


def compare(now: Sheet, before: Sheet) -> Comparison:
    """Compare an assessment with an earlier one of the same unit."""
    is_same_set = now.assessment.rubric_sha256 == before.assessment.rubric_sha256
    earlier = _earlier_sections(now.rubric, before.rubric)
    return Comparison(
        is_same_set,
        _change(now, before, now.totals.total, before.totals.total, is_same_set=is_same_set),
        {
            section.code: _change(
                now,
                before,
                now.totals.sections[section.code],
                before.totals.sections[earlier[section.code]],
                is_same_set=is_same_set,
            )
            if section.code in earlier
            else None
            for section in now.rubric.sections
        },
    )


def _earlier_sections(now: Rubric, before: Rubric) -> dict[str, str]:
    """Give the section of the earlier set for each of the later one that it has too, by code or under another code."""
    shared = section_matches(before, now)
    return {new: old for old, new in shared.items() if old == new or _asks_mostly_the_same(now, new, before, old)}


def _asks_mostly_the_same(now: Rubric, new: str, before: Rubric, old: str) -> bool:
    # Every province has a section of this name; only the same criteria make it the same section.
    asked = [wording(leaf.title, before.year) for leaf in before.leaves_of(old)]
    leaves = now.leaves_of(new)
    found = [leaf for leaf in leaves if any(wording(leaf.title, now.year).says(each) for each in asked)]
    return 2 * len(found) > len(leaves)


def _change(now: Sheet, before: Sheet, later: Totals, earlier: Totals, *, is_same_set: bool) -> Change:
    return Change(
        points_now=later.points,
        points_before=earlier.points,
        percent_now=None if now.rubric.is_illustrative else later.percent,
        percent_before=None if before.rubric.is_illustrative else earlier.percent,
        met_now=later.met,
        met_before=earlier.met,
        applicable_now=later.applicable,
        applicable_before=earlier.applicable,
        is_same_set=is_same_set,
        is_illustrative=now.rubric.is_illustrative or before.rubric.is_illustrative,
        has_data_now=has_data(later),
        has_data_before=has_data(earlier),
    )


def has_data(totals: Totals) -> bool:
    """Tell whether anything at all was entered for these criteria: what has no data is never shown as a bad score."""
    is_entered = totals.leaves > sum(totals.counts[status] for status in _WITHOUT_DATA)
    return is_entered or totals.adjustments_done > 0


def score_words(now: Score, before: Score) -> str:
    """Say in Vietnamese what the period before gave for a criterion, and how it moved where there is a result now."""
    if before.status is not Status.SCORED:
        return f"{PREVIOUS_PERIOD}: {STATUS_NAMES[before.status].lower()}"
    words = f"{PREVIOUS_PERIOD} {format_points(before.points)}"
    if now.status in _WITHOUT_DATA or now.status is Status.NOT_APPLICABLE:
        return words
    difference = now.points - before.points
    return f"{words} · {_moved(difference, format_points(abs(difference)))}"
