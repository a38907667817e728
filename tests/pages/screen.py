"""A page as one signed-in person sees it, under Streamlit's AppTest: opened by address, read as text, used by field.

AppTest has no cookies, so the fixture beside this file answers for the browser's cookie with the token of the screen
that runs. Everything behind it is the product on a database of the test's own.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from cchc_core import scoring
from cchc_core.permissions import Role, State
from cchc_core.rules.scoring import Score
from cchc_core.scoring import Assessment, Sheet
from cchc_core.store import users
from cchc_core.store.answers import StoredAnswer
from cchc_core.store.database import Database
from cchc_core.store.users import User
from ui.words import WORD_JOINER

FRAME = Path(__file__).resolve().parents[2] / "ui" / "frame.py"
HOME, SCORING, BOARD, REPORTS, RUBRICS = "home", "scoring", "board", "reports", "rubrics"
LOST, CHECKS, WHAT_IF = "lost", "checks", "what_if"
INDICATORS = "indicators"
DOCUMENTS = "documents"
TASKS = "tasks"
TODO = "todo"
SLIP = "slip"
EVERY_PAGE = (HOME, TODO, SCORING, BOARD, LOST, TASKS, CHECKS, DOCUMENTS, WHAT_IF, INDICATORS, REPORTS, SLIP, RUBRICS)


@dataclass
class Office:
    """An open database, the people in it, and whose browser is asking just now."""

    database: Database
    asking: str | None = None

    def person(self, role: Role) -> User:
        """Give the trial user of a role."""
        return next(user for user in users.trial_users(self.database) if user.role is role)

    def screen(self, role: Role = Role.OFFICER) -> "Screen":
        """Sit a person down before a browser of their own."""
        return Screen(self, users.start_session(self.database, self.person(role).id))

    def assessment(self, rubric_id: str, period_code: str = "q3") -> Assessment:
        """Find an assessment."""
        listed = scoring.list_assessments(self.database, self.person(Role.ADMIN))
        return next(a for a in listed if (a.rubric_id, a.period_code) == (rubric_id, period_code))

    def sheet(self, assessment_id: str) -> Sheet:
        """Read an assessment as it is stored."""
        return scoring.open_sheet(self.database, self.person(Role.ADMIN), assessment_id)

    def stored(self, assessment_id: str, code: str) -> StoredAnswer | None:
        """Give what is stored for a criterion."""
        return self.sheet(assessment_id).answers.get(code)

    def score(self, assessment_id: str, code: str) -> Score:
        """Give the score of a criterion."""
        return self.sheet(assessment_id).scores[code]

    def points(self, assessment_id: str, code: str) -> Decimal:
        """Give the points of a criterion."""
        return self.score(assessment_id, code).points

    def save(self, assessment_id: str, code: str, raw: Mapping[str, object], role: Role = Role.ROOM) -> StoredAnswer:
        """Save an answer at another desk."""
        stored = self.stored(assessment_id, code)
        version = stored.version if stored else 0
        person = self.person(role)
        return scoring.save_entry(
            self.database, person, assessment_id=assessment_id, code=code, raw=raw, expected_version=version
        )

    def log_lines(self) -> int:
        """Count the lines of the change log."""
        with self.database.read() as connection:
            return len(connection.rows("SELECT seq FROM change_log"))

    def put_into(self, assessment_id: str, state: State, *, is_locked: bool = False) -> None:
        """Bring an assessment into a state, as the workflow will do."""
        with self.database.write() as connection:
            connection.run(
                "UPDATE assessments SET state = :state, is_locked = :is_locked, change_number = change_number + 1 "
                "WHERE id = :id",
                state=state.value,
                is_locked=is_locked,
                id=assessment_id,
            )


class Screen:
    """One browser tab."""

    def __init__(self, office: Office, token: str | None) -> None:
        self.office, self.token = office, token
        self.at = AppTest.from_file(str(FRAME), default_timeout=60)
        # A run of only some rows makes AppTest forget which pages there are.
        self._is_whole = False

    def open(self, page: str = SCORING, **query: str) -> "Screen":
        """Open a page by its address."""
        if not self._is_whole:
            self.run()
        self.at.query_params = dict(query)
        self.at.switch_page(f"../pages/{page}.py")
        return self.run()

    def run(self) -> "Screen":
        """Run the page as it is, which also is what a reload of all rows shows."""
        self.office.asking = self.token
        self.at.run()
        assert [problem.value for problem in self.at.exception] == []
        self._is_whole = bool(self.at.title)
        return self

    def widget(self, assessment_id: str, code: str, name: str) -> Any:
        """Find the widget of a criterion's field; a run of only some rows shows only their widgets."""
        kinds = {"level": "radio", "tick": "checkbox", "note": "text_area"}
        kind = kinds.get(name.split()[0], "text_input")
        key = f"{assessment_id}|{code}|{name}"
        if not any(widget.key == key for widget in self.at.get(kind)):
            self.run()
        return next(widget for widget in self.at.get(kind) if widget.key == key)

    def put(self, assessment_id: str, code: str, name: str, value: object) -> "Screen":
        """Put a value into a field and leave the field."""
        self.widget(assessment_id, code, name).set_value(value)
        return self.run()

    def forge(self, assessment_id: str, code: str, name: str, value: object) -> "Screen":
        """Send a value for a field that the page shows as closed, as a changed browser can."""
        closed = self.widget(assessment_id, code, name)
        assert closed.disabled
        closed.proto.disabled = False
        closed.set_value(value)
        return self.run()

    def press(self, key: str) -> "Screen":
        """Press a button."""
        if not any(button.key == key for button in self.at.button):
            self.run()
        self.at.button(key=key).click()
        return self.run()

    def choose(self, label: str, value: str) -> "Screen":
        """Choose from the list with that label."""
        next(box for box in self.at.selectbox if box.label == label).set_value(value)
        return self.run()

    def press_labelled(self, label: str) -> "Screen":
        """Press the button with that label."""
        next(button for button in self.at.button if button.label == label).click()
        return self.run()

    def elements(self, *kinds: str) -> list[Any]:
        """Give the elements of these kinds on the page itself, the menu's column left out."""
        return [element for kind in kinds for element in self.at.main.get(kind)]

    def has_button(self, key: str) -> bool:
        """Tell whether a button is drawn."""
        return any(button.key == key for button in self.at.button)

    def errors(self) -> str:
        """Give the text of all error boxes as it is read, without the marks that keep it literal."""
        return as_read("\n".join(box.value for box in self.at.error))

    def shown(self) -> list[tuple[str, str]]:
        """Give everything that the page and the menu's column show: kind of element and text, maybe Markdown."""
        return [*_shown(self.at.main), *_shown(self.at.sidebar)]

    def texts(self) -> str:
        """Give every text that is shown, one to a line."""
        return "\n".join(text for _, text in self.shown())

    def title(self) -> str:
        """Give the title of the page."""
        return " ".join(title.value for title in self.at.title)


def as_read(markdown: str) -> str:
    """Take out what makes a text literal: backslashes, and letters without width."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown).replace(WORD_JOINER, "")


def _shown(block: Any) -> Iterator[tuple[str, str]]:
    for element in block:  # walks the whole tree below the block
        texts = [getattr(element, name, None) for name in _TEXTS.get(element.type, ("label", "value", "delta"))]
        texts += getattr(element, "options", ())
        if element.type == "arrow_data_frame":
            texts = [str(cell) for row in element.value.values for cell in row]
        yield from ((element.type, text) for text in texts if isinstance(text, str) and text)


_TEXTS = {"link_button": ("label",), "page_link": ("label",), "plotly_chart": (), "main": (), "sidebar": ()}
