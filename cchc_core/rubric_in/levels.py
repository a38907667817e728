"""Tables whose levels stand in columns side by side: «Lĩnh vực», «Tiêu chí», «Tiêu chí thành phần»."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from cchc_core.rubric_in.codes import parse_code, split_title
from cchc_core.rubric_in.fields import Field
from cchc_core.rubric_in.table_rows import Line
from cchc_core.rubric_in.texts import one_line


def by_levels(lines: Iterable[Line]) -> tuple[list[Line], list[str]]:
    """Part each row into one for each level that begins in it; rows of other tables stay as they are.

    A level without a printed code gets one by its order, which a note says.
    """
    levels, found = _Levels(), []
    for line in lines:
        columns = line.table.header.columns.get(Field.TITLE, ())
        found += levels.parted(line, columns) if len(columns) > 1 else [line]
    return found, levels.notes


@dataclass
class _Levels:
    codes: list[str] = field(default_factory=list)
    counts: dict[tuple[str, ...], int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def parted(self, line: Line, columns: tuple[int, ...]) -> list[Line]:
        filled = [level for level, column in enumerate(columns) if _begins(line, column)]
        if not filled:
            return [line]
        begun = self._begun(filled, [one_line(line.row.cell(column).text) for column in columns])
        return [self._one(line, columns, level, is_last=level == begun[-1]) for level in begun]

    def _begun(self, filled: list[int], texts: list[str]) -> list[int]:
        """Leave out outer levels that only repeat in every row what goes on, as filled-in columns do."""
        same = 0
        while same < filled[-1] and same in filled and texts[same : same + 1] == self.texts[same : same + 1]:
            same += 1
        self.texts = [*self.texts[: filled[0]], *texts[filled[0] : filled[-1] + 1]]
        return [level for level in filled if level >= same]

    def _one(self, line: Line, columns: tuple[int, ...], level: int, *, is_last: bool) -> Line:
        """Give the part of a row that belongs to one level; points and all else belong to the innermost one."""
        text = line.row.cell(columns[level]).text
        if is_last and level and _is_line(text):
            return replace(line, texts={**line.texts, Field.TITLE: text}, own=line.own - {Field.CODE})
        split = split_title(text)
        code, title = (split[0].text, split[1]) if split else (self._counted(line, level, is_last=is_last), text)
        self.codes[level:] = [code] if len(self.codes) >= level else []
        texts = {**line.texts} if is_last else {}
        own = line.own if is_last else frozenset[Field]()
        return replace(line, texts={**texts, Field.CODE: code, Field.TITLE: title}, own=own | {Field.CODE, Field.TITLE})

    def _counted(self, line: Line, level: int, *, is_last: bool) -> str:
        above = tuple(self.codes[:level])
        number = self.counts[above] = self.counts.get(above, 0) + 1
        printed = parse_code(line.own_text(Field.CODE)) if is_last else None
        if printed is not None and len(printed.tokens) == level + 1:
            return printed.text
        if not self.notes:
            self.notes.append(f"{line.place()}: bảng không in mã ở từng cấp; mã được đánh theo thứ tự (1, 1.1, 1.1.1).")
        return ".".join((*above[-1:], str(number)))


def _begins(line: Line, column: int) -> bool:
    cell = line.row.cell(column)
    return bool(cell.text) and not cell.is_below


def _is_line(text: str) -> bool:
    return text.lstrip()[:1] in "-–+•*"
