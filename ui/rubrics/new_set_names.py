"""Whether what is brought in is a set of its own or the next version of one that is here."""

from itertools import chain, count

import streamlit as st

from cchc_core import rubric_shelf, workspace
from cchc_core.rubric_drafts import keeping
from cchc_core.store.users import User
from ui.rubrics import head_fields

_OWN = ""


def draw(name: str, title: str, issuer: str, year: int) -> None:
    """Draw the choice; the likeliest set, of the same issuer and year, is chosen first."""
    newest = [each for each in rubric_shelf.list_versions(workspace.current().database) if each.is_newest]
    labels = {_OWN: "Một bộ tiêu chí mới"}
    labels |= {each.rubric_id: f"Phiên bản mới của: {each.issuer}, {each.year}: {each.title}" for each in newest}
    like = next((each.rubric_id for each in newest if (each.issuer, each.year) == (issuer, year) and issuer), _OWN)
    st.session_state.setdefault(f"{name}|set", like)
    st.selectbox("Đây là", list(labels), format_func=labels.__getitem__, key=f"{name}|set")


def typed(user: User, name: str, head: head_fields.Typed) -> str:
    """Give the id of the set: that of the chosen one, else one made of its head."""
    chosen: str = st.session_state.get(f"{name}|set") or _OWN
    return chosen or new_id(user, head.title, head.issuer, head.year)


def new_id(user: User, title: str, issuer: str, year: int) -> str:
    """Make the id of a set of its own: a second set of one issuer and year must not become a version of the first."""
    database = workspace.current().database
    taken = {each.rubric_id for each in rubric_shelf.list_versions(database)}
    taken |= {each.rubric_id for each in keeping.list_drafts(database, user)}
    suggested = keeping.suggest_id(title, issuer, year)
    numbered = (f"{suggested}-{number}" for number in count(2))
    return next(each for each in chain((suggested,), numbered) if each not in taken)
