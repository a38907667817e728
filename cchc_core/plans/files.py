"""Plans on disk: YAML that a person can read, checked to the last key, into :class:`~cchc_core.plans.model.Plan`.

Every problem of a file is collected with file, line, path and what to do; a file with one problem gives no plan.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from cchc_core.plans.model import Plan
from cchc_core.plans.schema import PlanFile, disorder
from cchc_core.rubric.model import Rubric
from cchc_core.rubric_files import RUBRICS_DIR, FileProblem, RubricFileError, read_rubric, rubric_path, unreadable
from cchc_core.rubric_messages import real_errors, sentence_of
from cchc_core.yaml_source import Where, YamlRefused, compose, line_of, plain, spell

PLANS_DIR = Path(__file__).resolve().parents[2] / "data" / "plans"


class PlanFileError(ValueError):
    """A plan file with problems; ``problems`` names every one."""

    def __init__(self, problems: tuple[FileProblem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


def list_plans() -> tuple[str, ...]:
    """List the ids of the plans that come with the product, in alphabetical order."""
    return tuple(sorted(path.stem for path in PLANS_DIR.glob("*.yaml")))


def plan_path(plan_id: str) -> Path:
    """Say where a plan lies (KeyError for an id that is none)."""
    if plan_id not in list_plans():
        raise KeyError(plan_id)
    return PLANS_DIR / f"{plan_id}.yaml"


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
    plans: dict[str, Plan] = {}
    problems: list[str] = []
    for plan_id in list_plans():
        try:
            plans[plan_id] = read_plan(plan_id)
        except PlanFileError as why:
            problems.extend(map(str, why.problems))
    return plans, tuple(problems)


@lru_cache(maxsize=16)
def _cached(path: Path, _changed: int) -> Plan:
    return load_plan(path)


def load_plan(path: Path) -> Plan:
    """Read and check one YAML file. Raises PlanFileError with every problem found."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as why:
        raise PlanFileError((FileProblem(path, None, "", unreadable(why)),)) from why
    if all(line.strip() in ("", "---") or line.lstrip().startswith("#") for line in text.splitlines()):
        sentence = "tệp trống; cần id, title, issuer, year, document, groups, tasks …"
        raise PlanFileError((FileProblem(path, None, "", sentence),))
    try:
        root = compose(text)
    except YamlRefused as why:
        raise PlanFileError((FileProblem(path, why.line, "", why.sentence),)) from None
    return _File(path, root).plan()


class _File:
    """One file on its way to a plan, collecting problems."""

    def __init__(self, path: Path, root: yaml.Node) -> None:
        self.path = path
        self.root = root
        self.problems: list[FileProblem] = []

    def plan(self) -> Plan:
        document = plain(self.root, lambda line, key, why: self.problems.append(FileProblem(self.path, line, key, why)))
        file = self._validated(document)
        plan = None if file is None else self._checked(file)
        if plan is None or self.problems:
            ordered = sorted(dict.fromkeys(self.problems), key=lambda problem: problem.line or 0)
            raise PlanFileError(tuple(ordered))
        return plan

    def _note(self, where: Where, sentence: str) -> None:
        self.problems.append(FileProblem(self.path, line_of(self.root, where), spell(where), sentence))

    def _validated(self, document: object) -> PlanFile | None:
        try:
            return PlanFile.model_validate(document)
        except ValidationError as why:
            errors = real_errors(why)
        for error in errors:
            self._note(error["loc"], sentence_of(error))
        if any(error["type"] != "extra_forbidden" for error in errors):
            return None
        # Only unknown keys are wrong: look at the rest of the file without them.
        for error in errors:
            _drop(document, error["loc"])
        return PlanFile.model_validate(document)

    def _checked(self, file: PlanFile) -> Plan | None:
        if file.id != self.path.stem:
            self._note(("id",), f"mã «{file.id}» khác tên tệp «{self.path.stem}»; hãy đặt hai tên như nhau.")
        rubric = None if file.rubric is None else self._rubric(file.rubric)
        if file.rubric is not None and rubric is None:
            return None
        plan = file.to_plan(rubric)
        for where, sentence in disorder(file, plan):
            self._note(where, sentence)
        return plan

    def _rubric(self, rubric_id: str) -> Rubric | None:
        try:
            rubric_path(rubric_id)
            return read_rubric(rubric_id)
        except KeyError:
            self._note(("rubric",), f"không có bộ tiêu chí «{rubric_id}»; hãy sửa mã.")
        except RubricFileError as why:
            count = len(why.problems)
            self._note(("rubric",), f"bộ tiêu chí «{rubric_id}» có {count} lỗi; hãy sửa tệp đó trước.")
        return None


def _drop(document: object, where: Where) -> None:
    holder: Any = document
    for step in where[:-1]:
        holder = holder[step]
    holder.pop(where[-1], None)
