"""A department that has opened its quarters and its year by both criteria sets, and scored nothing yet."""

from cchc_core import scoring
from cchc_core.periods import periods_for
from cchc_core.permissions import Role
from cchc_core.rubric_files import read_rubric
from cchc_core.scoring import Assessment
from cchc_core.store import users
from cchc_core.store.database import Database

SOC_TRANG, NAM_DINH = "soctrang-tttt-2022", "namdinh-tnmt-2024"
OPENED = ("q1", "q3", "year")


def open_quarters(database: Database) -> dict[tuple[str, str], Assessment]:
    """Fill an empty database, and give the assessments by criteria set and period."""
    people = {user.role: user for user in users.trial_users(database)}
    department = scoring.create_department(database, people[Role.ADMIN], "Sở Thử nghiệm", ["Văn phòng Sở"])
    opened = {}
    for rubric_id in (SOC_TRANG, NAM_DINH):
        rubric = read_rubric(rubric_id)
        for period in periods_for(rubric_id, rubric.year):
            if period.code in OPENED:
                opened[rubric_id, period.code] = scoring.create_assessment(
                    database, people[Role.ADMIN], unit_id=department.id, rubric=rubric, period=period
                )
    return opened
