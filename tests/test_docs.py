"""What the documents promise: links and pictures exist, commands print what is shown, figures are the program's."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import pytest

from cchc_core.answers_file import read_answers, score_answers
from cchc_core.rubric_files import list_rubrics, read_rubric
from cchc_core.rules.answers import CountAnswer, Entry
from cchc_core.rules.kinds import Count, Effect, Leaf
from cchc_core.rules.scoring import score
from cchc_core.workspace import close_workspace, open_workspace
from manage import HELP
from tests.adjusted_set import ADJUSTED, ANSWERS

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
GUIDE = ROOT / "docs" / "huong-dan"
EXAMPLES = ROOT / "docs" / "examples" / "answers.json"
DOCUMENTS = sorted([README, ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
CUT = "…"
TEXTS = frozenset({"", ".cfg", ".css", ".html", ".json", ".md", ".py", ".sql", ".svg", ".toml", ".txt", ".yaml"})

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_OPTION = re.compile(r"--[a-z][a-z-]+")
_SOMEBODYS = re.compile(r"(?<![\w.])/(?:home|Users|root)/\w|[A-Z]:\\Users\\")


def _named(document: Path) -> str:
    return document.relative_to(ROOT).as_posix()


@dataclass(frozen=True)
class Example:
    """A command line of the README, and the lines that it is said to print."""

    command: tuple[str, ...]
    shown: tuple[str, ...]


def _read_examples() -> Iterator[Example]:
    for block in re.findall(r"```console\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL):
        for piece in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *shown = piece.rstrip().splitlines()
            yield Example(tuple(shlex.split(command)), tuple(line for line in shown if line != CUT))


EXAMPLES_SHOWN = tuple(_read_examples())


@pytest.mark.parametrize("document", DOCUMENTS, ids=_named)
def test_every_link_and_picture_of_a_document_exists(document: Path) -> None:
    links = [link for link in _LINK.findall(document.read_text(encoding="utf-8")) if "://" not in link]
    missing = [link for link in links if not (document.parent / unquote(link.partition("#")[0])).exists()]
    assert missing == []


def test_every_picture_is_named_somewhere() -> None:
    text = "".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)
    names = {path.name.removesuffix("-hep.png").removesuffix("-rong.png") for path in ROOT.glob("docs/pictures/*.png")}
    assert names
    assert [name for name in sorted(names) if f"pictures/{name}" not in text] == []


def test_the_pictures_stay_small() -> None:
    sizes = [path.stat().st_size for path in ROOT.glob("docs/pictures/*.png")]
    assert 0 < sum(sizes) < 4 * 1024 * 1024


@pytest.fixture(scope="module")
def sample_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    open_workspace(folder)
    close_workspace()
    return folder


def test_the_readme_shows_every_command() -> None:
    shown = {" ".join(example.command[3:5]) for example in EXAMPLES_SHOWN}
    assert {f"rubric {verb}" for verb in ("list", "show", "check", "import", "export", "diff")} < shown
    assert {"plan list", "plan show"} < shown
    assert {command.split()[0] for command in shown} == {"rubric", "plan", "score", "indicator", "export", "verify"}


@pytest.mark.parametrize("example", EXAMPLES_SHOWN, ids=lambda example: " ".join(example.command[3:5]))
def test_an_example_of_the_readme_runs_and_prints_what_is_shown(
    example: Example, sample_data: Path, tmp_path: Path
) -> None:
    python, *arguments = example.command
    assert python == "python"
    outs = {name: str(tmp_path / name) for name in ("bang-diem.xlsx", "bo-tieu-chi.docx")}
    arguments = [outs.get(argument, argument) for argument in arguments]
    if {"export", "import", "verify"} & set(arguments):
        arguments += ["--data", str(sample_data)]
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    printed = done.stdout.replace(f"{tmp_path}{os.sep}", "").splitlines()
    assert [line for line in example.shown if line not in printed] == []


def test_every_option_of_manage_that_a_document_names_exists() -> None:
    known = set(_OPTION.findall(HELP))
    readme, guide = (path.read_text(encoding="utf-8") for path in (README, GUIDE / "quan-tri.md"))
    named = set(re.findall(r"^\| `(--[a-z-]+)", readme + guide, re.MULTILINE))
    assert named == known
    for line in re.findall(r"python3 manage\.py [^\n`|]*", readme + guide):
        assert line.split()[2] in ("run", "test")
        assert set(_OPTION.findall(line)) <= known


def test_the_sets_that_the_readme_counts_are_those_that_come_along() -> None:
    text = README.read_text(encoding="utf-8")
    counts = {str(len(read_rubric(name).leaves)) for name in list_rubrics()}
    assert set(re.findall(r"(\d+) criteria", text)) == counts


def test_the_guide_explains_every_kind_of_rule_with_the_programs_own_words() -> None:
    scores = score_answers(read_rubric("soctrang-tttt-2022"), read_answers(EXAMPLES.read_text(encoding="utf-8")))
    answered = [scores[code].explanation for code in json.loads(EXAMPLES.read_text(encoding="utf-8"))["answers"]]
    assert sorted(_quoted(before="## Điểm thưởng, điểm trừ")) == sorted(answered)


def _quoted(*, before: str = "", after: str = "") -> list[str]:
    text = (GUIDE / "cach-tinh-diem.md").read_text(encoding="utf-8")
    part = text.partition(before)[0] if before else text.partition(after)[2]
    return re.findall(r"^> (.+)$", part, re.MULTILINE)


def test_the_guide_explains_bonuses_and_penalties_with_the_programs_own_words() -> None:
    late = Count("báo cáo chậm", tuple(Decimal(cases) / 4 for cases in range(5)))
    penalty = score(Leaf(Decimal(1), late, effect=Effect.PENALTY), Entry(CountAnswer(2)))
    bonus = score_answers(ADJUSTED, ANSWERS)["2.1.2"]
    assert _quoted(after="## Điểm thưởng, điểm trừ") == [penalty.explanation, bonus.explanation]


def _own_files() -> Iterator[Path]:
    """Give the project's own files; asking git would need git."""
    for entry in sorted(ROOT.iterdir()):
        if entry.name in (".venv", "var") or (entry.name.startswith(".") and entry.name not in (".ci", ".streamlit")):
            continue
        inside = entry.rglob("*") if entry.is_dir() else [entry]
        yield from (path for path in inside if path.is_file() and path.suffix in TEXTS and path != Path(__file__))


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    here = f"{ROOT}/" if len(ROOT.parts) > 2 else "\0"
    texts = {path: path.read_text(encoding="utf-8") for path in _own_files()}
    assert len(texts) > 100
    assert [_named(path) for path, text in texts.items() if _SOMEBODYS.search(text) or here in text] == []
