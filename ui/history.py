"""Lines of the change log as people read them."""

from collections.abc import Iterable

from cchc_core.scoring import Change
from ui.words import clock_time, literal


def lines(changes: Iterable[Change], *, with_subject: bool = False) -> str:
    """Write changes as a list: when, who, what, and what it came to."""
    return "\n".join(_line(change, with_subject) for change in changes)


def _line(change: Change, with_subject: bool) -> str:
    subject = f" **{literal(change.subject)}**" if with_subject else ""
    outcome = _outcome(change.new or {})
    return (
        f"- {clock_time(change.at_utc)} · {literal(change.actor_name)} · {literal(change.title)}{subject}"
        f"{': ' + literal(outcome) if outcome else ''}"
    )


def _outcome(new: dict[str, object]) -> str:
    for name in ("explanation", "self_note", "note"):
        if new.get(name):
            return str(new[name])
    return ""
