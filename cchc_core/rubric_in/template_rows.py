"""Rows of a filled template: what each row is, and rules that are written out and therefore certain."""

from typing import Final

from cchc_core.rubric.bodies import BODY_KIND_NAMES, BodyKind
from cchc_core.rubric_in.fields import Field
from cchc_core.rubric_in.outline import Found
from cchc_core.rubric_in.table_rows import Line
from cchc_core.rubric_in.template_rules import BadRule, written_rule
from cchc_core.rubric_in.template_words import APPLIES_TO_ALL, BONUS, EXAMPLE, KINDS, LINE_KIND, PENALTY
from cchc_core.text import fold
from cchc_core.workbook_in.model import Problem

LINE: Final = "line"


def has_kind(line: Line) -> bool:
    """Tell whether a row says what it is."""
    return bool(line.own_text(Field.KIND))


def is_example(line: Line) -> bool:
    """Tell whether a row is one of the examples that the template came with."""
    return fold(line.own_text(Field.KIND)).startswith(fold(EXAMPLE))


def kind_of_row(line: Line) -> tuple[str, Problem | None]:
    """Give what a row says it is: part, section, criterion or line."""
    said = line.own_text(Field.KIND)
    kinds = {fold(name): kind.value for name, kind in KINDS.items()} | {fold(LINE_KIND): LINE}
    found = kinds.get(fold(said))
    if found is not None:
        return found, None
    names = ", ".join((*KINDS, LINE_KIND))
    return "", line.problem(
        Field.KIND, f"«{said[:60]}» không phải là một loại dòng", f"Hãy chọn một trong các loại: {names}."
    )


def no_code(line: Line) -> Problem:
    """Say that a row which is a criterion has no code."""
    return line.problem(
        Field.CODE,
        f"dòng loại «{line.own_text(Field.KIND)}» chưa có mã",
        f"Hãy ghi mã (I, 1, 1.1 …), hoặc đổi loại dòng thành «{LINE_KIND}».",
    )


def explain(line: Line, node: Found) -> list[Problem]:
    """Take over what the columns of the template say of a node; name what cannot be understood."""
    problems: list[Problem] = []
    _take_bodies(line, node, problems)
    _take_effect(line, node, problems)
    if line.own_text(Field.RULE):
        try:
            node.proposal = written_rule(
                line.own_text(Field.RULE),
                line.own_text(Field.OPTIONS),
                (line.own_text(Field.NUMERATOR), line.own_text(Field.DENOMINATOR)),
                node,
            )
        except BadRule as why:
            problems.append(line.problem(why.about, why.problem, why.to_do))
    return problems


def _take_bodies(line: Line, node: Found, problems: list[Problem]) -> None:
    known = {fold(name): kind for kind, name in BODY_KIND_NAMES.items()}
    kinds: list[BodyKind] = []
    for said in filter(None, (part.strip() for part in line.own_text(Field.APPLIES_TO).split(";"))):
        if (kind := known.get(fold(said))) is not None:
            kinds.append(kind)
        elif fold(said) != fold(APPLIES_TO_ALL):
            to_do = f"Hãy ghi một hoặc nhiều loại, cách nhau bằng dấu «;»: {'; '.join(BODY_KIND_NAMES.values())}."
            problems.append(line.problem(Field.APPLIES_TO, f"không có loại cơ quan, đơn vị «{said[:60]}»", to_do))
    node.applies_to = tuple(dict.fromkeys(kinds))


def _take_effect(line: Line, node: Found, problems: list[Problem]) -> None:
    said = line.own_text(Field.EFFECT)
    node.is_bonus = fold(said) == fold(BONUS)
    node.is_penalty = node.is_penalty or fold(said) == fold(PENALTY)
    if said and not (node.is_bonus or node.is_penalty):
        to_do = f"Hãy chọn «{BONUS}» hoặc «{PENALTY}», hoặc để trống."
        problems.append(line.problem(Field.EFFECT, f"«{said[:60]}» không phải là thưởng hay trừ", to_do))
