"""The board as it is read under AppTest: its cards, its tables, where its links lead, what its charts were told."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from cchc_core.board import Board, read_board
from cchc_core.permissions import Role
from tests.pages.screen import BOARD, Office, Screen, as_read

LOST_PAGE, SCORING_PAGE = "tieu-chi-mat-diem", "cham-diem"
CARD_LINK = "Xem tiêu chí: "
ILLUSTRATIVE = " (minh hoạ)"
_CELL_LINK = re.compile(r"\[(?P<text>[^\]]*)\]\((?P<address>[^)]*)\)")


@dataclass(frozen=True)
class Way:
    """A link: its words, the page it leads to and the query it gives along."""

    label: str
    page: str
    query: Mapping[str, str]


@dataclass(frozen=True)
class BoardPage:
    """A board on somebody's screen, and the same board as the core reads it for that person."""

    screen: Screen
    board: Board

    @property
    def cards(self) -> dict[str, tuple[str, str]]:
        """Give the figure of each card and the words below it, by the card's name."""
        return {metric.label: (metric.value, metric.delta) for metric in self.screen.elements("metric")}

    @property
    def ways(self) -> list[Way]:
        """Give every link to another page of the product, in the order of the page."""
        return [
            Way(as_read(link.proto.label), link.proto.page, dict(parse_qsl(link.proto.query_string)))
            for link in self.screen.elements("page_link")
        ]

    def ways_of(self, start: str) -> list[Way]:
        """Give the links whose words begin so."""
        return [way for way in self.ways if way.label.startswith(start)]

    @property
    def words(self) -> str:
        """Give all that is written outside tables and charts, as it is read."""
        return as_read(self.screen.texts())

    def table(self, *columns: str) -> "PrintedTable":
        """Find the table that has these columns."""
        printed = [PrintedTable(table.value) for table in self.screen.elements("table")]
        (found,) = [
            each for each in printed if set(columns) <= {name.removesuffix(ILLUSTRATIVE) for name in each.columns}
        ]
        return found

    def chart(self, key: str) -> dict[str, Any]:
        """Give the figure of a chart: its ``data`` and ``layout``."""
        (found,) = [each for each in self.screen.elements("bidi_component") if each.proto.id.endswith(f"-{key}")]
        figure: dict[str, Any] = json.loads(json.loads(found.proto.json)["figure"])
        return figure

    def everything(self) -> str:
        """Give every text of the page, those of tables and charts included."""
        cells = [str(cell) for table in self.screen.elements("table") for row in table.value.values for cell in row]
        heads = [str(name) for table in self.screen.elements("table") for name in table.value]
        told = [json.loads(each.proto.json)["figure"] for each in self.screen.elements("bidi_component")]
        drawn = [text for figure in told for text in _texts(json.loads(figure))]
        return as_read("\n".join([self.screen.texts(), *cells, *heads, *drawn]))


class PrintedTable:
    """A table of figures on the page."""

    def __init__(self, value: Any) -> None:
        self.columns = [as_read(name) for name in value]
        self._cells = [[str(cell) for cell in row] for row in value.values]

    def has(self, columns: Collection[str]) -> bool:
        """Tell whether these columns are among the table's, of illustrative points or of official ones."""
        return set(columns) <= {name.removesuffix(ILLUSTRATIVE) for name in self.columns}

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """Give what is printed in each cell."""
        return [tuple(as_read(_CELL_LINK.sub(r"\g<text>", cell)) for cell in row) for row in self._cells]

    def links(self) -> Iterator[tuple[int, str, Way]]:
        """Give each linked cell: its row, the name of its column, and the link."""
        for place, row in enumerate(self._cells):
            for name, cell in zip(self.columns, row, strict=True):
                if match := _CELL_LINK.fullmatch(cell):
                    address = urlsplit(match["address"])
                    yield (
                        place,
                        name,
                        Way(as_read(match["text"]), address.path.strip("/"), dict(parse_qsl(address.query))),
                    )


def open_board(office: Office, assessment_id: str, role: Role = Role.LEADER) -> BoardPage:
    """Open a board on a screen of its own."""
    screen = office.screen(role).open(BOARD, bang=assessment_id)
    return BoardPage(screen, read_board(office.database, office.person(role), assessment_id))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, str):
        yield value
