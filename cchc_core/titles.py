"""Titles as people read them in running text and in tables."""

from typing import Final

_ACRONYMS: Final = frozenset({"CCHC", "TTHC", "CNTT", "QPPL", "VBQPPL", "ISO"})


def sentence_case(title: str) -> str:
    """Give a title that is printed in capitals as a sentence; abbreviations stay as they are.

    >>> sentence_case("CẢI CÁCH TTHC")
    'Cải cách TTHC'
    """
    if not title.isupper():
        return title
    words = [word if word.strip("().,;") in _ACRONYMS else word.lower() for word in title.split()]
    sentence = " ".join(words)
    return sentence[:1].upper() + sentence[1:]
