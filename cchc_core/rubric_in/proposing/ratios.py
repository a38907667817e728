"""Proportions: the maximum times a rate, by a printed formula or by words."""

import re
from decimal import Decimal

from cchc_core.rubric_in.proposing.formulas import Formula, formula_in
from cchc_core.rubric_in.proposing.inline_points import NUMBER, number
from cchc_core.rubric_in.proposing.wording import Reading, Row, Wording, Words, words
from cchc_core.rules.decimals import HUNDRED, format_number, format_points
from cchc_core.rules.explain import quote
from cchc_core.rules.kinds import EmptyDenominator, Ratio

_BY_RATE = re.compile(
    r"\b(?:tinh|cham|diem)(?: diem)? (?:duoc tinh )?(?:theo|tuong ung(?: voi)?) (?:ty|ti) le\b"
    r"|\b(?:ty|ti) le thuan\b|\btuong ung (?:voi )?(?:ty|ti) le\b"
    r"|\btheo (?:ty|ti) le (?:%|phan tram|thuc hien|dat duoc|hoan thanh)"
)
_ZERO = r"0(?:[.,]0+)?(?![.,]?\d)"
# «dưới 70% không có điểm», «nếu tỷ lệ này < 0,7 thì điểm đánh giá là 0».
_FLOOR = re.compile(
    rf"(?:\bduoi|<|\b(?:nho|thap|be) hon)\s*({NUMBER})\s*(%?)[^;.]{{0,60}}?"
    r"(?:khong (?:co|duoc|tinh|cham)(?: tinh| cham)? diem"
    rf"|[:=]?\s*\b{_ZERO}\s*diem|\bdiem(?: \w+){{0,3}}\s*(?:la|bang|=|:)\s*{_ZERO}"
    rf"|\b(?:thi|la|bang)\s+{_ZERO}\s*(?:[;.)]|$))"
)
# A limit of which no floor was made: the formula alone would be a guess.
_LIMIT = re.compile(
    rf"[<>≤≥]\s*{NUMBER}|\b(?:duoi|tren|(?:nho|thap|be|lon|cao) hon)\s*{NUMBER}\s*%|{NUMBER}\s*%\s*tro len"
)
_BELOW = re.compile(rf"^(?:\w+ ){{0,6}}duoi\s*({NUMBER})\s*%")
_NOTHING_TO_COUNT = re.compile(
    r"\bkhong (?:phat sinh|co) [^;.]{3,120}?(?:diem toi da|tron diem|du (?:so )?diem|100% (?:so )?diem)"
)
_OF = re.compile(r"\s(?:so voi|tren tong so|trong tong so|tren so|/\s*tong so)\s")
_DONE = re.compile(
    r"\s(?:duoc|da|dat|co|thuc hien|giai quyet|dung han|tiep nhan|cung cap|hoan thanh|su dung|tham gia|xu ly)(?:\s|$)"
)
_LEAD = re.compile(r"^(?:(?:nang cao|tang|dam bao|bao dam) )?(?:ty|ti) (?:le|trong) ?(?:%|phan tram)?\s*(?:so |cac )?")
_FEW_WORDS = 2
_NOT_SAID = "(bản in không "
_UNSAID = f"Tổng số {_NOT_SAID}nêu mẫu số)"
_UNNAMED = f"{{letter}} {_NOT_SAID}định nghĩa)"


def read_formula(wording: Wording) -> Reading | None:
    """Read a printed proportion as a ratio, with its floor and with what it says of nothing to count."""
    found = _only_formula(wording)
    if found is None:
        return None
    formula = found
    if reason := _does_not_fit(wording, formula):
        return Reading(None, 0.0, reason)
    rule = Ratio(*_names(wording, formula), _floor(wording), _when_empty(wording))
    named = not any(_NOT_SAID in name for name in (rule.numerator, rule.denominator))
    reason = f"Lời văn ghi công thức {quote(formula.printed)}."
    if not named:
        reason += " Bản in không nói rõ tử số, mẫu số; hãy điền."
    return _with_limits(
        wording, Reading(rule, 0.95 if named else 0.75, reason + _floor_words(rule.floor_percent)), rule
    )


def read_rate(wording: Wording) -> Reading | None:
    """Read a rate without a formula as a proportion: words that say so, or a title or single line "Tỷ lệ …"."""
    if len(wording.pointed) > 1 or any(row.points not in (None, wording.most) for row in wording.rows):
        return None
    place = _rate_place(wording)
    said = next((row for row in (*wording.rows, Row(wording.title, None)) if _BY_RATE.search(row.plain)), None)
    if place is None and said is None:
        return None
    rule = Ratio(*names_of_rate(place or wording.title), _floor(wording), _when_empty(wording))
    if said is not None:
        found = f"Lời văn {quote(said.text)} nói tính theo tỷ lệ.{_floor_words(rule.floor_percent)}"
        return _with_limits(wording, Reading(rule, 0.75, found), rule)
    reason = (
        f"{quote((place or wording.title).text)} là một tỷ lệ, bản in không ghi công thức: hiểu là tính theo tỷ lệ."
    )
    return Reading(rule, 0.6 if wording.rows else 0.4, reason)


