"""The hidden sheet of the lists that cells offer: the levels of each criterion, with their numbers and points."""

from typing import TYPE_CHECKING

from cchc_core.rules.kinds import Levels
from cchc_core.slip.cells import Options
from cchc_core.slip.fields import level_texts
from cchc_core.slip.names import LISTS
from cchc_core.workbook.texts import cell_text

if TYPE_CHECKING:
    from cchc_core.slip.layout import Form
    from cchc_core.workbook.xlsx import Worksheet

_Rows = list[tuple[str, int, float]]


class Lists:
    """Where the levels of each rule stand; rules that read the same share their rows."""

    def __init__(self, form: "Form") -> None:
        self._rows: _Rows = []
        self._places: dict[Levels, Options] = {}
        for line in form.leaves:
            rule = line.leaf.scored.rule
            if isinstance(rule, Levels) and rule not in self._places:
                self._places[rule] = self._place(rule)

    def _place(self, rule: Levels) -> Options:
        first = len(self._rows) + 1
        for number, (text, level) in enumerate(zip(level_texts(rule), rule.levels, strict=True), start=1):
            self._rows.append((cell_text(text), number, float(level.points)))
        last = len(self._rows)
        return Options(*(f"{LISTS}!${column}${first}:${column}${last}" for column in "ABC"))

    def of(self, rule: object) -> Options | None:
        """Give the place of a rule's levels, None for one without levels."""
        return self._places.get(rule) if isinstance(rule, Levels) else None

    def write(self, sheet: "Worksheet") -> None:
        """Write the sheet and hide it so that only a program shows it again."""
        for row, (text, number, points) in enumerate(self._rows):
            sheet.write_string(row, 0, text)
            sheet.write_number(row, 1, number)
            sheet.write_number(row, 2, points)
        sheet.very_hidden()
