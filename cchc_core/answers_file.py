"""ANSWERS.json: answers by criterion code, read and scored, or every problem named by its code.

Nothing is scored when anything is wrong.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cchc_core.rubric.model import Rubric
from cchc_core.rules.answers import EMPTY, read_entry
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


def read_answers(text: str) -> dict[str, object]:
    """Read the text of an ANSWERS.json into raw answers by code. Raises AnswersRefused."""
    if len(text) > MOST_BYTES:
        raise _file_problem(f"tệp lớn quá {MOST_BYTES // 1_000_000} MB; hãy kiểm tra lại.")
    duplicates: list[str] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        duplicates.extend(sorted({name for name in names if names.count(name) > 1}))
        return dict(pairs)

    try:
        document = json.loads(text, object_pairs_hook=unique, parse_float=Decimal, parse_constant=_no_constant)
    except (ValueError, RecursionError, ArithmeticError) as why:
        raise _file_problem(f"không phải JSON đúng cú pháp ({why}); hãy sửa tệp.") from None
    if duplicates:
        problems = (AnswerProblem(name, "khoá này ghi hai lần; hãy bỏ một.") for name in dict.fromkeys(duplicates))
        raise AnswersRefused(tuple(problems))
    return _answers_of(document)


def _answers_of(document: object) -> dict[str, object]:
    if not isinstance(document, dict) or not isinstance(document.get("answers"), dict):
        raise _file_problem('thiếu khoá answers: cần dạng {"answers": {"mã": {…}}}.')
    extra = sorted(set(document) - {"answers"})
    if extra:
        raise _file_problem(f"thừa khoá {', '.join(extra)}; chỉ cần khoá answers.")
    answers: dict[str, object] = document["answers"]
    return answers


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} không phải là số")


def _file_problem(sentence: str) -> AnswersRefused:
    return AnswersRefused((AnswerProblem(None, sentence),))


def score_answers(rubric: Rubric, answers: Mapping[str, object], period: PeriodView = YEAR_END) -> dict[str, Score]:
    """Score every leaf of a criteria set from raw answers by code; an absent leaf is missing, or awaiting if external.

    Raises AnswersRefused naming every problem by its code.
    """
    leaves = {leaf.code: leaf.scored for leaf in rubric.leaves}
    groups = {criterion.code for criterion in rubric.criteria} | {section.code for section in rubric.sections}
    problems = [AnswerProblem(code, _not_a_leaf(code, groups)) for code in answers if code not in leaves]
    scores: dict[str, Score] = {}
    for code, leaf in leaves.items():
        try:
            entry = read_entry(leaf, answers[code]) if code in answers else EMPTY
            scores[code] = score(leaf, entry, period)
        except AnswerRefused as why:
            problems.extend(AnswerProblem(code, sentence) for sentence in why.problems)
    if problems:
        order = {criterion.code: index for index, criterion in enumerate(rubric.criteria)}
        raise AnswersRefused(tuple(sorted(problems, key=lambda p: order.get(p.code or "", -1))))
    return scores


def _not_a_leaf(code: str, groups: set[str]) -> str:
    if code in groups:
        return "đây là nhóm, không chấm trực tiếp; hãy chấm các tiêu chí bên dưới."
    return "bộ tiêu chí không có mã này; hãy kiểm tra lại mã."
