"""Text as the screen shows it: literal user text, Vietnam's time and dates, the names of statuses."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from cchc_core.rubric.model import Rubric
from cchc_core.titles import sentence_case as sentence_case

VIETNAM = timezone(timedelta(hours=7))
_MARKS = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:@&^=\"'/])")
# Addresses, :names:, arrows and dashes are turned into links, pictures and other signs after Markdown has been read,
# where a backslash is gone already. A letter without width (word joiner) keeps them apart.
_TURNED_AFTERWARDS = re.compile(
    r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=@)(?=[\w-])|(?<=:)(?=[\w+/-]+:)|(?<=[<>~-])(?=[->=])", re.IGNORECASE
)
WORD_JOINER = "\u2060"


def literal(text: str) -> str:
    """Give a text that Markdown shows letter by letter, on one line: no markup, no link, no colour, no formula."""
    one_line = " ".join(text.split())
    return _MARKS.sub(r"\\\1", _TURNED_AFTERWARDS.sub(WORD_JOINER, one_line))


_MARKS_WITHIN_A_LINE = re.compile(r"([\\`*_\[\]<>$~]|:(?=[\w-]+\[)|&(?=#?\w+;))")


def literal_label(text: str) -> str:
    """Give the label of a text field, shown letter by letter.

    A screen reader is given a field's label as it is written, so only marks that mean something inside a line are
    escaped; the label must not begin like a list or a heading: with ``1.``, ``#``, ``-`` or ``+``.
    """
    one_line = " ".join(text.split())
    return _MARKS_WITHIN_A_LINE.sub(r"\\\1", _TURNED_AFTERWARDS.sub(WORD_JOINER, one_line))


def in_vietnam(moment_utc: datetime) -> datetime:
    """Turn a stored naive UTC time into Vietnam's."""
    return moment_utc.replace(tzinfo=UTC).astimezone(VIETNAM)


def clock_time(moment_utc: datetime) -> str:
    """Print a stored time as people here read it: 14:05:31 ngày 21/11/2026, the day only when it is not today."""
    local = in_vietnam(moment_utc)
    time = f"{local:%H:%M:%S}"
    return time if local.date() == datetime.now(VIETNAM).date() else f"{time} ngày {local:%d/%m/%Y}"


def day(value: date) -> str:
    """Print a date as dd/mm/yyyy."""
    return f"{value:%d/%m/%Y}"


NO_RESULTS: Final = "chưa có kết quả"
"""Stands where a score would, as long as nothing was entered: that is no bad score."""


def points_unit(rubric: Rubric) -> str:
    """Name the unit of points: illustrative ones are called so wherever they stand."""
    return "điểm minh hoạ" if rubric.is_illustrative else "điểm"
