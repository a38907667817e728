"""Who may do what in which state of an assessment: one table, asked by every use case and every page.

A year's assessment goes through all states; a quarter's is internal and goes from draft to approved.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a person, or a screen on a wall, is to the department's score."""

    OFFICER = "officer"
    ROOM = "room"
    LEADER = "leader"
    APPRAISER = "appraiser"
    ADMIN = "admin"
    SCREEN = "screen"


class State(StrEnum):
    """Where an assessment stands."""

    DRAFT = "draft"
    AWAITING_APPROVAL = "awaiting_approval"
    APPROVED = "approved"
    SUBMITTED = "submitted"
    APPRAISING = "appraising"
    EXPLAINING = "explaining"
    APPRAISED = "appraised"
    PUBLISHED = "published"


class Action(StrEnum):
    """What a person may want to do with an assessment, or with what stands around it."""

    VIEW = "view"
    VIEW_PLANNING = "view_planning"
    ANSWER = "answer"
    ATTACH = "attach"
    EXPORT = "export"
    OPEN_ASSESSMENT = "open_assessment"
    SET_UP = "set_up"
    SET_TARGET = "set_target"
    PLAN_REMEDY = "plan_remedy"
    KEEP_SCENARIO = "keep_scenario"
    CHANGE_OTHERS_SCENARIO = "change_others_scenario"
    OPEN_SCREEN = "open_screen"
    KEEP_RUBRICS = "keep_rubrics"


class OfficeAction(StrEnum):
    """What a person may want to do with what a department keeps whatever state its assessments are in."""

    VIEW_TASKS = "view_tasks"
    PLAN_TASKS = "plan_tasks"
    REPORT_TASKS = "report_tasks"
    REPORT_ALL_TASKS = "report_all_tasks"
    LINK_TASKS = "link_tasks"
    VIEW_DOCUMENTS = "view_documents"
    VIEW_ALL_DOCUMENTS = "view_all_documents"
    KEEP_DOCUMENTS = "keep_documents"
    PURGE_FILES = "purge_files"
    SET_LIMITS = "set_limits"
    VIEW_FIGURES = "view_figures"
    ENTER_FIGURES = "enter_figures"


ROLE_TITLES: Final[Mapping[Role, str]] = {
    Role.OFFICER: "Cán bộ đầu mối",
    Role.ROOM: "Phòng",
    Role.LEADER: "Lãnh đạo",
    Role.APPRAISER: "Thẩm định",
    Role.ADMIN: "Quản trị",
    Role.SCREEN: "Màn hình",
}
STATE_TITLES: Final[Mapping[State, str]] = {
    State.DRAFT: "Đang chấm",
    State.AWAITING_APPROVAL: "Chờ phê duyệt",
    State.APPROVED: "Đã phê duyệt",
    State.SUBMITTED: "Đã gửi thẩm định",
    State.APPRAISING: "Đang thẩm định",
    State.EXPLAINING: "Đang giải trình, bổ sung",
    State.APPRAISED: "Đã thẩm định",
    State.PUBLISHED: "Đã công bố",
}
ACTION_TITLES: Final[Mapping[Action, str]] = {
    Action.VIEW: "xem",
    Action.VIEW_PLANNING: "xem dự kiến, chỉ tiêu, việc khắc phục và phương án",
    Action.ANSWER: "chấm điểm",
    Action.ATTACH: "gắn tài liệu kiểm chứng",
    Action.EXPORT: "xuất tệp",
    Action.OPEN_ASSESSMENT: "mở bảng tự chấm",
    Action.SET_UP: "thiết lập hệ thống",
    Action.SET_TARGET: "đặt chỉ tiêu",
    Action.PLAN_REMEDY: "ghi việc khắc phục",
    Action.KEEP_SCENARIO: "lưu phương án thử điểm",
    Action.CHANGE_OTHERS_SCENARIO: "sửa phương án của người khác",
    Action.OPEN_SCREEN: "mở màn hình lớn",
    Action.KEEP_RUBRICS: "đưa vào, sửa và ban hành bộ tiêu chí",
}

