"""The sums of lost points by section, by responsible unit or by reason, as a table."""

from collections.abc import Iterable
from typing import Final

from cchc_core.attention import Group
from cchc_core.rubric.model import Rubric
from cchc_core.rules.decimals import ZERO
from cchc_core.table import Field, Kind, Table, made
from cchc_core.titles import sentence_case

SUM: Final = "Cộng"


def group_table(key: str, name: str, groups: Iterable[Group], rubric: Rubric) -> Table:
    """List groups that every item is in just one of, with their sum as the last row.

    ``name`` says what the groups are: lĩnh vực, đơn vị phụ trách, lý do.
    """
    groups = tuple(groups)
    total = Group("", SUM, sum(group.count for group in groups), sum((group.at_stake for group in groups), ZERO))
    codes = {section.code for section in rubric.sections}
    fields: tuple[Field[Group], ...] = (
        Field(name, Kind.TEXT, lambda group: _named(group, is_section=group.key in codes)),
        Field("Số tiêu chí", Kind.COUNT, lambda group: group.count),
        Field("Điểm", Kind.POINTS, lambda group: group.at_stake),
    )
    title = f"Điểm mất, chưa chấm, chưa xác nhận theo {name.lower()}"
    return made(key, title, fields, [*groups, total], is_illustrative=rubric.is_illustrative)


def _named(group: Group, *, is_section: bool) -> str:
    return f"{group.key} {sentence_case(group.name)}" if is_section else group.name
