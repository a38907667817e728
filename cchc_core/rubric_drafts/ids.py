"""Ids of criteria sets: suggested from who issues a set and when, and held to what a file's id may be."""

import re
from typing import Final

from cchc_core.errors import BadText
from cchc_core.text import clean_line, fold

_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{2,60}", re.ASCII)
_PLACE: Final = re.compile(r"\b(?:tinh|thanh pho|tp\.?|huyen|quan|thi xa|xa|phuong|thi tran)\s+")
_WORD: Final = re.compile(r"[a-z0-9]+")
_COUNCIL: Final = re.compile(r"\b(?:uy ban nhan dan|ubnd)\b")
_SAYS_NOTHING: Final = frozenset({"va", "cac", "cua", "ve", "cho", "theo"})
_MOST_LETTERS: Final = 12


def rubric_id_of(where: str, text: str) -> str:
    """Give the id of a set as it is kept. Raises BadText for what can be none."""
    wanted = clean_line(text).lower()
    if not _ID.fullmatch(wanted):
        raise BadText(
            where,
            problem=f"mã bộ tiêu chí «{wanted[:60]}» không dùng được",
            to_do="Hãy dùng 3 đến 61 ký tự: chữ thường không dấu, chữ số, dấu gạch nối; ví dụ sotnmt-namdinh-2024.",
        )
    return wanted


def suggest_id(title: str, issuer: str, year: int) -> str:
    """Suggest the id of a set.

    >>> suggest_id("Bộ tiêu chí", "Sở Tài nguyên và Môi trường tỉnh Nam Định", 2024)
    'sotnmt-namdinh-2024'
    >>> suggest_id("Bộ tiêu chí", "UBND tỉnh Sơn La", 2025)
    'ubnd-sonla-2025'
    >>> suggest_id("Chỉ số cải cách hành chính", "", 2025)
    'cscchc-2025'
    """
    body, place = _split(fold(issuer or title).partition("(")[0])
    council = _COUNCIL.search(body)
    agency = "ubnd" if council and not _letters(_COUNCIL.sub(" ", body)) else _letters(body)
    return "-".join(filter(None, (agency[:_MOST_LETTERS], place, str(year)))) or str(year)


def _split(text: str) -> tuple[str, str]:
    found = _PLACE.search(text)
    if found is None:
        return text, ""
    place = re.split(r"[,;(–-]", text[found.end() :])[0]
    return text[: found.start()], "".join(_WORD.findall(place))[:24]


def _letters(text: str) -> str:
    words = [word for word in _WORD.findall(text) if word not in _SAYS_NOTHING]
    if words and words[0] == "so":
        return "so" + "".join(word[0] for word in words[1:])
    return "".join(word[0] for word in words)
