"""Lines of the change log as people read them: what was done, to what, and what it came to."""

from datetime import UTC, datetime

import pytest

from cchc_core.store.log import Change, Json, LogAction
from tests.pages.screen import as_read
from ui import history

EXPECTED: Json = {"expected": {"level": 0}, "is_final": False}
FINAL: Json = {"expected": {}, "is_final": True}
TARGET: Json = {"kind": "percent", "value": "90"}
NO_TARGET: Json = {"kind": "percent", "value": ""}
REMEDY: Json = {"action_text": "Đôn đốc", "responsible": "", "due": None}
SCENARIO: Json = {"name": "Mạnh tay", "entries": {}}
TIE: Json = {"code": "1.1", "part_text": "", "ended_utc": None}
NOTE_ALONE: Json = {"entry": {}, "note": "x", "points": "0.0000", "effective_max": "1.0000", "status": "missing"}


def _line(action: LogAction, subject: str, old: Json | None, new: Json | None) -> str:
    change = Change(1, datetime(2024, 9, 1, tzinfo=UTC).replace(tzinfo=None), "An", action, subject, old, new)
    return as_read(history.line(change, with_subject=True)).split(" · An · ")[1]


@pytest.mark.parametrize(
    ("action", "subject", "old", "new", "read"),
    [
        (LogAction.SCENARIO, "4f", None, SCENARIO, "Lưu phương án thử điểm: Mạnh tay"),
        (LogAction.SCENARIO, "4f", SCENARIO, None, "Xoá phương án thử điểm: Mạnh tay"),
        (LogAction.TARGET, "I.1", None, TARGET, "Đặt chỉ tiêu **I.1**: 90 %"),
        (
            LogAction.TARGET,
            "",
            {"kind": "points", "value": "85.5"},
            TARGET,
            "Đặt chỉ tiêu cả bộ tiêu chí: 85,5 điểm → 90 %",
        ),
        (LogAction.TARGET, "I.1", TARGET, NO_TARGET, "Bỏ chỉ tiêu **I.1**: 90 %"),
        (LogAction.REMEDY, "1.1", None, REMEDY, "Ghi việc khắc phục **1.1**: Đôn đốc"),
        (LogAction.REMEDY, "1.1", REMEDY, {**REMEDY, "action_text": ""}, "Bỏ việc khắc phục **1.1**: Đôn đốc"),
        (LogAction.OUTLOOK, "1.1", None, EXPECTED, "Ghi dự kiến cuối năm **1.1**"),
        (LogAction.OUTLOOK, "1.1", EXPECTED, {"expected": {}, "is_final": False}, "Bỏ dự kiến cuối năm **1.1**"),
        (LogAction.OUTLOOK, "1.1", None, FINAL, "Chốt tiêu chí **1.1**"),
        (LogAction.OUTLOOK, "1.1", FINAL, {"expected": {}, "is_final": False}, "Bỏ chốt **1.1**"),
        (LogAction.OUTLOOK, "1.1", FINAL, {**EXPECTED, "is_final": True}, "Ghi dự kiến cuối năm **1.1**: đã chốt"),
        (LogAction.ATTACHMENT, "4f", None, TIE, "Gắn tài liệu vào tiêu chí **1.1**"),
        (LogAction.ATTACHMENT, "4f", TIE, {**TIE, "part_text": "I"}, "Sửa phần chứng minh của tài liệu **1.1**: I"),
        (LogAction.ATTACHMENT, "4f", TIE, {**TIE, "ended_utc": "2024-09-01"}, "Gỡ tài liệu khỏi tiêu chí **1.1**"),
        (LogAction.CARRY, "1.1", None, NOTE_ALONE, "Chép thuyết minh từ kỳ trước **1.1**: chưa chấm 0,0000 / 1,0000"),
    ],
)
def test_a_line_says_what_was_done_to_what_and_also_that_it_was_taken_out(
    action: LogAction, subject: str, old: Json | None, new: Json | None, read: str
) -> None:
    assert _line(action, subject, old, new) == read
