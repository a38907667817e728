"""``plan list`` and ``plan show``: the JSON that others read, words for people, refusals that name what there is."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cchc_core.cli import main
from cchc_core.plans import files

XAY_DUNG, SOC_TRANG, KHANH_HOA, TNMT = (
    "namdinh-sxd-2024",
    "soctrang-tttt-2022",
    "khanhhoa-snv-2024",
    "namdinh-tnmt-2024",
)
TASK_KEYS = [
    *("code", "group", "title", "products", "lead", "coordinating", "time", "due"),
    *("funding", "how", "note", "uncertain"),
]
TARGET_KEYS = ["text", "operator", "value", "unit", "deadline", "task"]
KINDS = {"date", "month", "quarter", "year", "recurring", "relative", "open"}

Output = pytest.CaptureFixture[str]


def read(capsys: Output, *arguments: str) -> Any:
    code = main(["plan", *arguments, "--json"])
    said = capsys.readouterr()
    assert (code, said.err) == (0, "")
    return json.loads(said.out)


def tasks_of(capsys: Output, plan_id: str) -> dict[str, Any]:
    return {task["code"]: task for task in read(capsys, "show", plan_id)["tasks"]}


def test_the_plans_are_listed_as_the_contract_says(capsys: Output) -> None:
    listed = read(capsys, "list")
    assert all(list(plan) == ["id", "title", "year", "issuer", "tasks", "targets"] for plan in listed)
    assert [(plan["id"], plan["year"], plan["tasks"], plan["targets"]) for plan in listed] == [
        (KHANH_HOA, 2024, 48, 32),
        (XAY_DUNG, 2024, 43, 19),
        (TNMT, 2024, 121, 0),
        (SOC_TRANG, 2022, 45, 0),
    ]


@pytest.mark.parametrize("plan_id", [XAY_DUNG, SOC_TRANG, KHANH_HOA, TNMT])
def test_a_plan_is_shown_as_the_contract_says(capsys: Output, plan_id: str) -> None:
    shown = read(capsys, "show", plan_id)
    assert list(shown) == ["id", "title", "year", "issuer", "groups", "tasks", "targets"]
    assert all(list(group) == ["code", "title"] for group in shown["groups"])
    groups = {group["code"] for group in shown["groups"]}
    for task in shown["tasks"]:
        assert list(task) == TASK_KEYS
        assert task["group"] in groups
        assert all(isinstance(product, str) for product in task["products"])
        assert isinstance(task["uncertain"], bool)
        assert task["due"]
        for due in task["due"]:
            assert list(due) == ["date", "kind"]
            assert due["kind"] in KINDS
            assert due["date"] is None or date.fromisoformat(due["date"])
    for target in shown["targets"]:
        assert list(target) == TARGET_KEYS
        assert target["operator"] in ("=", ">", ">=", "<", "<=")
        assert target["task"] is None or target["task"] in {task["code"] for task in shown["tasks"]}


def test_what_is_due_follows_the_column_the_products_and_the_title(capsys: Output) -> None:
    construction = tasks_of(capsys, XAY_DUNG)
    assert construction["9"]["due"] == [{"date": "2024-01-14", "kind": "date"}]
    assert construction["1"]["due"] == [{"date": None, "kind": "recurring"}]
    assert construction["13"]["due"] == [{"date": None, "kind": "open"}]
    assert construction["36"]["due"] == [{"date": "2023-12-31", "kind": "month"}]
    spent = tasks_of(capsys, KHANH_HOA)["B.VI.4"]
    assert spent["time"] == "Trong năm 2024"
    assert spent["due"] == [{"date": "2024-12-15", "kind": "date"}, {"date": "2024-12-31", "kind": "year"}]
    soc_trang = tasks_of(capsys, SOC_TRANG)
    reports = [due["date"] for due in soc_trang["7.8"]["due"] if due["kind"] == "recurring"]
    assert reports == ["2022-03-16", "2022-06-16", "2022-09-16", "2022-12-16"]
    assert (soc_trang["5.2"]["time"], soc_trang["5.2"]["due"]) == (None, [{"date": None, "kind": "open"}])
    assert soc_trang["5.2"]["uncertain"] is True
    assert "thời gian bị mất" in soc_trang["5.2"]["note"]


def test_a_step_inside_the_department_is_no_deadline_of_the_task(capsys: Output) -> None:
    due = tasks_of(capsys, KHANH_HOA)["B.I.1"]["due"]
    assert due == [{"date": "2024-12-13", "kind": "date"}]


def test_targets_have_exact_values_and_the_days_that_are_printed(capsys: Output) -> None:
    targets = read(capsys, "show", KHANH_HOA)["targets"]
    assert targets[0]["text"] == "bảo đảm Chỉ số hài lòng năm 2024 đạt trên 87%"
    assert [targets[0][key] for key in TARGET_KEYS[1:]] == [">", "87", "%", None, None]
    (spent,) = [target for target in targets if target["task"] == "B.VI.4"]
    assert (spent["value"], spent["deadline"]) == ("85", "2024-12-15")
    hidden = read(capsys, "show", XAY_DUNG)["targets"][-1]
    assert (hidden["task"], hidden["value"], hidden["deadline"]) == ("37", "40", "2024-12-31")


def test_a_plan_is_shown_to_people_in_vietnamese(capsys: Output) -> None:
    assert main(["plan", "list"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert len(listed) == 4
    assert listed[1].endswith("(Sở Xây dựng tỉnh Nam Định, 2024): 43 nhiệm vụ, 19 chỉ tiêu")
    assert main(["plan", "show", SOC_TRANG]) == 0
    out = capsys.readouterr().out
    assert "2  Cải cách thủ tục hành chính: 6 nhiệm vụ" in out
    assert "(không ghi thời gian) → Bản in không ghi thời gian" in out
    assert out.count("(bản in không chắc)") == 13
    assert main(["plan", "show", XAY_DUNG]) == 0
    out = capsys.readouterr().out
    assert "      Trước ngày 15/01/2024 → «Trước ngày 15/01/2024»: hạn hết ngày 14/01/2024" in out
    assert "  >= 100 %  Mức độ hài lòng" in out


@pytest.mark.parametrize("name", ["không-có", "", ".", "../plans/namdinh-sxd-2024", "x" * 5000])
def test_an_unknown_plan_exits_2_with_the_plans_there_are(capsys: Output, name: str) -> None:
    assert main(["plan", "show", name]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert all(plan_id in said.err for plan_id in (XAY_DUNG, SOC_TRANG, KHANH_HOA, TNMT))
    assert main(["plan", "show", name, "--json"]) == 2
    said = capsys.readouterr()
    assert said.err == ""
    assert XAY_DUNG in json.loads(said.out)["problems"][0]["problem"]


def test_a_damaged_plan_is_named_and_hides_no_other(
    capsys: Output, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = (Path(__file__).parent / "small.yaml").read_text(encoding="utf-8")
    (tmp_path / "small.yaml").write_text(sound, encoding="utf-8")
    (tmp_path / "broken.yaml").write_text(sound.replace("group: II", "group: IX"), encoding="utf-8")
    monkeypatch.setattr(files, "PLANS_DIR", tmp_path)
    assert main(["plan", "list", "--json"]) == 1
    said = capsys.readouterr()
    assert [plan["id"] for plan in json.loads(said.out)] == ["small"]
    assert "broken.yaml, dòng 23, tasks[1].group: không có nhóm IX" in said.err
    assert main(["plan", "show", "broken"]) == 2
    assert "id: mã «small» khác tên tệp" in capsys.readouterr().err
    assert main(["plan", "show", "small"]) == 0
