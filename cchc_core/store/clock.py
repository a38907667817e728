"""The time and the names that stored rows bear."""

import secrets
from datetime import UTC, datetime


def now_utc() -> datetime:
    """Give the present time as stored: UTC without a zone, for columns named ``*_utc``."""
    return datetime.now(UTC).replace(tzinfo=None)


def new_id() -> str:
    """Make an opaque id that says nothing about the row and never comes twice."""
    return secrets.token_hex(8)
