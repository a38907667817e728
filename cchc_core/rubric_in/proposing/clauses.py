"""What a leaf says besides its rule: when it does not apply, when its points are void, whether it adds or takes off."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cchc_core.rubric_in.model import ImportedNode
from cchc_core.rubric_in.proposing.wording import Row, Wording, Words, with_rows, words
from cchc_core.rules.kinds import Effect
from cchc_core.text import fold

_LOWERED = re.compile(
    r"\bha (?:diem )?chuan\b|\bkhong tinh (?:vao )?(?:tong )?diem chuan\b|\btru (?:vao )?(?:tong )?diem chuan\b"
    r"|(?:\bthi|[:(])\s*khong ap dung\b|\bkhong ap dung (?:tieu chi|noi dung nay|cham|danh gia)\b"
    r"|\b(?:loai|tru) (?:tru )?(?:ra )?khoi (?:tong )?diem\b|\bkhong (?:tinh|danh gia|cham) (?:diem )?tieu chi nay\b"
)
_ONLY_FOR = re.compile(r"\b(?:chi )?ap dung (?:doi )?voi [^();]{4,}|\bchi ap dung (?:cho|tai|khi) [^();]{4,}")
_NO_POINTS = r"(?:0 diem|khong (?:duoc |co )?(?:tinh |cham |cong nhan )?diem|huy (?:toan bo )?(?:diem|ket qua))"
_VOID = re.compile(
    r"\bneu [^.;()]{0,200}"
    r"(?:phat hien|gia mao|chinh sua|sai su that|khong trung thuc|khong dung su that)[^.;()]{0,200}"
    rf"{_NO_POINTS}"
    r"|\bhuy (?:toan bo )?(?:diem|ket qua)(?: cham)?(?: diem)?(?: cua)?(?: tieu chi| noi dung)?\b"
)
# Spelled out: folded, "điểm cộng" is also "thời điểm công khai", and "điểm thưởng" "điểm thường trực".
_BONUS = re.compile(r"\bđiểm (?:thưởng|cộng)\b|\b(?:cộng|thưởng) (?:thêm )?điểm\b|\bcộng thêm\b")
_PENALTY = re.compile(r"\bđiểm trừ\b|\btrừ điểm\b(?! chuẩn)|\bđiểm phạt\b")
_ADDS = re.compile(r"\b(?:cộng|thưởng)(?: thêm)? [-+]?\d")
_TAKES_OFF = re.compile(r"\btrừ(?: đi)? [-−]?\d")
_NOTED = re.compile(r"điểm (?:thưởng|trừ)\b")
_SENTENCES = re.compile(r"[;\n]\s*|\.\s+(?=\S)")
_HELD_IN = re.compile(r"\(([^()]{10,})\)")


def without_clauses(wording: Wording, node: ImportedNode) -> tuple[Wording, str | None, str | None]:
    """Take the not-applicable and the void clause out of the lines; both may also stand in the title, note or evidence.

    Gives the leaf without them, and the two texts as printed.
    """
    kept: list[Row] = []
    lowered: list[str] = []
    void: list[str] = []
    for row in wording.rows:
        rest = _kept_of(row, lowered, void)
        if rest is not None:
            kept.append(rest)
    lowered.extend(_lowered_elsewhere(wording.title, node))
    void.extend(_void_elsewhere(node))
    return with_rows(wording, kept), _first(lowered), _first(void)


def _first(texts: Sequence[str]) -> str | None:
    return texts[0] if texts else None


def _kept_of(row: Row, lowered: list[str], void: list[str]) -> Row | None:
    if not (_LOWERED.search(row.plain) or _VOID.search(row.plain)):
        return row
    rest = []
    for sentence in _SENTENCES.split(row.text):
        said = words(sentence)
        if _LOWERED.search(said.plain):
            lowered.append(said.text.strip(" .:"))
        elif _VOID.search(said.plain):
            void.append(said.text.strip(" ."))
        else:
            rest.append(sentence)
    return replace(row, words=words("; ".join(rest))) if any(part.strip() for part in rest) else None


def _lowered_elsewhere(title: Words, node: ImportedNode) -> Iterator[str]:
    note = words((node.texts or {}).get("note", ""))
    for place in (title, note):
        if found := _ONLY_FOR.search(place.plain):
            yield place.said(*found.span())
    for sentence in (*_SENTENCES.split(note.text), *_HELD_IN.findall(title.text)):
        if _LOWERED.search(fold(sentence)):
            yield sentence.strip(" .:")


def _void_elsewhere(node: ImportedNode) -> Iterator[str]:
    for text in (node.title, (node.texts or {}).get("note", ""), *(proof.text for proof in node.evidence)):
        said = words(text)
        if found := _VOID.search(said.plain):
            yield said.said(*found.span())


def effect_of(wording: Wording, node: ImportedNode) -> Effect:
    """Tell a bonus or a penalty by the sign of its maximum, its title, the titles above it and, last, its lines."""
    if node.max_points is not None and node.max_points < 0:
        return Effect.PENALTY
    # A note counts only where it begins with it: elsewhere it may speak of others.
    told = _NOTED.match(words((node.texts or {}).get("note", "")).spelled)
    # The nearest heading decides: «Điểm thưởng» below «Điểm thưởng, điểm trừ».
    above = (each.spelled for each in reversed(wording.path))
    for place in (told[0] if told else "", wording.title.spelled, *above):
        adds, takes_off = _BONUS.search(place) is not None, _PENALTY.search(place) is not None
        if adds != takes_off:
            return Effect.BONUS if adds else Effect.PENALTY
        if adds:
            return _by_lines(wording, node)
    return Effect.NORMAL


def is_unclear(wording: Wording) -> bool:
    """Tell whether bonuses and penalties are spoken of above a leaf without a word on which of both it is."""
    return any(_BONUS.search(each.spelled) and _PENALTY.search(each.spelled) for each in wording.path)


def _by_lines(wording: Wording, node: ImportedNode) -> Effect:
    said = [wording.title.spelled, *(row.words.spelled for row in wording.rows)]
    below_zero = any(line.points is not None and line.points < 0 for line in node.lines)
    if below_zero or any(_TAKES_OFF.search(text) for text in said):
        return Effect.PENALTY
    return Effect.BONUS if any(_ADDS.search(text) for text in said) else Effect.NORMAL