OFFICE_ACTION_TITLES: Final[Mapping[OfficeAction, str]] = {
    OfficeAction.VIEW_TASKS: "xem nhiệm vụ",
    OfficeAction.PLAN_TASKS: "lập và sửa kế hoạch, nhiệm vụ",
    OfficeAction.REPORT_TASKS: "cập nhật tiến độ nhiệm vụ",
    OfficeAction.REPORT_ALL_TASKS: "cập nhật tiến độ nhiệm vụ của phòng, đơn vị khác",
    OfficeAction.LINK_TASKS: "gắn nhiệm vụ với tiêu chí",
    OfficeAction.VIEW_DOCUMENTS: "xem kho tài liệu kiểm chứng",
    OfficeAction.VIEW_ALL_DOCUMENTS: "xem tài liệu của phòng, đơn vị khác",
    OfficeAction.KEEP_DOCUMENTS: "thêm và sửa tài liệu kiểm chứng",
    OfficeAction.PURGE_FILES: "huỷ nội dung tệp tải nhầm",
    OfficeAction.SET_LIMITS: "đặt giới hạn dung lượng",
    OfficeAction.VIEW_FIGURES: "xem số liệu thống kê và chỉ tiêu",
    OfficeAction.ENTER_FIGURES: "nhập số liệu thống kê và chỉ tiêu",
}

PROVISIONAL_STATES: Final = frozenset({State.DRAFT, State.AWAITING_APPROVAL, State.APPROVED})
YEAR_STATES: Final = frozenset(State) - {State.APPROVED}

_ALL = frozenset(State)
_NONE: frozenset[State] = frozenset()
# Until the year's result is settled there is something to aim at and to mend.
_RUNNING = frozenset(State) - {State.APPRAISED, State.PUBLISHED}
_HANDED_IN = frozenset({State.SUBMITTED, State.APPRAISING, State.EXPLAINING, State.APPRAISED, State.PUBLISHED})

ALLOWED: Final[Mapping[Role, Mapping[Action, frozenset[State]]]] = {
    Role.OFFICER: {
        Action.VIEW: _ALL,
        Action.VIEW_PLANNING: _ALL,
        Action.ANSWER: frozenset({State.DRAFT, State.EXPLAINING}),
        Action.ATTACH: frozenset({State.DRAFT, State.EXPLAINING}),
        Action.EXPORT: _ALL,
        Action.OPEN_ASSESSMENT: _ALL,
        Action.SET_UP: _ALL,
        Action.SET_TARGET: _RUNNING,
        Action.PLAN_REMEDY: _RUNNING,
        Action.KEEP_SCENARIO: _ALL,
        Action.CHANGE_OTHERS_SCENARIO: _ALL,
        Action.OPEN_SCREEN: _ALL,
        Action.KEEP_RUBRICS: _NONE,
    },
    Role.ROOM: {
        Action.VIEW: _ALL,
        Action.VIEW_PLANNING: _ALL,
        Action.ANSWER: frozenset({State.DRAFT}),
        Action.ATTACH: frozenset({State.DRAFT}),
        Action.EXPORT: _ALL,
        Action.OPEN_ASSESSMENT: _NONE,
        Action.SET_UP: _NONE,
        Action.SET_TARGET: _NONE,
        Action.PLAN_REMEDY: _RUNNING,
        Action.KEEP_SCENARIO: _ALL,
        Action.CHANGE_OTHERS_SCENARIO: _NONE,
        Action.OPEN_SCREEN: _NONE,
        Action.KEEP_RUBRICS: _NONE,
    },
    Role.LEADER: {
        Action.VIEW: _ALL,
        Action.VIEW_PLANNING: _ALL,
        Action.ANSWER: _NONE,
        Action.ATTACH: _NONE,
        Action.EXPORT: _ALL,
        Action.OPEN_ASSESSMENT: _NONE,
        Action.SET_UP: _NONE,
        Action.SET_TARGET: _RUNNING,
        Action.PLAN_REMEDY: _RUNNING,
        Action.KEEP_SCENARIO: _ALL,
        Action.CHANGE_OTHERS_SCENARIO: _NONE,
        Action.OPEN_SCREEN: _ALL,
        Action.KEEP_RUBRICS: _NONE,
    },
    Role.APPRAISER: {
        Action.VIEW: _HANDED_IN,
        # What a department hands in is its answers, not what it hoped, planned and tried out on the way.
        Action.VIEW_PLANNING: _NONE,
        Action.ANSWER: _NONE,
        Action.ATTACH: _NONE,
        Action.EXPORT: _HANDED_IN,
        Action.OPEN_ASSESSMENT: _NONE,
        Action.SET_UP: _NONE,
        Action.SET_TARGET: _NONE,
        Action.PLAN_REMEDY: _NONE,
        Action.KEEP_SCENARIO: _NONE,
        Action.CHANGE_OTHERS_SCENARIO: _NONE,
        Action.OPEN_SCREEN: _NONE,
        Action.KEEP_RUBRICS: _NONE,
    },
    Role.ADMIN: {
        Action.VIEW: _ALL,
        Action.VIEW_PLANNING: _ALL,
        Action.ANSWER: _NONE,
        Action.ATTACH: _NONE,
        Action.EXPORT: _ALL,
        Action.OPEN_ASSESSMENT: _ALL,
        Action.SET_UP: _ALL,
        Action.SET_TARGET: _RUNNING,
        Action.PLAN_REMEDY: _NONE,
        Action.KEEP_SCENARIO: _ALL,
        Action.CHANGE_OTHERS_SCENARIO: _NONE,
        Action.OPEN_SCREEN: _ALL,
        Action.KEEP_RUBRICS: _ALL,
    },
    # A television in a meeting room: it looks, also at targets and forecast, and does nothing else.
    Role.SCREEN: dict.fromkeys(Action, _NONE) | {Action.VIEW: _ALL, Action.VIEW_PLANNING: _ALL},
}
_LOOKING: Final = frozenset(
    {OfficeAction.VIEW_TASKS, OfficeAction.VIEW_DOCUMENTS, OfficeAction.VIEW_ALL_DOCUMENTS, OfficeAction.VIEW_FIGURES}
)
IN_THE_OFFICE: Final[Mapping[Role, frozenset[OfficeAction]]] = {
    Role.OFFICER: frozenset(OfficeAction) - {OfficeAction.PURGE_FILES, OfficeAction.SET_LIMITS},
    # A room reports on its own tasks and sees its own documents, and those that prove what it may see.
    Role.ROOM: frozenset(
        {
            OfficeAction.VIEW_TASKS,
            OfficeAction.REPORT_TASKS,
            OfficeAction.LINK_TASKS,
            OfficeAction.VIEW_DOCUMENTS,
            OfficeAction.KEEP_DOCUMENTS,
            OfficeAction.VIEW_FIGURES,
            OfficeAction.ENTER_FIGURES,
        }
    ),
    Role.LEADER: _LOOKING,
    # What proves a criterion that was handed in is seen with that assessment, and nothing else of the office.
    Role.APPRAISER: frozenset(),
    Role.ADMIN: _LOOKING | {OfficeAction.PURGE_FILES, OfficeAction.SET_LIMITS},
    Role.SCREEN: frozenset(),
}
ACROSS_DEPARTMENTS: Final = frozenset({Role.APPRAISER, Role.ADMIN})
_STOPPED_BY_A_LOCK: Final = frozenset({Action.ANSWER, Action.ATTACH})


