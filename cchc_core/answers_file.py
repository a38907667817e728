"""ANSWERS.json: answers by criterion code, read and scored, or every problem named by its code.

Nothing is scored when anything is wrong.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from cchc_core.rubric.capping import capped
from cchc_core.rubric.model import Rubric
from cchc_core.rules.answers import EMPTY, Entry, read_entry
from cchc_core.rules.decimals import MOST_CHARACTERS
from cchc_core.rules.explain import one_line
from cchc_core.rules.kinds import Leaf
from cchc_core.rules.problems import AnswerRefused
from cchc_core.rules.scoring import YEAR_END, PeriodView, Score, score

MOST_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """One problem: the criterion's code (None for the file as a whole) and a Vietnamese sentence."""

    code: str | None
    problem: str


class AnswersRefused(ValueError):
    """Answers with problems; ``problems`` names every one and nothing was scored."""

    def __init__(self, problems: tuple[AnswerProblem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(f"{problem.code or 'tệp'}: {problem.problem}" for problem in problems))


@dataclass(frozen=True, slots=True)
class _Unreadable:
    """Stands for an answer in which a key is doubled, so that it is named with all other problems."""

    problem: str


class _Doubled(dict[str, object]):
    """An object of the file in which some keys stand more than once."""

    names: tuple[str, ...] = ()


def read_answers(text: str) -> dict[str, object]:
    """Read the text of an ANSWERS.json into raw answers by code. Raises AnswersRefused for what is no such file.

    A doubled key is left to :func:`score_answers`, which names it together with every other problem.
    """
    if len(text) > MOST_BYTES:
        raise _file_problem(f"tệp lớn quá {MOST_BYTES // 1_000_000} MB; hãy kiểm tra lại.")
    try:
        document = json.loads(
            text, object_pairs_hook=_object, parse_float=_decimal, parse_int=_whole, parse_constant=_decimal
        )
    except json.JSONDecodeError as why:
        place = f"dòng {why.lineno}, cột {why.colno}"
        raise _file_problem(f"không phải JSON đúng cú pháp ({place}); hãy sửa tệp.") from None
    except RecursionError:
        raise _file_problem("tệp lồng quá sâu; hãy kiểm tra lại.") from None
    return _answers_of(document)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    counts = Counter(name for name, _ in pairs)
    if len(counts) == len(pairs):
        return dict(pairs)
    doubled = _Doubled(pairs)
    doubled.names = tuple(name for name, count in counts.items() if count > 1)
    return doubled


def _decimal(number: str) -> Decimal:
    """Read a number, or NaN where none can hold it: the answer is then refused by its code, not the whole file."""
    try:
        return Decimal(number)
    except InvalidOperation:
        return Decimal("NaN")


def _whole(number: str) -> int | Decimal:
    return int(number) if len(number) <= MOST_CHARACTERS else Decimal("NaN")


def _answers_of(document: object) -> dict[str, object]:
    if not isinstance(document, dict) or not isinstance(document.get("answers"), dict):
        raise _file_problem('thiếu khoá answers: cần dạng {"answers": {"mã": {…}}}.')
    if isinstance(document, _Doubled):
        raise _file_problem(f"khoá {_listed(document.names)} ghi hai lần; hãy bỏ một.")
    extra = sorted(set(document) - {"answers"})
    if extra:
        raise _file_problem(f"thừa khoá {_listed(extra)}; chỉ cần khoá answers.")
    answers: dict[str, object] = document["answers"]
    twice = answers.names if isinstance(answers, _Doubled) else ()
    return {code: _one_answer(raw, is_double=code in twice) for code, raw in answers.items()}


def _one_answer(raw: object, *, is_double: bool) -> object:
    if is_double:
        return _Unreadable("mã này ghi hai lần; hãy bỏ một.")
    inside = [raw]
    while inside:
        value = inside.pop()
        if isinstance(value, _Doubled):
            return _Unreadable(f"khoá {_listed(value.names)} ghi hai lần; hãy bỏ một.")
        if isinstance(value, dict):
            inside.extend(value.values())
        elif isinstance(value, list):
            inside.extend(value)
    return raw


def _listed(names: Iterable[str]) -> str:
    return ", ".join(one_line(name[:MOST_CHARACTERS]) for name in names)


def _file_problem(sentence: str) -> AnswersRefused:
    return AnswersRefused((AnswerProblem(None, sentence),))


def score_answers(rubric: Rubric, answers: Mapping[str, object], period: PeriodView = YEAR_END) -> dict[str, Score]:
    """Score every leaf of a criteria set from raw answers by code; an absent leaf is missing, or awaiting if external.

    Caps on bonuses and penalties are held. Raises AnswersRefused naming every problem by its code.
    """
    leaves = {leaf.code: leaf.scored for leaf in rubric.leaves}
    groups = {criterion.code for criterion in rubric.criteria}
    groups |= {section.code for section in rubric.sections} | {part.code for part in rubric.parts}
    problems = [AnswerProblem(code, _not_a_leaf(code, groups)) for code in answers if code not in leaves]
    scores: dict[str, Score] = {}
    for code, leaf in leaves.items():
        try:
            scores[code] = score(leaf, _entry(leaf, answers, code), period)
        except AnswerRefused as why:
            problems.extend(AnswerProblem(code, sentence) for sentence in why.problems)
    if problems:
        order = {criterion.code: index for index, criterion in enumerate(rubric.criteria)}
        raise AnswersRefused(tuple(sorted(problems, key=lambda p: order.get(p.code or "", -1))))
    return dict(capped(rubric, scores))


def _entry(leaf: Leaf, answers: Mapping[str, object], code: str) -> Entry:
    if code not in answers:
        return EMPTY
    raw = answers[code]
    if isinstance(raw, _Unreadable):
        raise AnswerRefused(raw.problem)
    if raw == {}:
        raise AnswerRefused("câu trả lời trống; hãy điền vào, hoặc bỏ mã này khỏi tệp nếu chưa chấm.")
    return read_entry(leaf, raw)


def _not_a_leaf(code: str, groups: set[str]) -> str:
    if code in groups:
        return "đây là nhóm, không chấm trực tiếp; hãy chấm các tiêu chí bên dưới."
    return "bộ tiêu chí không có mã này; hãy kiểm tra lại mã."