def _rate_place(wording: Wording) -> Words | None:
    rates = [row.words for row in wording.rows if row.is_rate]
    if len(rates) == 1:
        return rates[0]
    return wording.title if not rates and _LEAD.match(wording.title.plain) and not wording.pointed[1:] else None


def _only_formula(wording: Wording) -> Formula | None:
    """The formula of a leaf whose other lines at most say when there is nothing."""
    others = [row for row in wording.pointed if row.points not in (0, wording.most)]
    earning = [row for row in wording.pointed if row.points and not _NOTHING_TO_COUNT.search(row.plain)]
    if others or len(earning) > 1:
        return None
    whole = words(" ; ".join(row.text for row in wording.rows))
    for place in (*(row.words for row in wording.rows), whole, wording.title):
        if found := formula_in(place):
            defined = formula_in(whole) if found.numerator is None and found.rate is None else None
            return defined or found
    return None


def _does_not_fit(wording: Wording, formula: Formula) -> str | None:
    if formula.divisor not in (None, HUNDRED):
        return (
            f"Công thức {quote(formula.printed)} chia cho {format_number(formula.divisor or HUNDRED)} %, "
            "không phải 100 %; hãy chọn «theo khoảng» rồi điền hệ số."
        )
    if formula.factor in (None, wording.most, HUNDRED) or wording.most is None:
        return None
    factor, most = format_number(formula.factor or HUNDRED), format_points(wording.most)
    return f"Công thức {quote(formula.printed)} nhân với {factor} nhưng điểm tối đa in {most}; hãy kiểm tra bản in."


def _names(wording: Wording, formula: Formula) -> tuple[str, str]:
    if formula.numerator and formula.denominator:
        return formula.numerator, formula.denominator
    if formula.rate is not None and len(formula.rate.split()) > _FEW_WORDS:
        return names_of_rate(words(f"Tỷ lệ {formula.rate}"))
    if formula.is_rate:
        return names_of_rate(wording.title)
    return formula.numerator or _UNNAMED.format(letter="a"), formula.denominator or _UNNAMED.format(letter="b")


def names_of_rate(said: Words) -> tuple[str, str]:
    """Name what a rate counts and what it is counted of: "Tỷ lệ hồ sơ giải quyết đúng hạn".

    >>> names_of_rate(words("Tỷ lệ hồ sơ giải quyết đúng hạn"))
    ('Số hồ sơ giải quyết đúng hạn', 'Tổng số hồ sơ')
    """
    lead = _LEAD.match(said.plain)
    start = lead.end() if lead else 0
    if found := _OF.search(said.plain, start):
        return f"Số {said.said(start, found.start())}", _counted(said.said(found.end(), len(said.text)))
    numerator = said.said(start, len(said.text))
    done = _DONE.search(said.plain, start)
    if lead is None:
        return f"Kết quả đạt được: {numerator}", _UNSAID
    if done is None or done.start() <= start:
        return f"Số {numerator}", _UNSAID
    return f"Số {numerator}", f"Tổng số {said.said(start, done.start())}"


def _counted(text: str) -> str:
    return text if text.casefold().startswith(("số", "tổng số")) else f"Tổng số {text}"


def _floor(wording: Wording) -> Decimal | None:
    for row in (*wording.rows, Row(wording.title, None)):
        if said := _FLOOR.search(row.plain):
            return _percent(said)
        if row.points == 0 and (below := _BELOW.search(row.plain)):
            return number(below[1])
    return None


def _percent(found: re.Match[str]) -> Decimal | None:
    """Read "70%", and "0,7" as a share of one; None for what counts something else."""
    value = number(found[1])
    if value is None or found[2]:
        return value
    return value * HUNDRED if value <= 1 else None


def _with_limits(wording: Wording, found: Reading, rule: Ratio) -> Reading:
    """Say that the print names a limit of which no floor was read."""
    places = (*wording.rows, Row(wording.title, None))
    limits = ((row, said) for row in places if (said := _LIMIT.search(row.plain)))
    row, limit = next(limits, (None, None))
    if row is None or limit is None or rule.floor_percent is not None:
        return found
    shown = quote(row.words.said(*limit.span()))
    reason = f"{found.reason} Bản in còn nêu giới hạn {shown} mà cách tính này chưa có; hãy kiểm tra."
    return Reading(found.rule, min(found.confidence, 0.5), reason)


def _floor_words(floor: Decimal | None) -> str:
    return "" if floor is None else f" Dưới {format_number(floor)} % không có điểm."


def _when_empty(wording: Wording) -> EmptyDenominator:
    said = any(_NOTHING_TO_COUNT.search(row.plain) for row in wording.rows)
    return EmptyDenominator.FULL if said else EmptyDenominator.REFUSE
