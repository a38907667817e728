"""Lines of the change log as people read them."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from cchc_core.rules.decimals import format_points
from cchc_core.rules.explain import signed
from cchc_core.rules.scoring import Status
from cchc_core.scoring import Change
from cchc_core.status_names import STATUS_NAMES
from cchc_core.store.log import Json, LogAction
from cchc_core.targets import Target, TargetKind, printed
from ui.words import clock_time, literal

OF_AN_ANSWER = (LogAction.ANSWER, LogAction.CARRY, LogAction.CONFIRM)
OF_A_CRITERION = (
    *OF_AN_ANSWER,
    LogAction.NOTE,
    LogAction.OUTLOOK,
    LogAction.REMEDY,
    LogAction.ATTACHMENT,
    LogAction.CARRIED_NOTE,
)


def lines(changes: Iterable[Change], *, with_subject: bool = False) -> str:
    """Write changes as a list: when, who, what, and what it came to."""
    return "\n".join(f"- {line(change, with_subject=with_subject)}" for change in changes)


def line(change: Change, *, with_subject: bool = False) -> str:
    """Write one change: when, who, what, and what it came to."""
    subject = _subject(change) if with_subject else ""
    outcome = _outcome(change)
    return (
        f"{clock_time(change.at_utc)} · {literal(change.actor_name)} · {literal(change.title)}{subject}"
        f"{': ' + literal(outcome) if outcome else ''}"
    )


def _subject(change: Change) -> str:
    if change.action is LogAction.TARGET:
        return f" **{literal(change.subject)}**" if change.subject else " cả bộ tiêu chí"
    # Other subjects are ids that tell nobody anything.
    return f" **{literal(change.about)}**" if change.action in OF_A_CRITERION else ""


def _outcome(change: Change) -> str:
    say = _OUTCOMES.get(change.action)
    if say is not None:
        return say(change.old or {}, change.new or {})
    if change.action not in OF_AN_ANSWER:
        return ""
    now, before = _score(change.new), _score(change.old)
    return f"{before} → {now}" if before and before != now else now


def _target(old: Json, new: Json) -> str:
    before, now = (_printed_target(logged) for logged in (old, new))
    return f"{before} → {now}" if before and now else before or now


def _printed_target(logged: Json) -> str:
    value = str(logged.get("value") or "")
    return printed(Target(None, TargetKind(str(logged["kind"])), Decimal(value))) if value else ""


_OUTCOMES: Mapping[LogAction, Callable[[Json, Json], str]] = {
    LogAction.NOTE: lambda old, new: str(new.get("note") or "(để trống)"),
    LogAction.OUTLOOK: lambda old, new: "đã chốt" if new.get("expected") and new.get("is_final") else "",
    LogAction.TARGET: _target,
    LogAction.REMEDY: lambda old, new: str(new.get("action_text") or old.get("action_text") or ""),
    LogAction.ATTACHMENT: lambda old, new: str(new.get("part_text") or ""),
    LogAction.SCENARIO: lambda old, new: str(new.get("name") or old.get("name") or ""),
}


def _score(logged: dict[str, object] | None) -> str:
    if not logged or "points" not in logged:
        return ""
    points, maximum = (Decimal(str(logged[name])) for name in ("points", "effective_max"))
    status = STATUS_NAMES[Status(str(logged["status"]))].lower()
    if points and not maximum:  # a bonus or a penalty
        return f"{status} {signed(points)}"
    return f"{status} {format_points(points)} / {format_points(maximum)}"
