"""What a version of a criteria set changed of the one before: which criteria are still the same ones."""

import unicodedata

from cchc_core.rubric.model import Criterion, Rubric


def is_unchanged(a: Criterion, b: Criterion) -> bool:
    """Tell whether two versions ask the same: equal code and title, and an equal way of scoring.

    What was answered to one may then stand for the other, and their points may be compared. How a title is typed
    (capitals, spaces, the place of a tone mark's code) makes no difference; its words do.
    """
    return a.code == b.code and a.leaf == b.leaf and folded_title(a.title) == folded_title(b.title)


def folded_title(title: str) -> str:
    """Give the form of a title by which two versions are compared: no diacritics, đ as d, no case, single spaces.

    >>> folded_title("CẢI CÁCH  Thể chế") == folded_title("Cải cách thể chế")
    True
    """
    bare = unicodedata.normalize("NFC", title).casefold().replace("đ", "d")
    letters = (c for c in unicodedata.normalize("NFD", bare) if not unicodedata.combining(c))
    return " ".join("".join(letters).split())


def unchanged_codes(old: Rubric, new: Rubric) -> tuple[str, ...]:
    """Give the codes of the criteria that are scored in both versions in the same way, as the new one prints them."""
    before = _leaves(old)
    return tuple(leaf.code for leaf in new.leaves if leaf.code in before and is_unchanged(before[leaf.code], leaf))


def changed_leaves(old: Rubric, new: Rubric) -> tuple[Criterion, ...]:
    """Give the criteria of the new version whose code was scored before, but by another title or another rule."""
    before, same = _leaves(old), set(unchanged_codes(old, new))
    return tuple(leaf for leaf in new.leaves if leaf.code in before and leaf.code not in same)


def removed_leaves(old: Rubric, new: Rubric) -> tuple[Criterion, ...]:
    """Give the criteria of the old version whose code the new one scores no more."""
    after = _leaves(new)
    return tuple(leaf for leaf in old.leaves if leaf.code not in after)


def _leaves(rubric: Rubric) -> dict[str, Criterion]:
    return {leaf.code: leaf for leaf in rubric.leaves}
