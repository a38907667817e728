"""An administrator at a desk: a database with people, a small set as a file brings it, and helpers to find rows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from cchc_core.permissions import Role
from cchc_core.rubric.model import Evidence, Rubric
from cchc_core.rubric_drafts import keeping
from cchc_core.rubric_drafts.issuing import issue
from cchc_core.rubric_drafts.model import Draft, DraftHead, DraftNode
from cchc_core.rubric_files import load_rubric
from cchc_core.rubric_in.model import ImportedNode, ImportedSet, NodeKind, PrintedLine, Proposal
from cchc_core.rubric_shelf import RubricVersion
from cchc_core.rules.kinds import Effect, Level, Levels, Ratio
from cchc_core.store import users
from cchc_core.store.database import Database
from cchc_core.store.users import User
from cchc_core.store.verify import verify

SMALL_PATH = Path(__file__).parents[1] / "rubric" / "small.yaml"
DOCUMENT = "Quyết định số 12/QĐ-UBND ngày 05/01/2025 của UBND tỉnh"
YES_NO = Levels((Level("Có", Decimal("0.5")), Level("Không", Decimal(0))))


def small() -> Rubric:
    """Load the small set of the tests."""
    return load_rubric(SMALL_PATH)


def node(code: str, parent: str | None, kind: NodeKind, points: str | None = None, **more: object) -> ImportedNode:
    """Make a row as reading gives it."""
    made = ImportedNode(
        code=code,
        kind=kind,
        parent=parent,
        title=f"Mục {code}",
        max_points=None if points is None else Decimal(points),
        place=f"Trang tính «Bảng», dòng {code}",
    )
    return replace(made, **more)  # type: ignore[arg-type]


IMPORTED = ImportedSet(
    file_name="bo-2025.xlsx",
    file_sha256="a" * 64,
    title="Bộ tiêu chí năm 2025",
    issuer="UBND tỉnh Mẫu",
    year=2025,
    document=DOCUMENT,
    declared_total=Decimal("2.5"),
    nodes=(
        node("I", None, NodeKind.PART),
        node("I.1", "I", NodeKind.SECTION, "2.5"),
        node("I.1.1", "I.1", NodeKind.CRITERION, "1.5"),
        node(
            "I.1.1.1",
            "I.1.1",
            NodeKind.CRITERION,
            "0.5",
            lines=(PrintedLine("Có", Decimal("0.5"), "dòng 6"), PrintedLine("Không", Decimal(0), "dòng 7")),
            evidence=(Evidence("Báo cáo"),),
            texts={"responsible": "Văn phòng", "note": " "},
            proposal=Proposal(YES_NO, 0.95, "hai dòng có điểm", not_applicable_clause="Không phát sinh thì hạ điểm"),
        ),
        node(
            "I.1.1.2",
            "I.1.1",
            NodeKind.CRITERION,
            "1",
            proposal=Proposal(Ratio("số đã làm", "số được giao"), 0.8, "có «tỷ lệ»"),
        ),
        node(
            "I.1.2",
            "I.1",
            NodeKind.CRITERION,
            "1",
            lines=(PrintedLine("Chấm theo thực tế"),),
            proposal=Proposal(None, 0.0, "không rõ cách chia điểm", effect=Effect.BONUS),
        ),
    ),
)


@dataclass(frozen=True)
class Desk:
    """An open database and its trial users."""

    database: Database
    people: Mapping[Role, User]

    @property
    def admin(self) -> User:
        """Give the one who keeps criteria sets."""
        return self.people[Role.ADMIN]

    def brought_in(self, imported: ImportedSet = IMPORTED, rubric_id: str = "bo-2025") -> Draft:
        """Make a draft from the imported set."""
        return keeping.start_from_import(self.database, self.admin, imported, rubric_id=rubric_id)

    def copied(self, sha256: str | None = None) -> Draft:
        """Make a draft from a version, or from the small set."""
        if sha256 is not None:
            return keeping.start_copy(self.database, self.admin, sha256)
        return keeping.start_from_rubric(
            self.database, self.admin, small(), rubric_id="bo-nho", origin="Từ tệp bo-nho.yaml"
        )

    def again(self, draft: Draft) -> Draft:
        """Read a draft anew."""
        return keeping.open_draft(self.database, self.admin, draft.id)

    def change(self, draft: Draft, code: str, /, **changes: object) -> DraftNode:
        """Change a row by its code, as it stands now."""
        found = row(self.again(draft), code)
        return keeping.change_node(self.database, self.admin, found.id, changes, found.version)

    def issued(self, draft: Draft, note: str = "") -> RubricVersion:
        """Issue a draft as it stands now."""
        revision = self.again(draft).revision
        return issue(self.database, self.admin, draft.id, note=note, expected_version=revision)

    def is_sound(self) -> bool:
        """Tell whether everything stored agrees with the log."""
        return not verify(self.database).findings


def open_desk(folder: Path) -> Desk:
    """Open an empty database with its trial users."""
    database = Database.open(folder / "cchc.duckdb")
    users.ensure_trial_users(database)
    return Desk(database, {user.role: user for user in users.trial_users(database)})


def row(draft: Draft, code: str) -> DraftNode:
    """Find a row of a draft by its code."""
    return next(each for each in draft.nodes if each.code == code)


def codes(draft: Draft) -> list[str]:
    """Give the codes of a draft in printed order."""
    return [each.code for each in draft.nodes]


HEAD = DraftHead("Bộ tự soạn", "Sở Nội vụ", 2025, DOCUMENT, "official")
