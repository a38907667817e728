"""The codes by which a television is let in: typed once, soon out of date, known to this process alone.

A remote control types badly, so the code is short; guessing it is made hopeless by its short life and by the few wrong
codes that one sender has.
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from hmac import compare_digest
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock
from typing import Final

LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No 0 and O, no 1, I and L: they look alike on a screen across the room."""

LENGTH: Final = 8
LIVES_SECONDS: Final = 600
MOST_WRONG: Final = 10
_MOST_OFFERS = 200
_MOST_SENDERS = 1_000


class TooManyWrong(Exception):
    """This sender has typed too many wrong codes; the right one would not help either for now."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a code opens: the screen of an assessment, in the name of the person who asked for it."""

    user_id: str
    assessment_id: str
    department_id: str


@dataclass(slots=True)
class _Wrong:
    many: int
    since: float


class ScreenCodes:
    """The codes that are waiting for a television, and the wrong ones that were typed."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = Lock()
        self._offers: dict[str, tuple[Offer, float]] = {}
        self._wrong: dict[str, _Wrong] = {}

    def offer(self, offer: Offer) -> str:
        """Make a code; one that the same person got for the same assessment before is void."""
        code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        with self._lock:
            self._forget_old()
            for known, (other, _) in list(self._offers.items()):
                if other == offer:
                    del self._offers[known]
            self._offers[code] = (offer, self._now())
            while len(self._offers) > _MOST_OFFERS:
                del self._offers[next(iter(self._offers))]
        return code

    def take(self, typed: str, sender: str) -> Offer | None:
        """Give what a code opens, and void it; None for a wrong one, which is counted against its sender.

        Raises TooManyWrong where there were so many that nothing more is looked at.
        """
        wanted = as_typed(typed).encode()
        with self._lock:
            self._forget_old()
            if self.wrong_ones(sender) >= MOST_WRONG:
                raise TooManyWrong
            # All of them are looked at, so that the time it takes tells nothing about any.
            found = [code for code in self._offers if compare_digest(code.encode(), wanted)]
            if found:
                return self._offers.pop(found[0])[0]
            self._count_wrong(sender)
            return None

    def withdraw(self, department_id: str) -> None:
        """Void every code of a department."""
        with self._lock:
            self._offers = {code: made for code, made in self._offers.items() if made[0].department_id != department_id}

    def wrong_ones(self, sender: str) -> int:
        """Tell how many wrong codes a sender has typed lately."""
        known = self._wrong.get(_whole(sender))
        return 0 if known is None else known.many

    def _count_wrong(self, sender: str) -> None:
        known = self._wrong.setdefault(_whole(sender), _Wrong(0, self._now()))
        known.many += 1
        while len(self._wrong) > _MOST_SENDERS:
            del self._wrong[next(iter(self._wrong))]

    def _forget_old(self) -> None:
        oldest = self._now() - LIVES_SECONDS
        self._offers = {code: made for code, made in self._offers.items() if made[1] > oldest}
        self._wrong = {sender: wrong for sender, wrong in self._wrong.items() if wrong.since > oldest}


def as_typed(text: str) -> str:
    """Read a code as people type it: in small letters, with a space or a hyphen in the middle.

    >>> as_typed("7k2m-9qxd "), as_typed("7K2M 9QXD")
    ('7K2M9QXD', '7K2M9QXD')
    """
    return "".join(letter for letter in text[:40].upper() if letter.isalnum())


def as_shown(code: str) -> str:
    """Print a code in two halves, to be read across the room.

    >>> as_shown("7K2M9QXD")
    '7K2M-9QXD'
    """
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def _whole(sender: str) -> str:
    """Count all addresses that one line is given as one sender."""
    try:
        address = ip_address(sender)
    except ValueError:
        return sender
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(ip_network((address, 64), strict=False))
    return sender
