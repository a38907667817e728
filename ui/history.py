"""Lines of the change log as people read them."""

from collections.abc import Iterable
from decimal import Decimal

from cchc_core.rules.decimals import format_points
from cchc_core.rules.scoring import Status
from cchc_core.scoring import Change
from cchc_core.status_names import STATUS_NAMES
from cchc_core.store.log import LogAction
from ui.words import clock_time, literal

OF_AN_ANSWER = (LogAction.ANSWER, LogAction.CARRY, LogAction.CONFIRM)
OF_A_CRITERION = (*OF_AN_ANSWER, LogAction.NOTE, LogAction.OUTLOOK)


def lines(changes: Iterable[Change], *, with_subject: bool = False) -> str:
    """Write changes as a list: when, who, what, and what it came to."""
    return "\n".join(f"- {line(change, with_subject=with_subject)}" for change in changes)


def line(change: Change, *, with_subject: bool = False) -> str:
    """Write one change: when, who, what, and what it came to."""
    # Other subjects than criteria are ids that tell nobody anything.
    subject = f" **{literal(change.subject)}**" if with_subject and change.action in OF_A_CRITERION else ""
    outcome = _outcome(change)
    return (
        f"{clock_time(change.at_utc)} · {literal(change.actor_name)} · {literal(change.title)}{subject}"
        f"{': ' + literal(outcome) if outcome else ''}"
    )


def _outcome(change: Change) -> str:
    if change.action is LogAction.NOTE:
        return str((change.new or {}).get("note") or "(để trống)")
    if change.action is LogAction.OUTLOOK:
        return "đã chốt" if (change.new or {}).get("is_final") else ""
    if change.action not in OF_AN_ANSWER:
        return ""
    now, before = _score(change.new), _score(change.old)
    return f"{before} → {now}" if before and before != now else now


def _score(logged: dict[str, object] | None) -> str:
    if not logged or "points" not in logged:
        return ""
    points, maximum = (format_points(Decimal(str(logged[name]))) for name in ("points", "effective_max"))
    return f"{STATUS_NAMES[Status(str(logged['status']))].lower()} {points} / {maximum}"
