"""Vietnamese text: one spelling to store, one folded form to search, one key to sort by.

SQL engines differ in all three, so they are computed here and stored.
"""

import unicodedata
from collections.abc import Mapping

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: f"{rank:02d}" for rank, letter in enumerate(_ALPHABET, start=10)}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def nfc(text: str) -> str:
    """Give the stored form of a text: composed letters, plain spaces for no-break ones."""
    return unicodedata.normalize("NFC", text).replace("\u00a0", " ").replace("\u202f", " ")


def fold(text: str) -> str:
    """Give the form to search by: no diacritics, đ as d, no case.

    >>> fold("Điều hành, hoà = hòa")
    'dieu hanh, hoa = hoa'
    """
    bare = nfc(text).casefold().replace("đ", "d")
    marks_apart = unicodedata.normalize("NFD", bare)
    return "".join(letter for letter in marks_apart if not unicodedata.combining(letter))


def sort_key(text: str) -> str:
    """Give a key that sorts Vietnamese words in dictionary order: letters first, then the tone of each word.

    Where the tone mark stands does not matter: "hoà" and "hòa" are one word.

    >>> sorted(["đá", "da", "dạ", "dân"], key=sort_key)
    ['da', 'dạ', 'dân', 'đá']
    """
    letters, tones = [], ["0"]
    for cluster in nfc(text).casefold():
        base, tone = _without_tone(cluster)
        letters.append(_RANK.get(base, f"0{base}"))
        if base.isspace():
            tones.append("0")
        tones[-1] = max(tones[-1], tone)
    return "".join(letters) + " " + "".join(tones)


def _without_tone(letter: str) -> tuple[str, str]:
    tone, rest = "0", ""
    for mark in unicodedata.normalize("NFD", letter):
        if mark in _TONES:
            tone = _TONES[mark]
        else:
            rest += mark
    return unicodedata.normalize("NFC", rest), tone


def clean_line(text: str) -> str:
    """Give a text without control characters, in its stored form; line breaks and tabs stay."""
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return nfc("".join(kept)).strip()


def cleaned(raw: Mapping[str, object]) -> Mapping[str, object]:
    """Clean every text in a raw answer as :func:`clean_line` does; what is no text is left to the rule."""
    return {key: _cleaned(value) for key, value in raw.items()}


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return clean_line(value)
    return cleaned(value) if isinstance(value, Mapping) else value
