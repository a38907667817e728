"""The command line: the JSON that others read, exit codes, and problems on the right stream."""

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cchc_core.cli import main
from cchc_core.rubric.document import rubric_to_json
from cchc_core.rubric_files import read_rubric, rubric_path

SOC_TRANG, NAM_DINH = "soctrang-tttt-2022", "namdinh-tnmt-2024"
POINTS = {"points", "max_points", "effective_max", "self_max", "external_max"}
STATUSES = {"scored", "missing", "awaiting", "not_applicable", "voided", "not_due"}

Output = pytest.CaptureFixture[str]


def run(capsys: Output, *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    said = capsys.readouterr()
    return code, said.out, said.err


def read(capsys: Output, *arguments: str) -> Any:
    code, out, err = run(capsys, *arguments, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def answers(folder: Path, text: str) -> str:
    path = folder / "ANSWERS.json"
    path.write_text(text, encoding="utf-8")
    return str(path)


def is_points(text: object) -> bool:
    return isinstance(text, str) and Decimal(text).as_tuple().exponent == -4


def test_the_criteria_sets_are_listed(capsys: Output) -> None:
    listed = read(capsys, "rubric", "list")
    assert [(rubric["id"], rubric["leaves"]) for rubric in listed] == [(NAM_DINH, 121), (SOC_TRANG, 101)]
    code, out, _ = run(capsys, "rubric", "list")
    assert code == 0
    assert len(out.splitlines()) == 2


@pytest.mark.parametrize("rubric_id", [SOC_TRANG, NAM_DINH])
def test_a_criteria_set_is_shown_as_the_contract_says(capsys: Output, rubric_id: str) -> None:
    shown = read(capsys, "rubric", "show", rubric_id)
    assert shown == json.loads(json.dumps(rubric_to_json(read_rubric(rubric_id))))
    assert shown["points_source"] in ("official", "illustrative")
    assert all(isinstance(warning, str) for warning in shown["warnings"])
    for section in shown["sections"]:
        assert {"code", "part", "title", "declared_max", "max_points"} <= set(section)
    leaves = [criterion for criterion in shown["criteria"] if criterion["is_leaf"]]
    assert all(is_points(node["max_points"]) for node in (shown, *shown["sections"], *shown["criteria"]))
    assert sum(Decimal(leaf["max_points"]) for leaf in leaves) == Decimal(shown["max_points"])


RULE_KEYS = {
    "levels": {"kind", "levels"},
    "checklist": {"kind", "items"},
    "ratio": {"kind", "numerator", "denominator", "floor_percent", "empty_denominator"},
    "bands": {"kind", "measure", "unit", "bands"},
    "count": {"kind", "of", "points_by_count"},
    "compare": {"kind", "of", "higher", "equal", "lower"},
    "external": {"kind", "source"},
    "manual": {"kind", "step", "reason"},
}


def test_every_rule_is_shown_with_the_keys_of_its_kind(capsys: Output) -> None:
    criteria = read(capsys, "rubric", "show", SOC_TRANG)["criteria"]
    rules = [criterion["rule"] for criterion in criteria if criterion["is_leaf"]]
    assert {rule["kind"] for rule in rules} == set(RULE_KEYS)
    assert all(set(rule) - {"known_gaps"} == RULE_KEYS[rule["kind"]] for rule in rules)
    for level in (level for rule in rules for level in rule.get("levels", ())):
        assert set(level) == {"text", "points"}
        assert is_points(level["points"])
    for item in (item for rule in rules for item in rule.get("items", ())):
        assert set(item) - {"due_period"} == {"text", "points", "ratio"}
        assert isinstance(item["ratio"], bool)
    for band in (band for rule in rules for band in rule.get("bands", ())):
        assert set(band) - {"points", "linear"} == {"from", "to", "from_inclusive", "to_inclusive"}
        assert ("points" in band) != ("linear" in band)


def test_a_criteria_set_is_shown_to_people_in_vietnamese(capsys: Output) -> None:
    code, out, _ = run(capsys, "rubric", "show", SOC_TRANG)
    assert code == 0
    assert "II.4" in out
    assert "4,5000 điểm" in out
    assert "[Theo tỷ lệ]" in out


def test_the_check_reports_the_two_flaws_of_the_print_of_soc_trang(capsys: Output) -> None:
    code, out, _ = run(capsys, "rubric", "check", SOC_TRANG)
    warnings = [line for line in out.splitlines() if line.startswith("Cảnh báo")]
    assert code == 0
    assert len(warnings) == 2
    assert "II.4" in warnings[0]
    assert "64,0000" in warnings[1]
    found = read(capsys, "rubric", "check", str(rubric_path(SOC_TRANG)))["findings"]
    assert [(finding["code"], finding["level"]) for finding in found] == [("II.4", "warning"), (None, "warning")]


def test_the_check_reports_nothing_for_nam_dinh(capsys: Output) -> None:
    checked = read(capsys, "rubric", "check", NAM_DINH)
    assert (checked["id"], checked["findings"]) == (NAM_DINH, [])
    assert {note["level"] for note in checked["notes"]} == {"note"}


def test_the_check_of_a_wrong_file_names_every_fault_and_exits_2(capsys: Output, tmp_path: Path) -> None:
    path = tmp_path / "sai.yaml"
    text = rubric_path(SOC_TRANG).read_text(encoding="utf-8")
    path.write_text(
        text.replace("issuer:", "isuer: x\nissuer:").replace("code: I.1.2\n", "code: I.1.1\n"), encoding="utf-8"
    )
    code, out, err = run(capsys, "rubric", "check", str(path))
    assert (code, out) == (2, "")
    assert all(line.startswith("sai.yaml, dòng ") for line in err.splitlines())
    assert len(err.splitlines()) >= 2
    code, out, err = run(capsys, "rubric", "check", str(path), "--json")
    assert (code, err) == (2, "")
    assert len(json.loads(out)["problems"]) >= 2


@pytest.mark.parametrize("command", [("show",), ("check",), ("show", "--json"), ("check", "--json")])
@pytest.mark.parametrize("name", ["không-có", "không-có.yaml", ".", "", "x" * 5000])
def test_an_unknown_criteria_set_exits_2_in_words(capsys: Output, command: tuple[str, ...], name: str) -> None:
    code, out, err = run(capsys, "rubric", command[0], name, *command[1:])
    assert code == 2
    assert "hãy" in out + err or "các bộ có sẵn" in out + err


@pytest.mark.parametrize("rubric_id", [SOC_TRANG, NAM_DINH])
def test_scores_have_every_key_of_the_contract(capsys: Output, tmp_path: Path, rubric_id: str) -> None:
    scored = read(capsys, "score", rubric_id, answers(tmp_path, '{"answers": {}}'))
    rubric = read_rubric(rubric_id)
    for totals in (scored["total"], *scored["parts"], *scored["sections"]):
        assert all(is_points(totals[name]) for name in POINTS)
        assert totals["percent"] == "0.00"
        assert set(totals["counts"]) == STATUSES
    assert [part["code"] for part in scored["parts"]] == [part.code for part in rubric.parts]
    assert [section["code"] for section in scored["sections"]] == [section.code for section in rubric.sections]
    assert all(section["title"] for section in scored["sections"])
    assert list(scored["criteria"]) == [leaf.code for leaf in rubric.leaves]
    for given in scored["criteria"].values():
        assert set(given) == {"points", "effective_max", "status", "explanation"}
        assert is_points(given["points"])
        assert is_points(given["effective_max"])


def test_a_section_in_which_nothing_applies_has_no_percent(capsys: Output, tmp_path: Path) -> None:
    text = rubric_path(SOC_TRANG).read_text(encoding="utf-8")
    path = tmp_path / "bộ.yaml"
    path.write_text(text.replace("    max_points:", "    not_applicable_clause: có\n    max_points:"), encoding="utf-8")
    path.write_text(_without_doubled_clauses(path.read_text(encoding="utf-8")), encoding="utf-8")
    codes = [leaf.code for leaf in read_rubric(SOC_TRANG).leaves_of("I.2")]
    given = {"answers": {code: {"not_applicable": "vì"} for code in codes}}
    scored = read(capsys, "score", str(path), answers(tmp_path, json.dumps(given)))
    section = next(section for section in scored["sections"] if section["code"] == "I.2")
    assert (section["percent"], section["effective_max"]) == (None, "0.0000")
    assert Decimal(section["max_points"]) > 0
    assert Decimal(scored["total"]["effective_max"]) == Decimal("98.5") - Decimal(section["max_points"])
    added = sum(Decimal(each["effective_max"]) for each in scored["sections"])
    assert added == Decimal(scored["total"]["effective_max"])
    assert added == sum(Decimal(part["effective_max"]) for part in scored["parts"])


def _without_doubled_clauses(text: str) -> str:
    blocks = text.split("\n  - code: ")
    one_each = [
        block.replace("    not_applicable_clause: có\n", "") if block.count("not_applicable_clause") > 1 else block
        for block in blocks
    ]
    return "\n  - code: ".join(one_each)


def test_totals_are_scored_for_people_in_vietnamese(capsys: Output, tmp_path: Path) -> None:
    code, out, _ = run(capsys, "score", SOC_TRANG, answers(tmp_path, '{"answers": {"I.1.6": {"count": 2}}}'))
    assert code == 0
    assert out.splitlines()[-1] == "Tổng: 1,0000 / 98,5000 điểm"


@pytest.mark.parametrize("command", [("rubric", "list"), ("rubric", "show"), ("rubric", "check"), ("score",)])
def test_illustrative_points_are_never_printed_without_that_word(
    capsys: Output, tmp_path: Path, command: tuple[str, ...]
) -> None:
    rest = {"list": (), "score": (NAM_DINH, answers(tmp_path, '{"answers": {}}'))}.get(command[-1], (NAM_DINH,))
    _, out, _ = run(capsys, *command, *rest)
    totals = [line for line in out.splitlines() if " điểm" in line and SOC_TRANG not in line]
    assert [line for line in totals if "121,0000 điểm minh hoạ" in line or "15,0000 điểm minh hoạ" in line]
    assert not [line for line in totals if ",0000 điểm" in line and "minh hoạ" not in line]


def test_bonuses_are_counted_beside_the_maximum_and_within_their_cap(capsys: Output, tmp_path: Path) -> None:
    example = Path(__file__).parents[1] / "docs" / "examples" / "noi-bo-phong.yaml"
    given = answers(tmp_path, '{"answers": {"1.2": {"level": 0}, "3.1": {"count": 2}}}')
    total = read(capsys, "score", str(example), given)["total"]
    assert (total["max_points"], total["bonus"], total["penalty"]) == ("10.0000", "1.5000", "0.0000")
    assert (total["points"], total["percent"]) == ("3.5000", "35.00")


def test_wrong_answers_exit_2_and_name_every_problem_by_its_code(capsys: Output, tmp_path: Path) -> None:
    path = answers(tmp_path, '{"answers": {"I.1.6": {"count": -1}, "I.9.9": {"level": 0}, "I.1.7": {"level": 0}}}')
    code, out, err = run(capsys, "score", SOC_TRANG, path)
    assert (code, out) == (2, "")
    assert [line.split(":")[0] for line in err.splitlines()] == ["I.9.9", "I.1.6"]
    code, out, err = run(capsys, "score", SOC_TRANG, path, "--json")
    assert (code, err) == (2, "")
    printed = json.loads(out)
    assert set(printed) == {"problems"}
    assert [problem["code"] for problem in printed["problems"]] == ["I.9.9", "I.1.6"]
    assert all(set(problem) == {"code", "problem"} and problem["problem"] for problem in printed["problems"])


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b"[]", b'{"answers": {}, "answers": {}}'])
def test_a_broken_answers_file_exits_2_in_words(capsys: Output, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "ANSWERS.json"
    path.write_bytes(content)
    code, out, err = run(capsys, "score", SOC_TRANG, str(path))
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert run(capsys, "score", SOC_TRANG, str(path), "--json")[0] == 2


def test_an_answers_file_that_is_not_there_exits_2(capsys: Output, tmp_path: Path) -> None:
    code, out, err = run(capsys, "score", SOC_TRANG, str(tmp_path / "không.json"))
    assert (code, out) == (2, "")
    assert "không có tệp này" in err


def test_an_answers_file_with_a_byte_order_mark_is_read(capsys: Output, tmp_path: Path) -> None:
    path = tmp_path / "ANSWERS.json"
    path.write_bytes('{"answers": {}}'.encode("utf-8-sig"))
    assert run(capsys, "score", SOC_TRANG, str(path))[0] == 0


def test_a_problem_of_many_lines_stays_one_line(capsys: Output, tmp_path: Path) -> None:
    _, _, err = run(capsys, "score", SOC_TRANG, answers(tmp_path, r'{"answers": {"a\nb\u2028c\u001b[2J": {}}}'))
    assert err.startswith("a b c [2J: ")
    assert len(err.splitlines()) == 1


def command_line(*arguments: str) -> "subprocess.CompletedProcess[bytes]":
    environment = {"PYTHONIOENCODING": "ascii", "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-X", "utf8=0", "-m", "cchc_core", *arguments]
    root = Path(__file__).resolve().parents[1]
    return subprocess.run(command, capture_output=True, cwd=root, env=environment, check=False, timeout=60)


def test_a_terminal_without_vietnamese_still_gets_utf_8(tmp_path: Path) -> None:
    path = answers(tmp_path, r'{"answers": {"\ud800": {"level": 0}}}')
    done = command_line("score", SOC_TRANG, path, "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout.decode())["problems"][0]["code"] == "\ud800"
    assert "Cảnh báo" in command_line("rubric", "check", SOC_TRANG).stdout.decode()


@pytest.mark.parametrize("arguments", [[], ["rubric"], ["score", SOC_TRANG], ["chấm"], ["rubric", "show"]])
def test_a_command_that_is_none_exits_2(capsys: Output, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert capsys.readouterr().out == ""


def test_help_names_every_command(capsys: Output) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])
    assert stopped.value.code == 0
    out = capsys.readouterr().out
    assert all(command in out for command in ("rubric", "plan", "indicator", "score", "export", "verify"))
