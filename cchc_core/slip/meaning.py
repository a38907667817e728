"""What the input cells of a criterion say: an entry and a note, or what is wrong with which cell."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from cchc_core.rubric.model import Criterion
from cchc_core.rules.answers import EMPTY, read_entry
from cchc_core.rules.decimals import MOST_DIGITS_AFTER, decimals_of, format_number, parse_plain, parse_vietnamese
from cchc_core.rules.entries import Entry
from cchc_core.rules.kinds import Levels
from cchc_core.rules.problems import AmbiguousNumber, AnswerRefused, NotANumber
from cchc_core.rules.scoring import PeriodView
from cchc_core.slip.fields import (
    CONFIRMED,
    ITEM,
    LEVEL,
    NONE,
    NOT_APPLICABLE,
    NOT_DUE,
    NOTE,
    VOIDED,
    Field,
    Kind,
    Value,
    fields_of,
    level_texts,
)
from cchc_core.slip.model import CellIn, CriterionIn, Problem
from cchc_core.slip.names import MARK
from cchc_core.text import clean_line, fold
from cchc_core.workbook.texts import cell_text
from cchc_core.workbook_in.model import Cell, Mark

MEND: Final = "Hãy sửa ô này trong phiếu, lưu rồi tải lên lại."
_NOTHING_TYPED: Final = Cell("")
_NUMBERS: Final = frozenset({Mark.NUMBER, Mark.PERCENT})
_MARKS: Final = frozenset({Mark.DATE, Mark.FORMULA, Mark.ERROR, Mark.OLD_FONT})


@dataclass(frozen=True, slots=True)
class Meaning:
    """A criterion of a slip: what it was written with, and what it says now; with problems it says nothing."""

    before: Entry
    before_note: str
    entry: Entry
    note: str
    problems: tuple[Problem, ...] = ()
    confirms: bool = False


class _Wrong(Exception):
    def __init__(self, field: str, problem: str, to_do: str = MEND) -> None:
        self.field, self.problem, self.to_do = field, problem, to_do
        super().__init__(problem)


def mean(leaf: Criterion, period: PeriodView, given: CriterionIn) -> Meaning:
    """Read what the cells of a criterion say; cells that nobody touched say exactly what was written into them."""
    try:
        before = read_entry(leaf.scored, given.entry_json) if given.entry_json else EMPTY
    except AnswerRefused:
        why = "phần ẩn của phiếu ghi kết quả cũ không hợp với tiêu chí"
        to_do = "Hãy nhập lại vào phiếu mới tải về."
        return Meaning(EMPTY, "", EMPTY, "", (Problem(_first_place(given), why, to_do, leaf.code),))
    return _Reader(leaf, period, given, before).read()


def _first_place(given: CriterionIn) -> str:
    return next((cell.place for cell in given.cells.values()), f"Tiêu chí {given.code}")


class _Reader:
    """Reads one criterion."""

    def __init__(self, leaf: Criterion, period: PeriodView, given: CriterionIn, before: Entry) -> None:
        self._leaf, self._given, self._before = leaf, given, before
        waiting = CONFIRMED in given.cells
        listed = fields_of(leaf, period, before, given.note, is_unconfirmed=waiting)
        self._fields = {field.name: field for field in listed}
        self._confirms = False
        self._wrong: list[Problem] = []

    def read(self) -> Meaning:
        """Give the meaning, or every problem of the cells."""
        names = [name for name, field in self._fields.items() if field.kind is not Kind.CLOSED]
        lost = [name for name in names if name not in self._given.cells]
        touched = [name for name in names if name not in lost and not self._is_untouched(name)]
        entry, note = self._before, self._given.note
        self._refuse_closed()
        if lost:
            why = "phiếu thiếu dòng của tiêu chí này"
            self._add(_first_place(self._given), why, "Đừng xoá dòng của phiếu; hãy nhập lại vào phiếu mới tải về.")
        elif touched:
            note = self._note() if NOTE in touched else note
            self._confirms = CONFIRMED in touched and self._is_marked(CONFIRMED)
            entry = self._entry() if set(touched) - {NOTE, CONFIRMED} else entry
        if self._wrong:
            entry, note = self._before, self._given.note
        return Meaning(self._before, self._given.note, entry, note, tuple(self._wrong), self._confirms)

    def _refuse_closed(self) -> None:
        """Tell of what is typed where nothing can be taken, so that none of it is lost without a word."""
        for name, given in self._given.cells.items():
            field = self._fields.get(name)
            if given.cell == _NOTHING_TYPED or (field is not None and field.kind is not Kind.CLOSED):
                continue
            why = "ô này không thuộc tiêu chí" if field is None else "ý này chưa đến kỳ, chưa nhập được"
            self._add(
                given.place, f"{why}; đã nhập «{_short(given.cell.text)}»", "Hãy để trống ô này, lưu rồi tải lên lại."
            )

    def _is_untouched(self, name: str) -> bool:
        cell, value = self._given.cells[name].cell, self._fields[name].value
        if isinstance(value, Decimal):
            return cell.mark in _NUMBERS and _as_kept(cell.text) == _as_kept(value)
        return cell.mark not in _MARKS and cell.text == written(value)

    def _add(self, place: str, problem: str, to_do: str = MEND) -> None:
        self._wrong.append(Problem(place, problem, to_do, self._leaf.code))

    def _is_marked(self, name: str) -> bool:
        try:
            return self._mark(name) == MARK
        except _Wrong as why:
            self._add(self._given.cells[why.field].place, why.problem, why.to_do)
            return False

    def _note(self) -> str:
        try:
            return self._text(NOTE) or ""
        except _Wrong as why:
            self._add(self._given.cells[why.field].place, why.problem, why.to_do)
            return ""

    def _entry(self) -> Entry:
        values: dict[str, Value] = {}
        for name, field in self._fields.items():
            if name in (NOTE, CONFIRMED) or field.kind is Kind.CLOSED or name not in self._given.cells:
                continue
            try:
                value = self._value(field)
            except _Wrong as why:
                self._add(self._given.cells[why.field].place, why.problem, why.to_do)
                continue
            if value is not None:
                values[name] = value
        return EMPTY if self._wrong else self._checked(values)

    def _checked(self, values: Mapping[str, Value]) -> Entry:
        try:
            return read_entry(self._leaf.scored, self._raw(values))
        except _Wrong as why:
            self._add(self._given.cells[why.field].place, why.problem, why.to_do)
        except AnswerRefused as refused:
            field = next(iter(values), NOTE)
            for problem in refused.problems:
                self._add(self._given.cells[field].place, problem.rstrip("."))
        return EMPTY

    def _value(self, field: Field) -> Value:
        cell = self._given.cells[field.name].cell
        if self._is_untouched(field.name):
            return field.value
        if cell.text == "" and cell.mark is Mark.NONE:
            return None
        return _READERS.get(field.kind, _Reader._number)(self, field.name)

    def _cell(self, name: str) -> CellIn:
        given = self._given.cells[name]
        if given.cell.mark is Mark.FORMULA:
            to_do = "Hãy mở tệp bằng Excel, lưu lại để công thức có kết quả, rồi tải lên lại."
            raise _Wrong(name, "ô có công thức chưa được tính", to_do)
        if given.cell.mark is Mark.ERROR:
            raise _Wrong(name, f"ô báo lỗi {given.cell.text[:20]}")
        return given

    def _mark(self, name: str) -> str:
        text = self._cell(name).cell.text
        if fold(text) != MARK:
            raise _Wrong(name, f"ô đánh dấu chỉ nhận chữ x; đã nhập «{_short(text)}»")
        return MARK

    def _level(self, name: str) -> str:
        text = self._cell(name).cell.text
        rule = self._leaf.scored.rule
        if not isinstance(rule, Levels) or text not in map(written, level_texts(rule)):
            raise _Wrong(name, f"«{_short(text)}» không phải một mức trong danh sách của ô")
        return text

    def _text(self, name: str) -> str:
        cell = self._cell(name).cell
        if cell.mark is Mark.OLD_FONT:
            raise _Wrong(name, "chữ gõ bằng phông cũ (.Vn… hoặc VNI-…) nên không đọc được", "Hãy gõ lại bằng Unicode.")
        return cell.text

    def _number(self, name: str) -> Decimal:
        cell = self._cell(name).cell
        if cell.mark is Mark.DATE:
            to_do = "Hãy đặt lại kiểu ô là số (Number), gõ lại số, lưu rồi tải lên lại."
            raise _Wrong(name, f"ô số đang là ngày tháng ({cell.text[:20]})", to_do)
        if cell.mark is Mark.PERCENT or "%" in cell.text:
            to_do = "Hãy đặt lại kiểu ô là số (Number), gõ số không kèm dấu %, ví dụ 95, lưu rồi tải lên lại."
            raise _Wrong(name, f"ô có dấu %: Excel giữ «95%» là 0,95; đã nhập «{_short(cell.text)}»", to_do)
        try:
            return _exact(cell.text) if cell.mark is Mark.NUMBER else parse_vietnamese(cell.text)
        except AmbiguousNumber as why:
            readings = " hoặc ".join(format_number(each) for each in why.readings)
            raise _Wrong(name, f"«{_short(cell.text)}» đọc được hai cách: {readings}", f"{MEND} Gõ lại rõ số.") from why
        except NotANumber as why:
            raise _Wrong(name, f"{why}; đã nhập «{_short(cell.text)}»") from why

    def _raw(self, values: Mapping[str, Value]) -> dict[str, object]:
        """Give the form of ANSWERS.json; refuse what does not go together in words of the form."""
        answer = {name: value for name, value in values.items() if self._fields[name].is_of_answer}
        reasons = {name: value for name, value in values.items() if name in (NOT_APPLICABLE, NOT_DUE)}
        if answer and reasons:
            raise _Wrong(next(iter(reasons)), "đã có kết quả thì không chọn «không áp dụng» hay «chưa đến kỳ»")
        if len(reasons) > 1:
            raise _Wrong(NOT_DUE, "chỉ chọn một: không áp dụng hoặc chưa đến kỳ")
        raw = self._answer(answer) if answer else {}
        for name in (NOT_APPLICABLE, VOIDED):
            if name in values:
                raw[name] = values[name]
        return {**raw, NOT_DUE: True} if NOT_DUE in values else raw

    def _answer(self, answer: dict[str, Value]) -> dict[str, object]:
        if LEVEL in answer:
            rule = self._leaf.scored.rule
            texts = [written(text) for text in level_texts(rule)] if isinstance(rule, Levels) else []
            return {LEVEL: texts.index(written(answer[LEVEL]))}
        if any(name.startswith(ITEM) or name == NONE for name in answer):
            return self._ticks(answer)
        for name, field in self._fields.items():
            # A figure alone says nothing; of what others give, points or a percent are enough.
            if field.kind in (Kind.AMOUNT, Kind.NUMBER) and field.is_of_answer and name not in answer:
                raise _Wrong(name, "thiếu số liệu: phải nhập đủ cả hai ô")
        if set(answer) == {"source"}:
            raise _Wrong("source", "có nguồn nhưng chưa có điểm hoặc phần trăm")
        if "source" in self._fields and "source" not in answer:
            raise _Wrong("source", "phải ghi nguồn của điểm do bên ngoài chấm")
        return {name: str(value) if isinstance(value, Decimal) else value for name, value in answer.items()}

    def _ticks(self, answer: Mapping[str, Value]) -> dict[str, object]:
        ticked = [int(name.removeprefix(ITEM)) for name, value in answer.items() if name != NONE and value == MARK]
        percents = {name.removeprefix(ITEM): str(value) for name, value in answer.items() if isinstance(value, Decimal)}
        if NONE in answer and (ticked or percents):
            raise _Wrong(NONE, "vừa đánh dấu ý đạt vừa đánh dấu không đạt ý nào")
        return {"ticked": ticked, **({"percents": percents} if percents else {})}


_READERS: Final[Mapping[Kind, Callable[[_Reader, str], Value]]] = {
    Kind.MARK: _Reader._mark,
    Kind.LEVEL: _Reader._level,
    Kind.TEXT: _Reader._text,
}


def written(value: Value) -> str:
    """Give the text that a cell gives back in which nobody typed since this text was written into it."""
    return clean_line(cell_text(value).replace("_x000D_", "")) if isinstance(value, str) else ""


def _as_kept(number: Decimal | str) -> str:
    """Give a number in the fifteen digits that every spreadsheet program keeps.

    >>> _as_kept(Decimal("96.50")), _as_kept("12345678901234.012")
    ('96.5', '12345678901234')
    """
    return f"{float(number):.15G}"


def _exact(text: str) -> Decimal:
    """Read a number as a cell keeps it, without the digits that binary numbers add at the end."""
    number = Decimal(text)
    return parse_plain(text) if decimals_of(number) <= MOST_DIGITS_AFTER else round(number, MOST_DIGITS_AFTER)


def _short(text: str) -> str:
    return " ".join(text.split())[:40]
