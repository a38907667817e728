"""A Phiếu Excel that came back, without trust: recognised by its hidden ids, its input cells found by their keys."""

import json
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from cchc_core.confined import Confined, Reason, run
from cchc_core.errors import BadText
from cchc_core.slip.hidden import HEADER, SCHEMA
from cchc_core.slip.model import CellIn, CriterionIn, Problem, Slip
from cchc_core.slip.names import FORM, INPUT, KEY, VERSION, index_of, read_key
from cchc_core.text import clean_line
from cchc_core.workbook_in import read_workbook
from cchc_core.workbook_in.model import Cell, Mark, Row, SheetIn
from cchc_core.workbook_in.refusals import MOST_BYTES, Why, refused

_CHILD: Final = "cchc_core.slip.child"
_SECONDS, _MEGABYTES = 25.0, 768
_ZIP: Final = b"PK\x03\x04"
_WHY: Final[Mapping[Reason, Why]] = {
    Reason.TIME: Why.SLOW,
    Reason.MEMORY: Why.MEMORY,
    Reason.CRASH: Why.DAMAGED,
    Reason.REFUSED: Why.DAMAGED,
}
_LONGEST_NAME: Final = 80
_KEY, _INPUT = index_of(KEY) + 1, index_of(INPUT) + 1
_TOO_MUCH: Final = frozenset({Why.TOO_LARGE, Why.BOMB, Why.SLOW, Why.MEMORY, Why.MANY_ROWS, Why.MANY_CELLS})
_ONLY_THE_CELLS: Final = (
    "Hãy bỏ hình ảnh và trang tính đã thêm vào phiếu, lưu rồi tải lên lại; nếu vẫn lỗi, nhập vào phiếu mới tải về."
)
_TAKE_ANOTHER: Final = "Hãy tải phiếu mới ở trang «Phiếu Excel» rồi chép phần đã nhập sang phiếu ấy."


def read_slip(content: bytes, name: str) -> Slip:
    """Read a slip from the bytes of its workbook; nothing in it is scored or compared yet.

    Raises BadText, in words, for a file that is no workbook, is made to harm, or is no slip of this product.
    """
    if content.startswith(_ZIP) and len(content) > MOST_BYTES:
        raise _refused(name, Why.TOO_LARGE)
    if not content.startswith(_ZIP):
        read_workbook(content, name)  # which says what else it is
        raise _no_slip(name)
    answer = _answer(content, name)
    if "refused" in answer:
        at = answer.get("at")
        place = "" if at is None else SheetIn(at["sheet"], ()).place(at["row"], at["column"])
        raise _refused(name, Why(answer["refused"]), place)
    return _slip(answer, name)


def _answer(content: bytes, name: str) -> Mapping[str, Any]:
    with tempfile.TemporaryDirectory(prefix="cchc-phieu-") as folder:
        path = Path(folder) / "in.xlsx"
        path.write_bytes(content)
        try:
            answer: Mapping[str, Any] = run(_CHILD, {"path": str(path)}, seconds=_SECONDS, megabytes=_MEGABYTES)
        except Confined as why:
            raise _refused(name, _WHY[why.reason]) from why
    return answer


def _slip(answer: Mapping[str, Any], name: str) -> Slip:
    ids = answer["ids"]
    names, table = ({}, []) if ids is None else _apart(ids)
    if names.get("schema") != SCHEMA or not names.get("assessment_id") or not names.get("rubric_sha256"):
        raise _no_slip(name)
    if names.get("version") != str(VERSION):
        raise _refusal(name, "phiếu do một phiên bản khác của phần mềm tạo ra", _TAKE_ANOTHER)
    forms = _forms(answer["sheets"])
    if not forms:
        raise _refusal(name, f"không còn trang tính «{FORM}» hoặc các dòng của nó", _TAKE_ANOTHER)
    sheet, *copies = forms
    cells, doubled = _cells(sheet)
    try:
        criteria = tuple(_criteria(table, cells))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as why:
        raise _refusal(name, "phần ẩn của phiếu bị hỏng, không biết phiếu tạo từ kết quả nào", _TAKE_ANOTHER) from why
    missing = (_missing(sheet, each.code) for each in criteria if not each.cells)
    return Slip(
        name=name,
        assessment_id=names["assessment_id"],
        rubric_sha256=names["rubric_sha256"],
        about=names.get("about", ""),
        written_at_utc=_moment(names.get("written_at_utc", "")),
        criteria=criteria,
        problems=(*_copied(sheet, copies), *doubled, *missing, *_strange(cells, {each.code for each in criteria})),
    )


def _refused(name: str, why: Why, place: str = "") -> BadText:
    told = refused(name, why, place)
    # Elsewhere the table alone is copied into a new file; a slip would lose by that what it is known by.
    return BadText(told.where, problem=told.problem, to_do=_ONLY_THE_CELLS) if why in _TOO_MUCH else told


