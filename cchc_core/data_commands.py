"""The commands on what is stored, ``export`` and ``verify``: run by the server that has it open, or without one.

Exit codes: 0 done and all well, 1 something was found, 2 refused (nothing was done).
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from cchc_core.control import export_workbook, verify_data
from cchc_core.errors import CchcError
from cchc_core.rules.explain import one_line


def add_data_commands(commands: Any) -> None:
    """Add the commands; each sets ``run``."""
    export = commands.add_parser("export", help="xuất bảng điểm ra tệp Excel")
    for name, what in (("rubric", "mã bộ tiêu chí"), ("unit", "mã hoặc tên đơn vị"), ("period", "mã hoặc tên kỳ")):
        export.add_argument(f"--{name}", required=True, help=what)
    export.add_argument("--out", required=True, type=Path, metavar="TỆP.xlsx")
    export.set_defaults(run=_export)
    verify = commands.add_parser("verify", help="kiểm tra dữ liệu đang lưu: nhật ký, điểm, tài liệu, từng tệp")
    verify.add_argument("--json", action="store_true", help="in JSON")
    verify.set_defaults(run=_verify)
    for command in (export, verify):
        command.add_argument("--data", type=Path, default=Path("var"), help="thư mục dữ liệu (mặc định: var)")


def _export(chosen: argparse.Namespace) -> int:
    try:
        export_workbook(chosen.data, chosen.out, rubric=chosen.rubric, unit=chosen.unit, period=chosen.period)
    except CchcError as why:
        print(why, file=sys.stderr)
        return 2
    print(f"Đã ghi {chosen.out}")
    return 0


def _verify(chosen: argparse.Namespace) -> int:
    try:
        report = verify_data(chosen.data)
    except CchcError as why:
        print(why, file=sys.stderr)
        return 2
    found = report["findings"]
    if chosen.json:
        print(json.dumps(report, ensure_ascii=False, indent=2))
        return 1 if found else 0
    print(f"Đã kiểm tra {report['log_lines']} dòng nhật ký, {report['answers']} kết quả, mọi tài liệu và tệp.")
    for finding in found:
        print(one_line(f"{finding['code']}: {finding['message']}"), file=sys.stderr)
    print(f"Có {len(found)} điều không khớp." if found else "Không có gì sai lệch.")
    return 1 if found else 0