def may(
    role: Role,
    action: Action,
    state: State,
    *,
    is_provisional: bool = False,
    is_locked: bool = False,
    same_department: bool = True,
) -> bool:
    """Tell whether a role may do something with an assessment.

    >>> may(Role.OFFICER, Action.ANSWER, State.DRAFT)
    True
    >>> may(Role.OFFICER, Action.ANSWER, State.DRAFT, is_locked=True)
    False
    >>> may(Role.APPRAISER, Action.VIEW, State.DRAFT)
    False
    """
    possible = PROVISIONAL_STATES if is_provisional else YEAR_STATES
    if state not in possible or state not in ALLOWED[role][action]:
        return False
    if is_locked and action in _STOPPED_BY_A_LOCK:
        return False
    return same_department or looks_across_departments(role)


def may_in_office(role: Role, action: OfficeAction, *, same_department: bool = True) -> bool:
    """Tell whether a role may do something with what a department keeps beside its assessments.

    >>> may_in_office(Role.ROOM, OfficeAction.PLAN_TASKS)
    False
    """
    return action in IN_THE_OFFICE[role] and (same_department or looks_across_departments(role))


def may_open_assessment(role: Role, *, same_department: bool = True) -> bool:
    """Tell whether a role may open a new assessment, which then is a draft."""
    return may(role, Action.OPEN_ASSESSMENT, State.DRAFT, same_department=same_department)


def looks_across_departments(role: Role) -> bool:
    """Tell whether a role reaches assessments of every department, not of its own alone."""
    return role in ACROSS_DEPARTMENTS


def may_set_up(role: Role) -> bool:
    """Tell whether a role may set up what stands around assessments: departments, the own database."""
    return may(role, Action.SET_UP, State.DRAFT)


def may_keep_rubrics(role: Role) -> bool:
    """Tell whether a role may bring criteria sets in, change and issue them."""
    return may(role, Action.KEEP_RUBRICS, State.DRAFT)
