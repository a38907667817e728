"""Numbers as people type them in forms of a criteria set, turned into the texts of a criteria-set file."""

from decimal import Decimal, InvalidOperation

from cchc_core.errors import BadText
from cchc_core.rules.decimals import format_number, parse_vietnamese
from cchc_core.rules.problems import AmbiguousNumber, NotANumber


def plain(where: str, text: str) -> str:
    """Read a typed number and write it as a file does ("0.5"). Raises BadText, with both readings where there are two.

    >>> plain("Điểm", "0,5")
    '0.5'
    """
    try:
        return str(parse_vietnamese(text))
    except AmbiguousNumber as why:
        readings = " hay ".join(f"«{_unmistakable(each)}»" for each in why.readings)
        problem = f"«{text.strip()[:40]}» đọc được hai cách"
        raise BadText(where, problem=problem, to_do=f"Hãy viết {readings}.") from None
    except NotANumber as why:
        raise BadText(where, problem=f"{why}, đã nhận «{text.strip()[:40]}»", to_do="Hãy viết kiểu 0,5.") from None


def maybe_plain(where: str, text: str) -> str | None:
    """Read a number that may be left out. Raises BadText."""
    return plain(where, text) if text.strip() else None


def typed(value: object) -> str:
    """Write a number of a file as people type it; nothing for None.

    >>> typed("0.5000"), typed(None)
    ('0,5', '')
    """
    if value is None:
        return ""
    try:
        return format_number(Decimal(str(value))).replace(".", "")
    except InvalidOperation:
        return str(value)


def _unmistakable(number: Decimal) -> str:
    # "1.234" is what reads two ways: with four decimals, or without a mark, it does not.
    text = format_number(number)
    return f"{text}0" if "," in text else text.replace(".", "")
