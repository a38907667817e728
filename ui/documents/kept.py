"""What the session knows of documents that were added here: what their files said, what was refused."""

from dataclasses import dataclass, field
from typing import Final

import streamlit as st

from cchc_core.evidence.reading import Found

_FOUND: Final = "_documents_found"
_MOST: Final = 100


@dataclass
class Added:
    """What became of the files of one place to drop them."""

    round: int = 0
    documents: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    differences: tuple[str, ...] = ()
    link_problem: str = ""


def added(key: str) -> Added:
    """Give what became of the files of a place; it stays with the session."""
    state: Added = st.session_state.setdefault(f"_added {key}", Added())
    return state


def found_of(document_id: str) -> Found | None:
    """Give what a file was found to say when it was read in this session; the text itself is not kept."""
    found: dict[str, Found] = st.session_state.get(_FOUND, {})
    return found.get(document_id)


def keep_found(document_id: str, found: Found) -> None:
    """Keep what a file was found to say, but not its text."""
    kept: dict[str, Found] = st.session_state.setdefault(_FOUND, {})
    kept[document_id] = Found(pages=found.pages, has_text=found.has_text, warnings=found.warnings)
    while len(kept) > _MOST:
        kept.pop(next(iter(kept)))
