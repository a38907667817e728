"""What the tests of the page Bộ tiêu chí share: an administrator before a draft, and the draft as it is stored."""

from cchc_core.permissions import Role
from cchc_core.rubric_drafts import keeping
from cchc_core.rubric_drafts.model import Draft, DraftHead, DraftNode
from cchc_core.rubric_in.model import NodeKind
from cchc_core.rubric_shelf import list_versions
from tests.pages.screen import RUBRICS, Office, Screen

HEAD = DraftHead(
    "Bộ tiêu chí nội bộ năm 2026",
    "Sở Nội vụ tỉnh Khánh Hòa",
    2026,
    "Quyết định số 12/QĐ-SNV ngày 05/01/2026",
    points_source="official",
)
LEVELS = {"kind": "levels", "levels": [{"text": "Có", "points": "1"}, {"text": "Không", "points": "0"}]}


def small_draft(office: Office) -> Draft:
    """Begin a draft with a section, a group and three criteria; the rule of 1.1.1 is set, the others wait."""
    admin, database = office.person(Role.ADMIN), office.database
    draft = keeping.start_empty(database, admin, rubric_id="snv-khanhhoa-2026", head=HEAD)
    section = _add(office, draft, None, NodeKind.SECTION, "1", "CHỈ ĐẠO, ĐIỀU HÀNH")
    group = _add(office, draft, section, NodeKind.CRITERION, "1.1", "Kế hoạch")
    first = _add(office, draft, group, NodeKind.CRITERION, "1.1.1", "Ban hành kế hoạch")
    second = _add(office, draft, group, NodeKind.CRITERION, "1.1.2", "Gửi báo cáo đúng hạn")
    third = _add(office, draft, section, NodeKind.CRITERION, "1.2", "Sáng kiến")
    for node_id in (first, second, third):
        change(office, draft.id, node_id, {"fields": {"max_points": "1"}})
    change(office, draft.id, first, {"rule": LEVELS})
    return stored(office, draft.id)


def _add(office: Office, draft: Draft, parent: str | None, kind: NodeKind, code: str, title: str) -> str:
    admin = office.person(Role.ADMIN)
    return keeping.add_node(office.database, admin, draft.id, parent, None, kind, code, title).id


def change(office: Office, draft_id: str, node_id: str, changes: dict[str, object]) -> None:
    """Change a row at another desk."""
    version = next(node.version for node in stored(office, draft_id).nodes if node.id == node_id)
    keeping.change_node(office.database, office.person(Role.ADMIN), node_id, changes, expected_version=version)


def stored(office: Office, draft_id: str) -> Draft:
    """Give a draft as it is stored."""
    return keeping.open_draft(office.database, office.person(Role.ADMIN), draft_id)


def row(draft: Draft, code: str) -> DraftNode:
    """Give the row with a code."""
    return next(node for node in draft.nodes if node.code == code)


def codes(draft: Draft) -> list[str]:
    """Give the codes in printed order."""
    return [node.code for node in draft.nodes]


def open_step(office: Office, draft: Draft, step: str, **more: str) -> Screen:
    """Sit an administrator down before a step of a draft."""
    return office.screen(Role.ADMIN).open(RUBRICS, soan=draft.id, buoc=step, **more)


def sha256_of(office: Office, rubric_id: str, number: int = 1) -> str:
    """Give the name of a version on the shelf."""
    versions = list_versions(office.database)
    return next(each.sha256 for each in versions if (each.rubric_id, each.number) == (rubric_id, number))
