"""What people do with counted figures: read two years of a form, enter the figures of an indicator, note something."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cchc_core.errors import BadText, NotFound, StaleText
from cchc_core.indicators.comparison import Difference, compare_years
from cchc_core.indicators.files import list_indicators, read_indicators
from cchc_core.indicators.model import Indicator, IndicatorSet
from cchc_core.indicators.values import Values, ValuesRefused, read_values, text_of
from cchc_core.offices import require
from cchc_core.permissions import OfficeAction
from cchc_core.store import indicator_values
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.indicator_values import FigureLine, StoredFigures
from cchc_core.store.users import User
from cchc_core.text import clean_line

MOST_NOTE_CHARACTERS = 500
MOST_TEXT_CHARACTERS = 60
EARLIEST, LATEST = 1999, 2100
"""A year before the earliest that pages show, for the column of last year, and the latest."""


@dataclass(frozen=True, slots=True)
class TwoYears:
    """A form with what a department has entered for year n (``year``) and year n − 1, by code."""

    form: IndicatorSet
    year: int
    this: Mapping[str, StoredFigures]
    last: Mapping[str, StoredFigures]

    def values(self, code: str, *, is_last: bool = False) -> Values:
        """Give the figures of an indicator, each None where it is missing."""
        stored = (self.last if is_last else self.this).get(code)
        return values_of(self.form.indicator(code), stored)

    def differences(self, code: str) -> tuple[Difference, ...]:
        """Put both years of an indicator side by side."""
        indicator = self.form.indicator(code)
        return compare_years(indicator, self.values(code), self.values(code, is_last=True))

    def is_complete(self, code: str) -> bool:
        """Tell whether year n has every figure that the indicator asks for."""
        return None not in self.values(code)

    def note(self, code: str) -> str:
        """Give the note of year n."""
        stored = self.this.get(code)
        return "" if stored is None else stored.note


def values_of(indicator: Indicator, stored: StoredFigures | None) -> Values:
    """Read stored figures; what a changed form does not take any more counts as missing, as does nothing stored."""
    try:
        return (None,) * len(indicator.figures) if stored is None else read_values(indicator, stored.texts)
    except ValuesRefused:
        return (None,) * len(indicator.figures)


def form_of(year: int) -> IndicatorSet:
    """Give the form that a year is reported by: the newest that was issued by then, else the oldest there is."""
    forms = sorted((read_indicators(set_id) for set_id in list_indicators()), key=lambda form: (form.year, form.id))
    return next((form for form in reversed(forms) if form.year <= year), forms[0])


def read_two_years(database: Database, user: User, department_id: str, year: int) -> TwoYears:
    """Read the form of a year with both years' figures. Raises NotFound, NotAllowedInOffice."""
    with database.read() as connection:
        require(connection, user, OfficeAction.VIEW_FIGURES, department_id)
        return two_years(connection, department_id, year)


def two_years(connection: Connection, department_id: str, year: int, form: IndicatorSet | None = None) -> TwoYears:
    """Read both years' figures for somebody who may see them; ``form`` is the year's own unless another is wanted."""
    form = form or form_of(year)
    stored = indicator_values.of_years(connection, department_id, form.id, (year - 1, year))
    of = {
        wanted: {code: each for (in_year, code), each in stored.items() if in_year == wanted}
        for wanted in (year, year - 1)
    }
    return TwoYears(form, year, of[year], of[year - 1])


def save_figures(
    database: Database, user: User, line: FigureLine, texts: Sequence[str], *, expected_version: int
) -> int:
    """Store what was typed for an indicator in one year, one text a figure; empty texts take figures out.

    Gives the version that is stored then.

    ``expected_version`` is the version that was on the screen, 0 for nothing. Raises ValuesRefused for what the
    indicator cannot take, NotFound, NotAllowedInOffice, and StaleText when somebody else has saved in the meantime.
    """
    values = read_values(_indicator(line), [clean_line(text)[: MOST_TEXT_CHARACTERS + 1] for text in texts])
    written = tuple(text_of(value) for value in values)
    return _store(database, user, line, written, None, expected_version)


def save_note(database: Database, user: User, line: FigureLine, note: str, *, expected_version: int) -> int:
    """Store the note (ghi chú) of an indicator in one year, and give the version; the empty text takes it out.

    Raises BadText for one that is too long, and otherwise as :func:`save_figures` does.
    """
    one_line = " ".join(clean_line(note.replace("\r", " ").replace("\n", " ")).split())
    if len(one_line) > MOST_NOTE_CHARACTERS:
        problem = f"ghi chú dài {len(one_line)} ký tự, quá {MOST_NOTE_CHARACTERS} ký tự"
        raise BadText(_where(line), problem=problem, to_do="Hãy viết gọn lại.")
    return _store(database, user, line, None, one_line, expected_version)


def _store(
    database: Database,
    user: User,
    line: FigureLine,
    texts: tuple[str, ...] | None,
    note: str | None,
    expected_version: int,
) -> int:
    nothing = ("",) * len(_indicator(line).figures)
    if not EARLIEST <= line.year <= LATEST:
        raise NotFound("Chỉ tiêu thống kê", thing="năm", key=str(line.year))
    with database.write() as connection:
        require(connection, user, OfficeAction.ENTER_FIGURES, line.department_id)
        stored = indicator_values.find(connection, line)
        had_texts, had_note = (nothing, "") if stored is None else (stored.texts, stored.note)
        wanted = (had_texts if texts is None else texts, had_note if note is None else note)
        version = 0 if stored is None else stored.version
        if wanted == (had_texts, had_note):
            return version
        if stored is not None and stored.version != expected_version:
            raise _stale(line, stored)
        indicator_values.store(connection, line, *wanted, user.actor)
    return version + 1


def _stale(line: FigureLine, stored: StoredFigures) -> StaleText:
    said = " | ".join(text or "để trống" for text in stored.texts)
    return StaleText(
        _where(line),
        version=stored.version,
        who=stored.changed_by_name,
        when_utc=stored.changed_at_utc,
        stored=f"{said}; ghi chú: {stored.note}" if stored.note else said,
    )


def _where(line: FigureLine) -> str:
    return f"Chỉ tiêu {clean_line(line.code)[:40]}, năm {line.year}"


def _indicator(line: FigureLine) -> Indicator:
    try:
        return read_indicators(line.set_id).indicator(line.code)
    except KeyError:
        raise NotFound("Chỉ tiêu thống kê", thing="chỉ tiêu", key=clean_line(line.code)[:40]) from None