def _no_slip(name: str) -> BadText:
    return _refusal(
        name,
        "tệp không phải Phiếu Excel tải từ phần mềm này",
        "Hãy chọn đúng tệp phiếu đã tải ở trang «Phiếu Excel», lưu kiểu «Excel Workbook (*.xlsx)»; đừng chép nội "
        "dung sang tệp khác.",
    )


def _refusal(name: str, problem: str, to_do: str) -> BadText:
    shown = " ".join(clean_line(name).split())[:_LONGEST_NAME]
    return BadText(f"Tệp «{shown}»", problem=problem, to_do=to_do)


def _apart(ids: Sequence[Sequence[str]]) -> tuple[dict[str, str], list[list[str]]]:
    """Take the hidden sheet apart into its names with their values and the rows of its table."""
    names: dict[str, str] = {}
    for number, row in enumerate(ids):
        if not row or not row[0]:
            continue
        if tuple(row[: len(HEADER)]) == HEADER:
            return names, [list(each) for each in ids[number + 1 :] if each and each[0]]
        names[row[0]] = row[1] if len(row) > 1 else ""
    return names, []


def _forms(sheets: Sequence[Mapping[str, Any]]) -> list[SheetIn]:
    """Find the sheet of the input cells, also under another name: the one with the most keys; then any copy of it."""
    read = [SheetIn(each["name"], tuple(_rows(each["rows"]))) for each in sheets]
    keyed = ((sum(_key(row) is not None for row in sheet.rows), sheet) for sheet in read)
    return [sheet for count, sheet in sorted(keyed, key=lambda each: -each[0]) if count]


def _rows(rows: Sequence[Any]) -> Iterator[Row]:
    for number, cells in rows:
        yield Row(number, {column: Cell(text, Mark(mark), is_below) for column, text, mark, is_below in cells})


def _key(row: Row) -> tuple[str, str] | None:
    return read_key(row.cell(_KEY).text)


def _cells(sheet: SheetIn) -> tuple[dict[str, dict[str, CellIn]], list[Problem]]:
    found: dict[str, dict[str, CellIn]] = {}
    doubled = []
    for row in sheet.rows:
        key = _key(row)
        if key is None:
            continue
        code, field = key
        place = sheet.place(row.number, _INPUT)
        if field in found.setdefault(code, {}):
            first = found[code][field].place
            doubled.append(
                Problem(
                    place,
                    f"dòng của tiêu chí {code[:40]} bị chép thành hai (dòng kia: {first})",
                    "Hãy xoá dòng chép thêm, hoặc nhập lại vào phiếu mới tải về.",
                    code,
                )
            )
            continue
        cell = row.cell(_INPUT)
        found[code][field] = CellIn(Cell("") if cell.is_below else cell, place)
    return found, doubled


def _copied(sheet: SheetIn, copies: Sequence[SheetIn]) -> Iterator[Problem]:
    # Which of them somebody filled in cannot be told, and nothing that was typed may be lost.
    for copy in copies:
        why = f"trang tính này cũng mang các dòng nhập của phiếu, như trang tính «{sheet.name[:_LONGEST_NAME]}»"
        yield Problem(copy.place(), why, "Hãy chỉ giữ trang tính đã nhập, xoá trang tính kia, lưu rồi tải lên lại.")


def _strange(cells: Mapping[str, Mapping[str, CellIn]], known: Collection[str]) -> Iterator[Problem]:
    for code, fields in cells.items():
        if code not in known:
            place = next(iter(fields.values())).place
            why = f"dòng của tiêu chí {code[:40]} không thuộc phiếu này"
            yield Problem(place, why, "Hãy xoá dòng ấy; tiêu chí này nhập vào phiếu của nó.", code[:40])


def _missing(sheet: SheetIn, code: str) -> Problem:
    return Problem(
        sheet.place(),
        f"không còn các dòng của tiêu chí {code}",
        "Đừng xoá dòng của phiếu; hãy nhập lại vào phiếu mới tải về.",
        code,
    )


def _criteria(table: Sequence[Sequence[str]], cells: Mapping[str, Mapping[str, CellIn]]) -> Iterator[CriterionIn]:
    if len({row[0] for row in table}) < len(table):
        raise ValueError("a criterion stands twice")
    for code, version, *pieces in table:
        base = json.loads("".join(pieces))
        entry, note = dict(base["entry"]), base["note"]
        if not isinstance(note, str):
            raise TypeError(code)
        yield CriterionIn(code, int(version), entry, note, cells.get(code, {}))


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")  # noqa: DTZ007 (naive UTC, as everything stored)
    except ValueError:
        return None
