"""Rules that a filled template writes out: certain, so nothing of them is guessed."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from cchc_core.rubric_in.fields import Field
from cchc_core.rubric_in.model import Proposal
from cchc_core.rubric_in.outline import Found
from cchc_core.rubric_in.template_words import RATIO_ITEM, RULE_KINDS
from cchc_core.rubric_in.texts import one_line
from cchc_core.rules.decimals import parse_vietnamese
from cchc_core.rules.kinds import (
    PERCENT,
    Band,
    Bands,
    Checklist,
    Compare,
    Count,
    External,
    Item,
    Level,
    Levels,
    Manual,
    Ratio,
    Rule,
)
from cchc_core.rules.problems import AmbiguousNumber, NotANumber
from cchc_core.text import fold

_REASON: Final = "Ghi rõ trong tệp mẫu."
_BY_HAND: Final = "Chấm bằng tay theo tệp mẫu."
_STEP: Final = Decimal("0.0001")
_OPTION: Final = re.compile(r"(.+?)\s*[:|=]\s*([\d.,]+)\s*(?:điểm|đ)?\s*", re.IGNORECASE | re.DOTALL)
_RANGE: Final = re.compile(
    r"(?:(?P<from>tu|tren|lon hon) (?P<low>[\d.,]+))?\s*"
    r"(?:-?\s*(?P<to>den duoi|den|duoi|nho hon|khong qua) (?P<high>[\d.,]+))?"
    r"(?:\s*tro (?P<open>len|xuong))?"
)
_EXPECTED: Final = "mỗi dòng một mức, dạng «nội dung: điểm», ví dụ «Có ban hành: 0,5»"


class BadRule(Exception):
    """What is written is no such rule; ``about`` is the column that says so."""

    def __init__(self, about: Field, problem: str, to_do: str) -> None:
        self.about = about
        self.problem = problem
        self.to_do = to_do
        super().__init__(problem)


def written_rule(kind: str, options: str, ratio: tuple[str, str], node: Found) -> Proposal:
    """Build the rule that the columns «Cách tính», «Phương án/mức», «Tử số» and «Mẫu số» write out. Raises BadRule."""
    kinds = {fold(name): name for name in RULE_KINDS}
    name = kinds.get(fold(kind))
    if name is None:
        raise BadRule(Field.RULE, f"không có cách tính «{kind[:60]}»", f"Hãy chọn một trong: {', '.join(RULE_KINDS)}.")
    rule = _MAKERS[RULE_KINDS[name]]([one_line(line) for line in options.split("\n") if line.strip()], ratio, node)
    return Proposal(rule, 1.0, _REASON)


def _levels(options: Sequence[str], _ratio: tuple[str, str], _node: Found) -> Rule:
    return Levels(tuple(Level(text, points) for text, points in _options(options, 2)))


def _checklist(options: Sequence[str], _ratio: tuple[str, str], _node: Found) -> Rule:
    items = []
    for text, points in _options(options, 1):
        is_ratio = fold(text).endswith(fold(RATIO_ITEM))
        items.append(Item(text[: -len(RATIO_ITEM)].strip() if is_ratio else text, points, is_ratio))
    return Checklist(tuple(items))


def _ratio(options: Sequence[str], ratio: tuple[str, str], _node: Found) -> Rule:
    for column, text in zip((Field.NUMERATOR, Field.DENOMINATOR), ratio, strict=True):
        if not text:
            raise BadRule(column, "cách tính «Theo tỷ lệ» cần ô này", "Hãy ghi đếm cái gì, ví dụ «Số hồ sơ đúng hạn».")
    floor = next((found[1] for option in options if (found := re.match(r"duoi ([\d.,]+)", fold(option)))), None)
    return Ratio(*ratio, floor_percent=None if floor is None else _number(floor))


def _bands(options: Sequence[str], ratio: tuple[str, str], node: Found) -> Rule:
    bands = tuple(_band(text, points) for text, points in _options(options, 1))
    is_percent = any("%" in option for option in options)
    return Bands(ratio[0] or node.title, PERCENT if is_percent else ratio[1] or "đơn vị", bands)


def _band(text: str, points: Decimal) -> Band:
    found = _RANGE.fullmatch(" ".join(re.sub(r"%|\blần\b", " ", fold(text)).split()))
    if found is None or not (found["low"] or found["high"]):
        raise BadRule(
            Field.OPTIONS,
            f"«{text[:60]}» không phải là một khoảng",
            "Hãy ghi kiểu «Từ 80 đến dưới 100: 0,5», «Trên 95: 1», «Dưới 80: 0».",
        )
    low, high = (None if found[name] is None else _number(found[name]) for name in ("low", "high"))
    return Band(low, high, found["from"] == "tu", found["to"] in ("den", "khong qua"), points)


def _count(options: Sequence[str], ratio: tuple[str, str], node: Found) -> Rule:
    read = _options(options, 2)
    for place, (text, _) in enumerate(read):
        if re.match(rf"{place}\b", text) is None:
            raise BadRule(
                Field.OPTIONS,
                f"«{text[:60]}» đứng ở chỗ của {place} trường hợp",
                "Hãy ghi lần lượt 0, 1, 2 …, dòng cuối là «… trở lên», ví dụ «0: 2,0», «1: 1,5», «2 trở lên: 0».",
            )
    return Count(ratio[0] or node.title, tuple(points for _, points in read))


def _compare(options: Sequence[str], ratio: tuple[str, str], node: Found) -> Rule:
    read = {fold(text).split()[0]: points for text, points in _options(options, 3)}
    if set(read) != {"cao", "bang", "thap"}:
        raise BadRule(
            Field.OPTIONS,
            "cách tính «So với năm trước» cần đủ ba mức",
            "Hãy ghi ba dòng «Cao hơn: …», «Bằng: …», «Thấp hơn: …».",
        )
    return Compare(ratio[0] or node.title, read["cao"], read["bang"], read["thap"])


def _external(options: Sequence[str], ratio: tuple[str, str], _node: Found) -> Rule:
    return External(" ".join(options) or ratio[0] or "Bên ngoài chấm")


def _manual(options: Sequence[str], _ratio: tuple[str, str], _node: Found) -> Rule:
    return Manual(_STEP, " ".join(options) or _BY_HAND)


_MAKERS: Final[Mapping[str, Callable[[Sequence[str], tuple[str, str], Found], Rule]]] = {
    "levels": _levels,
    "checklist": _checklist,
    "ratio": _ratio,
    "bands": _bands,
    "count": _count,
    "compare": _compare,
    "external": _external,
    "manual": _manual,
}


def _options(lines: Sequence[str], fewest: int) -> list[tuple[str, Decimal]]:
    read = []
    for line in lines:
        found = _OPTION.fullmatch(line)
        if found is None:
            raise BadRule(Field.OPTIONS, f"dòng «{line[:60]}» không có điểm ở cuối", f"Hãy ghi {_EXPECTED}.")
        read.append((found[1].strip(), _number(found[2])))
    if len(read) < fewest:
        raise BadRule(Field.OPTIONS, f"cần ít nhất {fewest} dòng, mới có {len(read)}", f"Hãy ghi {_EXPECTED}.")
    return read


def _number(text: str) -> Decimal:
    try:
        return parse_vietnamese(text.rstrip(".,"))
    except (AmbiguousNumber, NotANumber) as why:
        raise BadRule(
            Field.OPTIONS, f"«{text}» không đọc được thành một số", "Hãy ghi số với dấu phẩy thập phân, ví dụ 0,5."
        ) from why
