"""A rule as a draft keeps it, in words."""

from typing import Any

from pydantic import TypeAdapter, ValidationError

from cchc_core.rule_schema import RuleFile
from ui.rubrics.rule_words import rule_lines

_RULES: TypeAdapter[RuleFile] = TypeAdapter(RuleFile)


def lines_of(rule: dict[str, Any]) -> tuple[str, ...]:
    """Say how a kept rule gives points, as Markdown; nothing of one that a newer product wrote."""
    try:
        return rule_lines(_RULES.validate_python(rule).to_rule())
    except ValidationError:
        return ()
