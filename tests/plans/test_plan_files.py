"""Plan files: what is wrong is named with file, line, path and what to do, all of it at once."""

from decimal import Decimal
from pathlib import Path

import pytest

from cchc_core.plans import files
from cchc_core.plans.files import PlanFileError, load_plan, readable_plans
from tests.data_file import DataFile

SMALL = (Path(__file__).parent / "small.yaml").read_text(encoding="utf-8")
FROM_A_SET = SMALL.partition("\ngroups:")[0] + "rubric: namdinh-tnmt-2024\n"
FILE = DataFile(SMALL, "small.yaml", load_plan, PlanFileError)
load, problems, changed = FILE.load, FILE.problems, FILE.changed


def test_a_sound_file_is_read_as_it_is_written(tmp_path: Path) -> None:
    plan = load(tmp_path, SMALL)
    assert [task.code for task in plan.tasks] == ["1", "1.10"]
    first, second = plan.tasks
    assert [(product.text, product.time) for product in first.products] == [
        ("Kế hoạch", None),
        ("Báo cáo", "Trước ngày 15/12/2024"),
    ]
    assert [first.time_of(product) for product in first.products] == ["Quý I/2024", "Trước ngày 15/12/2024"]
    assert (second.is_uncertain, second.lead, second.products) == (True, None, ())
    (target,) = plan.targets
    assert (target.value, target.task, target.repeats) == (Decimal(40), "1", False)


@pytest.mark.parametrize(("value", "read"), [("Tốt", "Tốt"), ("NaN", "NaN"), ("87.5", Decimal("87.5"))])
def test_a_target_without_a_number_stays_text(tmp_path: Path, value: str, read: object) -> None:
    assert load(tmp_path, changed(('value: "40"', f"value: {value}"))).targets[0].value == read


@pytest.mark.parametrize(
    ("old", "new", "where", "said"),
    [
        ("issuer:", "isuer: x\nissuer:", "isuer", "không có trong mẫu"),
        ("issuer: Sở Thử\n", "", "issuer", "thiếu khoá"),
        ("year: 2024", "year: hai nghìn", "year", "cần một số nguyên"),
        ("year: 2024", "year: 1024", "year", "số quá nhỏ"),
        ("id: small", "id: Kế hoạch", "id", "chữ thường không dấu"),
        ("id: small", "id: khac", "id", "khác tên tệp"),
        ("title: Rà soát", "title: ''", "tasks[1].title", "không được để trống"),
        ("title: Rà soát", "title: [Rà soát]", "tasks[1].title", "cần một đoạn chữ"),
        ("title: Rà soát", "title: Rà soát\n    title: Rà", "title", "ghi hai lần"),
        ("    lead: Văn phòng", "    leads: x\n    lead: Văn phòng", "tasks[0].leads", "không có trong mẫu"),
        ("{text: Báo cáo, time", "{texts: x, text: Báo cáo, time", "products[1].texts", "không có trong mẫu"),
        ("      - Kế hoạch", "      - [Kế hoạch]", "tasks[0].products[0]", "cần một mục có các khoá"),
        ("    source: Phụ lục, STT 2\n", "", "tasks[1].source", "thiếu khoá"),
        ("[lead, time]", "[lead, timing]", "tasks[1].uncertain[1]", "giá trị cho phép"),
        ("group: II", "group: IX", "tasks[1].group", "không có nhóm IX"),
        ("group: II", "group: I", "groups[1]", "nhóm II không có nhiệm vụ nào"),
        ('code: "1.10"', 'code: "1"', "tasks[1].code", "đã dùng ở trên"),
        ("{code: II, title", "{code: I, title", "groups[1].code", "đã dùng ở trên"),
        ('operator: ">="', "operator: ≥", "targets[0].operator", "giá trị cho phép"),
        ('    task: "1"', '    task: "9"', "targets[0].task", "không có nhiệm vụ 9"),
        ("groups:", "rubric: namdinh-tnmt-2024\n\ngroups:", "rubric", "bỏ một trong hai"),
        ("groups:", "rubric: khong-co\n\ngroups:", "rubric", "không có bộ tiêu chí «khong-co»"),
        ("groups:", 'product_times: [{task: "1", product: 1, time: x}]\n\ngroups:', "product_times", "khi có rubric"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place_and_what_to_do(
    tmp_path: Path, old: str, new: str, where: str, said: str
) -> None:
    found = problems(tmp_path, changed((old, new)))
    fitting = [problem for problem in found if problem.where.endswith(where) and said in problem.message]
    assert fitting, "\n".join(map(str, found))
    assert all(problem.line and problem.path.name == "small.yaml" for problem in found)
    assert all(";" in problem.message or "." in problem.message for problem in found)


def test_a_plan_without_tasks_is_none(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, SMALL.partition("\ngroups:")[0])
    assert "không có nhiệm vụ nào" in problem.message


@pytest.mark.parametrize(("task", "product"), [("1.1.1", 4), ("9.9.9", 1), ("1.1.1", 0)])
def test_a_time_of_a_product_that_is_not_there_is_refused(tmp_path: Path, task: str, product: int) -> None:
    times = f'product_times: [{{task: "{task}", product: {product}, time: Năm 2024}}]\n'
    (problem,) = problems(tmp_path, FROM_A_SET + times)
    assert problem.where.startswith("product_times[0]")
    assert len(load(tmp_path, FROM_A_SET + times.replace(task, "1.1.1").replace(f" {product},", " 3,")).tasks) == 121


def test_faults_of_every_sort_are_named_at_once_in_the_order_of_their_lines(tmp_path: Path) -> None:
    text = changed(("issuer:", "isuer: x\nissuer:"), ("group: II", "group: IX"), ('task: "1"', 'task: "9"'))
    found = problems(tmp_path, text)
    assert [problem.where for problem in found] == ["isuer", "groups[1]", "tasks[1].group", "targets[0].task"]
    lines = [problem.line for problem in found]
    assert lines == sorted(lines, key=lambda line: line or 0)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "tệp trống"),
        (b"# a note alone\n---\n", "tệp trống"),
        (b"\xff\xfe", "UTF-8"),
        (b"a: [", "cú pháp YAML"),
        (b"- a", "các khoá"),
        (b"a: &x 1\nb: *x", "tham chiếu"),
        (b"a: " + b"[" * 3000, "YAML"),
        (b"a: \x00", "điều khiển"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_in_words(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "small.yaml"
    path.write_bytes(content)
    with pytest.raises(PlanFileError) as refused:
        load_plan(path)
    assert said in str(refused.value) or "lồng quá sâu" in str(refused.value)


def test_a_file_that_is_not_there_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(PlanFileError, match="không có tệp này"):
        load_plan(tmp_path / "none.yaml")


def test_one_bad_file_hides_no_good_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "bad.yaml").write_text("id: bad\n", encoding="utf-8")
    monkeypatch.setattr(files, "PLANS_DIR", tmp_path)
    plans, found = readable_plans()
    assert list(plans) == ["small"]
    assert found
    assert all(problem.startswith("bad.yaml, dòng ") for problem in found)
