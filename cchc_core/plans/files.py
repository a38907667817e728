"""Plans on disk: YAML that a person can read, checked to the last key, into :class:`~cchc_core.plans.model.Plan`.

Every problem of a file is collected with file, line, path and what to do; a file with one problem gives no plan.
"""

from functools import lru_cache
from pathlib import Path

from cchc_core.data_files import DataFile, DataFileError, ids_in, path_in, readable
from cchc_core.plans.model import Plan
from cchc_core.plans.schema import PlanFile, disorder
from cchc_core.rubric.model import Rubric
from cchc_core.rubric_files import RUBRICS_DIR, RubricFileError, read_rubric

PLANS_DIR = Path(__file__).resolve().parents[2] / "data" / "plans"


class PlanFileError(DataFileError):
    """A plan file with problems; ``problems`` names every one."""


def list_plans() -> tuple[str, ...]:
    """List the ids of the plans that come with the product, in alphabetical order."""
    return ids_in(PLANS_DIR)


def plan_path(plan_id: str) -> Path:
    """Say where a plan lies (KeyError for an id that is none)."""
    return path_in(PLANS_DIR, plan_id)


def read_plan(plan_id: str) -> Plan:
    """Load a plan that comes with the product, by id (KeyError, PlanFileError).

    >>> plan = read_plan("soctrang-tttt-2022")
    >>> plan.task("7.8").times
    ('Năm 2022', 'chậm nhất là vào ngày 16 của tháng cuối kỳ báo cáo')
    """
    path = plan_path(plan_id)
    # A plan whose tasks are a set's criteria changes when the set does.
    return _cached(path, max(file.stat().st_mtime_ns for file in (path, *RUBRICS_DIR.glob("*.yaml"))))


def readable_plans() -> tuple[dict[str, Plan], tuple[str, ...]]:
    """Load every plan that can be read, by id, and say what is wrong with the others."""
    return readable(list_plans(), read_plan)


@lru_cache(maxsize=16)
def _cached(path: Path, _changed: int) -> Plan:
    return load_plan(path)


def load_plan(path: Path) -> Plan:
    """Read and check one YAML file. Raises PlanFileError with every problem found."""
    source = DataFile(path, PlanFileError, "id, title, issuer, year, document, groups, tasks …")
    file = source.validated(PlanFile)
    return source.settled(None if file is None else _checked(source, file))


def _checked(source: DataFile, file: PlanFile) -> Plan | None:
    if file.id != source.path.stem:
        source.note(("id",), f"mã «{file.id}» khác tên tệp «{source.path.stem}»; hãy đặt hai tên như nhau.")
    rubric = None if file.rubric is None else _rubric(source, file.rubric)
    if file.rubric is not None and rubric is None:
        return None
    plan = file.to_plan(rubric)
    for where, sentence in disorder(file, plan):
        source.note(where, sentence)
    return plan


def _rubric(source: DataFile, rubric_id: str) -> Rubric | None:
    try:
        return read_rubric(rubric_id)
    except KeyError:
        source.note(("rubric",), f"không có bộ tiêu chí «{rubric_id}»; hãy sửa mã.")
    except RubricFileError as why:
        count = len(why.problems)
        source.note(("rubric",), f"bộ tiêu chí «{rubric_id}» có {count} lỗi; hãy sửa tệp đó trước.")
    return None
