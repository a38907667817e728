"""Points and numbers as exact decimals: reading them, rounding them once, printing them the Vietnamese way.

Points carry four decimals as the documents print them (0,1250). Rounding is half up and happens in
one place, :func:`round_points`, on an exact fraction, so that no earlier rounding can tip a half.
"""

import re
from decimal import Decimal
from fractions import Fraction

from cchc_core.rules.problems import AmbiguousNumber, NotANumber

ZERO = Decimal("0.0000")
HUNDRED = Decimal(100)
MOST_DIGITS_BEFORE = 15
MOST_DIGITS_AFTER = 10
MOST_CHARACTERS = 40

_PLAIN = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d{1,6})?", re.ASCII)
_VIETNAMESE = re.compile(r"[+-]?[\d.,]+", re.ASCII)
_THOUSANDS = {
    ".": re.compile(r"\d{1,3}(\.\d{3})+", re.ASCII),
    ",": re.compile(r"\d{1,3}(,\d{3})+", re.ASCII),
}
_GROUPED_BY_SPACES = re.compile(r"[+-]?\d{1,3}( \d{3})+([.,]\d+)?", re.ASCII)


def round_points(exact: Fraction | Decimal) -> Decimal:
    """Round half up to four decimals, where a rule ends.

    >>> round_points(Fraction(1, 3))
    Decimal('0.3333')
    >>> round_points(Fraction(5, 100_000))
    Decimal('0.0001')
    """
    # Most points come with their four decimals; a fraction would give the same in ten times the time.
    if isinstance(exact, Decimal) and exact.same_quantum(ZERO):
        return exact or ZERO  # no "-0,0000"
    return _half_up(Fraction(exact), 4)


def percent_of(part: Decimal, whole: Decimal) -> Decimal | None:
    """Give ``part`` in percent of ``whole``, half up to two decimals; None where there is no whole.

    >>> percent_of(Decimal("64"), Decimal("98.5"))
    Decimal('64.97')
    """
    if whole == 0:
        return None
    return _half_up(Fraction(part) * 100 / Fraction(whole), 2)


def exact_percent_of(part: Decimal, whole: Decimal) -> Decimal | None:
    """Give ``part`` in percent of ``whole`` as exactly as an answer holds it, to be measured and not to be shown.

    >>> percent_of(Decimal(99_996), Decimal(100_000)), exact_percent_of(Decimal(99_996), Decimal(100_000))
    (Decimal('100.00'), Decimal('99.996'))
    """
    if whole == 0:
        return None
    percent = _half_up(Fraction(part) * 100 / Fraction(whole), MOST_DIGITS_AFTER)
    return percent.quantize(Decimal(1).scaleb(-decimals_of(percent)))


def _half_up(exact: Fraction, places: int) -> Decimal:
    scale = 10**places
    shifted = abs(exact) * scale * 2 + 1
    digits = shifted.numerator // (shifted.denominator * 2)
    return Decimal(digits if exact >= 0 else -digits).scaleb(-places)


def parse_plain(value: object) -> Decimal:
    """Read a number as machines write it: "96.5", 18. Refuses NaN, infinity, floats, huge exponents and empty text.

    >>> parse_plain("96.5")
    Decimal('96.5')
    """
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise NotANumber("cần một số")
    if isinstance(value, int) and abs(value) >= 10**MOST_DIGITS_BEFORE:  # str() refuses an int of 5,000 digits
        raise NotANumber("số quá lớn")
    text = str(value).strip() if len(str(value)) <= MOST_CHARACTERS else ""
    if not _PLAIN.fullmatch(text):
        raise NotANumber("cần một số")
    return _within_limits(Decimal(text))


def parse_vietnamese(text: str) -> Decimal:
    """Read a number as people type it here: decimal comma, points or spaces between thousands.

    A single point before exactly three digits can be either ("1.234"), so both readings are offered
    through :class:`AmbiguousNumber`; "0.125" and "12.5" can only be decimals.

    >>> parse_vietnamese("1.234,5")
    Decimal('1234.5')
    >>> parse_vietnamese("0,1250")
    Decimal('0.1250')
    """
    compact = _without_group_spaces(text) if len(text) <= MOST_CHARACTERS else ""
    if not _VIETNAMESE.fullmatch(compact):
        raise NotANumber("cần một số, ví dụ 12,5")
    sign, digits = _split_sign(compact)
    if _reads_two_ways(digits):
        as_decimal = _within_limits(Decimal(sign + digits))
        as_thousands = _within_limits(Decimal(sign + digits.replace(".", "")))
        raise AmbiguousNumber(text.strip(), (as_decimal, as_thousands))
    return parse_plain(sign + _to_plain(digits))


def _without_group_spaces(text: str) -> str:
    # Only "1 234 567" may lose its spaces: two figures typed into one field must never become one number.
    line = re.sub(r"[ \u00a0\u202f]", " ", text.strip())
    return line.replace(" ", "") if _GROUPED_BY_SPACES.fullmatch(line) else line


def _split_sign(text: str) -> tuple[str, str]:
    return (text[0], text[1:]) if text[0] in "+-" else ("", text)


def _reads_two_ways(digits: str) -> bool:
    return bool(re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", digits, re.ASCII))


def _to_plain(digits: str) -> str:
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return digits
    mark = digits[last]
    whole, fraction = digits[:last], digits[last + 1 :]
    other = "," if mark == "." else "."
    if mark in whole:
        if other in digits or not _THOUSANDS[mark].fullmatch(digits):
            raise NotANumber("cần một số, ví dụ 1.234,5")
        return digits.replace(mark, "")
    if other in whole and not _THOUSANDS[other].fullmatch(whole):
        raise NotANumber("cần một số, ví dụ 1.234,5")
    return f"{whole.replace(other, '')}.{fraction}"


def _within_limits(number: Decimal) -> Decimal:
    if number == 0:
        return Decimal(0)
    if not number.is_finite() or number.adjusted() >= MOST_DIGITS_BEFORE:
        raise NotANumber("số quá lớn")
    if decimals_of(number) > MOST_DIGITS_AFTER:
        raise NotANumber(f"số có quá {MOST_DIGITS_AFTER} chữ số thập phân")
    return _written_plainly(number)


def _written_plainly(number: Decimal) -> Decimal:
    """Drop exponents and surplus zeros: 1E+2 is 100; what is read can always be written and read again."""
    exponent = number.as_tuple().exponent
    places = min(max(-exponent, 0), MOST_DIGITS_AFTER) if isinstance(exponent, int) else 0
    return number.quantize(Decimal(1).scaleb(-places))


def decimals_of(number: Decimal) -> int:
    """Count the decimals that a finite number really needs: 0.5000 needs one.

    Digits are counted as they stand; Decimal.normalize would first round them to 28.
    """
    _, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int) or not any(digits):
        return 0
    zeros = next(count for count, digit in enumerate(reversed(digits)) if digit)
    return max(0, -(exponent + zeros))


def format_points(points: Decimal) -> str:
    """Print points with four decimals and a comma: 0,5000."""
    return _vietnamese(f"{round_points(points):,.4f}")


def format_percent(percent: Decimal | None) -> str:
    """Print a percent with two decimals: 86,49 %; a dash where there is none."""
    return "–" if percent is None else _vietnamese(f"{_half_up(Fraction(percent), 2):,.2f}") + " %"


def format_number(number: Decimal) -> str:
    """Print a number without needless zeros: 1.234,5."""
    return _vietnamese(f"{number:,.{decimals_of(number)}f}")


def _vietnamese(text: str) -> str:
    return text.translate(str.maketrans(",.", ".,"))
