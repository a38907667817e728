"""Confirming (xác nhận) what was carried forward: somebody stands for it in the new period, as it is."""

from collections.abc import Collection
from dataclasses import dataclass

from cchc_core.permissions import Action
from cchc_core.reaching import leaf_of, permitted
from cchc_core.store import answers, rubrics
from cchc_core.store.answers import AnswerRow
from cchc_core.store.database import Database
from cchc_core.store.users import User


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Which criteria were confirmed now, and which had been confirmed or changed before, with who did it."""

    codes: tuple[str, ...]
    others: tuple[tuple[str, str], ...] = ()

    @property
    def message(self) -> str:
        """Say in Vietnamese what was done."""
        done = f"Đã xác nhận {len(self.codes)} tiêu chí." if self.codes else "Không còn gì phải xác nhận."
        if not self.others:
            return done
        listed = ", ".join(f"{code} ({who})" for code, who in self.others[:5])
        more = f" và {len(self.others) - 5} tiêu chí khác" if len(self.others) > 5 else ""
        return f"{done} Đã được xác nhận hoặc sửa từ trước: {listed}{more}."


def confirm(database: Database, user: User, assessment_id: str, codes: Collection[str]) -> Confirmed:
    """Confirm the carried answers of these criteria; what is confirmed already is told, not done again.

    One criterion, a section or all: the caller names the criteria that were on the screen, so that nothing is confirmed
    that nobody saw. A changed answer is confirmed by its change, so what is unconfirmed is as it was carried.
    Raises NotFound, NotAllowed.
    """
    with database.write() as connection:
        assessment = permitted(connection, user, Action.ANSWER, assessment_id)
        rubric = rubrics.pinned(connection, assessment.rubric_sha256)
        wanted = {leaf_of(rubric, code).code for code in codes}
        stored = {row.code: row for row in answers.of_assessment(connection, assessment.id) if row.code in wanted}
        rows = [stored[leaf.code] for leaf in rubric.leaves if leaf.code in stored]
        waiting = [row for row in rows if row.carried_from is not None]
        if waiting:
            answers.confirm(connection, assessment.id, waiting, user.actor)
        return Confirmed(tuple(row.code for row in waiting), tuple(map(_other, _settled(rows))))


def _settled(rows: list[AnswerRow]) -> list[AnswerRow]:
    return [row for row in rows if row.carried_from is None]


def _other(row: AnswerRow) -> tuple[str, str]:
    return row.code, row.changed_by_name
