"""What rows of the change log tell, and how each is called in Vietnamese, also where something was taken out."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

Json = dict[str, Any]


class LogAction(StrEnum):
    """What a row of the log tells."""

    ANSWER = "answer"
    NOTE = "note"
    CARRY = "carry"
    CONFIRM = "confirm"
    OUTLOOK = "outlook"
    TARGET = "target"
    REMEDY = "remedy"
    SCENARIO = "scenario"
    CARRY_FORWARD = "carry_forward"
    PLAN = "plan"
    TASK = "task"
    OCCURRENCE = "occurrence"
    TASK_NOTE = "task_note"
    TASK_LINK = "task_link"
    DOCUMENT = "document"
    DOCUMENT_FILE = "document_file"
    STORED_FILE = "stored_file"
    ATTACHMENT = "attachment"
    TASK_DOCUMENT = "task_document"
    INDICATOR_VALUE = "indicator_value"
    PLAN_TARGET = "plan_target"
    ANSWER_SOURCE = "answer_source"
    RUBRIC_VERSION = "rubric_version"
    RUBRIC_DRAFT = "rubric_draft"
    RUBRIC_DRAFT_NODE = "rubric_draft_node"
    RUBRIC_MATCH = "rubric_match"
    CARRIED_NOTE = "carried_note"
    UNIT_BODY = "unit_body"
    SET_LIMIT = "set_limit"
    OPEN_SCREEN = "open_screen"
    CLOSE_SCREENS = "close_screens"
    OPEN_ASSESSMENT = "open_assessment"
    ADD_UNIT = "add_unit"
    ADD_RUBRIC = "add_rubric"
    ADD_PERIOD = "add_period"
    ADD_USER = "add_user"
    PLACE_USER = "place_user"
    LOSS_FOUND = "loss_found"


OF_PLANNING = frozenset(
    {LogAction.OUTLOOK, LogAction.TARGET, LogAction.REMEDY, LogAction.SCENARIO, LogAction.CARRIED_NOTE}
)
"""What tells of plans and expectations, not of what was scored: not everybody who sees an assessment sees these."""

ACTION_TITLES: Mapping[LogAction, str] = {
    LogAction.ANSWER: "Lưu kết quả",
    LogAction.NOTE: "Lưu thuyết minh",
    LogAction.CARRY: "Chép kết quả từ kỳ trước",
    LogAction.CONFIRM: "Xác nhận kết quả",
    LogAction.OUTLOOK: "Ghi dự kiến cuối năm",
    LogAction.TARGET: "Đặt chỉ tiêu",
    LogAction.REMEDY: "Ghi việc khắc phục",
    LogAction.SCENARIO: "Lưu phương án thử điểm",
    LogAction.CARRY_FORWARD: "Kết chuyển từ kỳ trước",
    LogAction.PLAN: "Lưu kế hoạch",
    LogAction.TASK: "Lưu nhiệm vụ",
    LogAction.OCCURRENCE: "Cập nhật tiến độ nhiệm vụ",
    LogAction.TASK_NOTE: "Ghi chú tiến độ",
    LogAction.TASK_LINK: "Gắn nhiệm vụ với tiêu chí",
    LogAction.DOCUMENT: "Lưu tài liệu kiểm chứng",
    LogAction.DOCUMENT_FILE: "Thêm tệp của tài liệu",
    LogAction.STORED_FILE: "Lưu tệp vào kho",
    LogAction.ATTACHMENT: "Gắn tài liệu vào tiêu chí",
    LogAction.TASK_DOCUMENT: "Gắn tài liệu vào nhiệm vụ",
    LogAction.INDICATOR_VALUE: "Nhập số liệu thống kê",
    LogAction.PLAN_TARGET: "Lưu chỉ tiêu của kế hoạch",
    LogAction.ANSWER_SOURCE: "Chọn nguồn số liệu của tiêu chí",
    LogAction.RUBRIC_VERSION: "Ban hành phiên bản bộ tiêu chí",
    LogAction.RUBRIC_DRAFT: "Soạn bộ tiêu chí",
    LogAction.RUBRIC_DRAFT_NODE: "Sửa dòng của bộ tiêu chí đang soạn",
    LogAction.RUBRIC_MATCH: "Ghép tiêu chí giữa hai phiên bản",
    LogAction.CARRIED_NOTE: "Chép kết quả cũ của tiêu chí đã đổi",
    LogAction.UNIT_BODY: "Đặt loại cơ quan, đơn vị",
    LogAction.SET_LIMIT: "Đặt giới hạn dung lượng",
    LogAction.OPEN_SCREEN: "Mở màn hình lớn",
    LogAction.CLOSE_SCREENS: "Tắt mọi màn hình lớn",
    LogAction.OPEN_ASSESSMENT: "Mở bảng tự chấm",
    LogAction.ADD_UNIT: "Thêm đơn vị",
    LogAction.ADD_RUBRIC: "Ghim bộ tiêu chí",
    LogAction.ADD_PERIOD: "Thêm kỳ",
    LogAction.ADD_USER: "Thêm người dùng",
    LogAction.PLACE_USER: "Xếp người dùng vào đơn vị",
    LogAction.LOSS_FOUND: "Phát hiện nhật ký bị thiếu",
}


def title_of(action: LogAction, old: Json, new: Json) -> str:
    """Say in Vietnamese what a row tells; ``old`` and ``new`` are empty where there was nothing."""
    say = _TITLES_BY_CONTENT.get(action)
    return (None if say is None else say(old, new)) or ACTION_TITLES[action]


def _carried_title(old: Json, new: Json) -> str:
    return "" if new.get("entry") else "Chép thuyết minh từ kỳ trước"


def _outlook_title(old: Json, new: Json) -> str:
    if (old.get("expected") or {}) == (new.get("expected") or {}):
        return "Chốt tiêu chí" if new.get("is_final") else "Bỏ chốt"
    return "" if new.get("expected") else "Bỏ dự kiến cuối năm"


_LINK_TITLES: Mapping[str, str] = {"refused": "Từ chối gắn nhiệm vụ với tiêu chí"}


def _attachment_title(old: Json, new: Json) -> str:
    if not old:
        return ""
    is_off = any(new.get(name) != old.get(name) for name in ("ended_utc", "ended_from"))
    return "Gỡ tài liệu khỏi tiêu chí" if is_off else "Sửa phần chứng minh của tài liệu"


def _match_title(new: Json) -> str:
    if new.get("ended_utc"):
        return "Bỏ quyết định về cặp tiêu chí giữa hai phiên bản"
    return "Từ chối ghép tiêu chí giữa hai phiên bản" if new.get("state") == "refused" else ""


_TITLES_BY_CONTENT: Mapping[LogAction, Callable[[Json, Json], str]] = {
    LogAction.CARRY: _carried_title,
    LogAction.OUTLOOK: _outlook_title,
    LogAction.TARGET: lambda old, new: "" if new.get("value") else "Bỏ chỉ tiêu",
    LogAction.REMEDY: lambda old, new: "" if new.get("action_text") else "Bỏ việc khắc phục",
    LogAction.SCENARIO: lambda old, new: "" if new else "Xoá phương án thử điểm",
    LogAction.PLAN: lambda old, new: "Bỏ kế hoạch" if new.get("ended_utc") else "",
    LogAction.TASK: lambda old, new: "Bỏ nhiệm vụ" if new.get("ended_utc") else "",
    LogAction.TASK_LINK: lambda old, new: _LINK_TITLES.get(str(new.get("state")), ""),
    LogAction.DOCUMENT: lambda old, new: "Gỡ tài liệu kiểm chứng" if new.get("ended_utc") else "",
    LogAction.STORED_FILE: lambda old, new: "Huỷ nội dung tệp" if new.get("purged_utc") else "",
    LogAction.ATTACHMENT: _attachment_title,
    LogAction.TASK_DOCUMENT: lambda old, new: "Gỡ tài liệu khỏi nhiệm vụ" if new.get("ended_utc") else "",
    LogAction.RUBRIC_MATCH: lambda old, new: _match_title(new),
    LogAction.CARRIED_NOTE: lambda old, new: "Cất kết quả cũ của tiêu chí" if new.get("ended_utc") else "",
}
