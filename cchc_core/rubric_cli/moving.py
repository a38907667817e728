"""``rubric import`` and ``rubric export``: sets into a data directory as drafts, and out of it as files."""

import argparse
from io import BytesIO
from pathlib import Path
from typing import Any

from cchc_core.control import ask, write_file
from cchc_core.plans.commands import Said
from cchc_core.rubric.model import Rubric
from cchc_core.rubric_cli.naming import find
from cchc_core.rubric_cli.saying import as_text, refused
from cchc_core.rubric_yaml import to_yaml

_FORMS = (".yaml", ".yml", ".xlsx", ".docx")


def bring_in(chosen: argparse.Namespace) -> Said:
    """Bring a file in as a draft; with a problem nothing is kept and every problem is named."""
    arguments = {
        "path": str(chosen.file.resolve()),
        "id": chosen.id,
        "issue": "yes" if chosen.issue else "",
        "note": chosen.note,
        "year": "" if chosen.year is None else str(chosen.year),
        "tables": "\n".join(chosen.table),
    }
    told: Any = ask(chosen.data, "rubric-import", arguments).data
    if told["problems"]:
        return refused(told["problems"], as_json=chosen.json)
    return Said(0, as_text(told) if chosen.json else "\n".join(_lines(told)))


def _lines(told: dict[str, Any]) -> list[str]:
    version = told["version"]
    if version is not None:
        lines = [f"Đã ban hành {version['id']}@{version['number']}: {version['leaves']} tiêu chí."]
    else:
        waiting = f"; {told['to_confirm']} cách tính chờ xác nhận" if told["to_confirm"] else ""
        lines = [
            f"Đã tạo bản soạn {told['id']}: {told['criteria']} dòng, {told['leaves']} tiêu chí{waiting}.",
            "Hãy mở trang «Bộ tiêu chí» để xem lại và ban hành.",
        ]
    # What still waits for somebody to confirm it is counted above.
    shown = [each for each in told["findings"] if each["level"] != "error"]
    return lines + [f"{'Cảnh báo' if each['level'] == 'warning' else 'Lưu ý'}: {each['message']}" for each in shown]


def take_out(chosen: argparse.Namespace) -> Said:
    """Write a set to a file: YAML, or the printed form as a workbook or a document."""
    out: Path = chosen.out
    if out.suffix.lower() not in _FORMS:
        sentence = f"Tệp {out.name}: không biết ghi loại tệp này; hãy ghi tên tệp .yaml, .xlsx hoặc .docx."
        return refused([sentence], as_json=chosen.json)
    name = chosen.rubric if chosen.version is None else f"{chosen.rubric}@{chosen.version}"
    found = find(name, chosen.data)
    write_file(out, _content(found.rubric, out.suffix.lower()))
    if chosen.json:
        return Said(0, as_text({"id": found.rubric.id, "number": found.number, "out": str(out)}))
    return Said(0, f"Đã ghi {out}")


def _content(rubric: Rubric, suffix: str) -> bytes:
    if suffix in (".yaml", ".yml"):
        return to_yaml(rubric).encode()
    # Only these forms need what writes workbooks and documents.
    from cchc_core.rubric_out.printed import write_printed_docx, write_printed_xlsx

    stream = BytesIO()
    (write_printed_xlsx if suffix == ".xlsx" else write_printed_docx)(rubric, stream)
    return stream.getvalue()
