"""Indicator files: what is wrong is named with file, line, path and what to do, all of it at once."""

from pathlib import Path

import pytest

from cchc_core.indicators import files
from cchc_core.indicators.files import IndicatorFileError, load_indicators, read_indicators, readable_indicators
from cchc_core.indicators.model import Figure, FigureKind, Kind, Result
from tests.data_file import DataFile

SMALL = (Path(__file__).parent / "small.yaml").read_text(encoding="utf-8")
NAME = "bieu-nho.yaml"
FILE = DataFile(SMALL, NAME, load_indicators, IndicatorFileError)
load, problems, changed = FILE.load, FILE.problems, FILE.changed


def test_a_sound_file_is_read_with_its_codes_as_they_are_written(tmp_path: Path) -> None:
    small = load(tmp_path, SMALL)
    assert [indicator.code for indicator in small.indicators] == ["I.1.1", "I.2", "II.1.1", "II.1.2", "II.1.10"]
    count, yes_no, percent, both, ratio = small.indicators
    assert (count.section, count.group, count.number) == ("I", "I.1", None)
    assert (yes_no.section, yes_no.group, yes_no.number) == ("I", None, "2")
    assert count.figures == (Figure("Số liệu", "Nhiệm vụ", FigureKind.WHOLE),)
    assert [figure.kind for figure in yes_no.figures] == [FigureKind.YES_NO]
    assert [figure.kind for figure in percent.figures] == [FigureKind.PERCENT]
    assert [figure.kind for figure in both.figures] == [FigureKind.WHOLE, FigureKind.PERCENT]
    assert (ratio.kind, ratio.result, ratio.level, ratio.is_of_level_only) == (
        Kind.RATIO,
        Result.SHARE,
        "huyện/xã",
        True,
    )
    assert (both.values_asked, ratio.values_asked, ratio.note) == (2, 3, "Cấp huyện báo cáo thêm.")
    assert small.year == 2024
    with pytest.raises(KeyError):
        small.indicator("I.1")


@pytest.mark.parametrize(
    ("old", "new", "where", "said"),
    [
        ("issuer:", "isuer: x\nissuer:", "isuer", "không có trong mẫu"),
        ("issuer: UBND tỉnh\n", "", "issuer", "thiếu khoá"),
        ("id: bieu-nho", "id: bieu-khac", "id", "khác tên tệp"),
        ("id: bieu-nho", "id: Biểu nhỏ", "id", "chữ thường không dấu"),
        ("year: 2024", "year: hai nghìn", "year", "cần một số nguyên"),
        ("year: 2024", "year: 1024", "year", "số quá nhỏ"),
        ("title: Số nhiệm vụ", "title: ''", "indicators[0].title", "không được để trống"),
        ("title: Số nhiệm vụ", "title: [Số]", "indicators[0].title", "cần một đoạn chữ"),
        ("    unit: Nhiệm vụ\n", "", "indicators[0].unit", "thiếu khoá"),
        ("    unit: Nhiệm vụ\n", "    unit: Nhiệm vụ\n    unit: Việc\n", "unit", "ghi hai lần"),
        ("    unit: Nhiệm vụ\n", "    unit: Nhiệm vụ\n    untis: Việc\n", "indicators[0].untis", "không có trong mẫu"),
        ("kind: count", "kind: đếm", "indicators[0].kind", "giá trị cho phép"),
        ("code: I.2\n", "code: I.1\n", "indicators[1].code", "đã dùng ở trên"),
        ("code: I.2\n", "code: I.7\n", "indicators[1].number", "kết thúc bằng số 2"),
        ("code: I.1.1\n", "code: I.9.1\n", "indicators[0].code", "bắt đầu bằng «I.1.»"),
        ("{code: II.1, number: \"1\"", "{code: II.1, number: \"2\"", "sections[1].number", "kết thúc bằng số 2"),
        ("parent: I.1\n", "parent: I.9\n", "indicators[0].parent", "không có mục hay lĩnh vực I.9"),
        ("parent: I.1\n", "parent: I.9\n", "groups[0]", "mục I.1 không có gì bên dưới"),
        ("parent: I, number", "parent: III, number", "groups[0].parent", "không có lĩnh vực III"),
        ("part: II,", "part: III,", "sections[1].part", "không có phần III"),
        ("part: II,", "part: III,", "parts[0]", "phần II không có gì bên dưới"),
        ("sections:\n", "sections:\n  - {code: V, number: V, title: x}\n", "sections[0]", "lĩnh vực V không có gì"),
        ("kind: percent", "kind: count", "indicators[2]", "không có số phần trăm nào"),
        ("kind: count", "kind: percent", "indicators[0]", "không hỏi phần trăm"),
        ("kind: yes_no", "kind: count", "indicators[1]", "yes_no đi với"),
        ("kind: count", "kind: yes_no", "indicators[0]", "yes_no đi với"),
        ("kind: yes_no", "kind: yes_no\n    values: [{label: a, unit: b}, {label: c, unit: d}]", "indicators[1]",
         "bỏ values"),
        ("      - {label: Tỷ lệ, unit: \"%\"}\n", "", "indicators[3]", "values chỉ có một số"),
        ("      - {label: Tỷ lệ, unit: \"%\"}\n", "", "indicators[3]", "không có số phần trăm nào"),
        ("unit: hồ sơ}", "unit: \"%\"}", "indicators[3]", "ít nhất một số đếm"),
        ("      - {label: Tổng số cuộc, unit: cuộc}\n", "", "indicators[4]", "đúng hai số đếm"),
        ("{label: Tổng số cuộc, unit: cuộc}", "{label: Tổng, unit: \"%\"}", "indicators[4]", "đúng hai số đếm"),
        ("    result: share\n", "", "indicators[4]", "result đi với ratio"),
        ("    result: share\n", "    result: phần\n", "indicators[4].result", "giá trị cho phép"),
        ("kind: count\n", "kind: count\n    result: share\n", "indicators[0]", "result đi với ratio"),
        ("result: share", "result: quotient", "indicators[4]", "không có số phần trăm nào"),
        ("unit: Nhiệm vụ", "unit: ... việc", "indicators[0]", "nhiều chỗ trống"),
        ("level: huyện/xã", "level: huyện/thôn", "indicators[4]", "không có cấp «thôn»"),
        ("    level_role: reports\n", "", "indicators[4]", "đi với nhau"),
        ("    level_role: reports\n", "    level_role: báo cáo\n", "indicators[4].level_role", "giá trị cho phép"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place_and_what_to_do(
    tmp_path: Path, old: str, new: str, where: str, said: str
) -> None:
    found = problems(tmp_path, changed((old, new)))
    fitting = [problem for problem in found if problem.where.endswith(where) and said in problem.message]
    assert fitting, "\n".join(map(str, found))
    assert all(problem.line and problem.path.name == NAME for problem in found)
    assert all(";" in problem.message or problem.message.endswith(".") for problem in found)


def test_a_percent_may_stand_beside_its_count(tmp_path: Path) -> None:
    text = changed(("    kind: count\n    values:\n", "    kind: percent\n    values:\n"))
    assert load(tmp_path, text).indicators[3].kind is Kind.PERCENT


def test_faults_of_every_sort_are_named_at_once_in_the_order_of_their_lines(tmp_path: Path) -> None:
    text = changed(
        ("title: Biểu nhỏ", "title: Biểu nhỏ\nsubtitle: x"),
        ("title: Số nhiệm vụ", "title: Số nhiệm vụ\n    title: Số"),
        ("code: I.2\n", "code: I.1\n"),
        ("kind: percent", "kind: count"),
        ("level: huyện/xã", "level: thôn"),
    )
    found = problems(tmp_path, text)
    assert [problem.line for problem in found] == sorted(problem.line or 0 for problem in found)
    said = "\n".join(map(str, found))
    for words in ("subtitle", "hai lần", "đã dùng ở trên", "không có số phần trăm nào", "không có cấp «thôn»"):
        assert words in said
    line = next(number for number, text in enumerate(text.splitlines(), start=1) if "code: I.1\n" in f"{text}\n")
    assert f"{NAME}, dòng {line}, indicators[1].code: mã I.1 đã dùng" in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "tệp trống; cần id, title, sections, indicators"),
        ("# chỉ có chú thích\n\n".encode(), "tệp trống; cần id, title, sections, indicators"),
        (b"\xff\xfe\x00", "không phải UTF-8"),
        (b"id: [", "cú pháp YAML"),
        (b"id: \x01", "ký tự điều khiển"),
        (b"a: &a x\nid: *a\n", "tham chiếu"),
        (b"[" * 5000, "lồng quá sâu"),
        (b"- a\n- b\n", "cần một mục có các khoá"),
        (b"id: null\nindicators: []\nsections: x\n", "thiếu khoá này"),
    ],
    ids=str,
)
def test_a_damaged_file_says_so_in_words(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / NAME
    path.write_bytes(content)
    with pytest.raises(IndicatorFileError) as refused:
        load_indicators(path)
    assert said in str(refused.value)
    assert str(refused.value).startswith(NAME)


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(IndicatorFileError, match="không có tệp này; hãy"):
        load_indicators(tmp_path / "nowhere.yaml")


def test_one_bad_file_hides_no_good_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / NAME).write_text(SMALL, encoding="utf-8")
    (tmp_path / "hong.yaml").write_text("id: hong\n", encoding="utf-8")
    monkeypatch.setattr(files, "INDICATORS_DIR", tmp_path)
    sets, said = readable_indicators()
    assert list(sets) == ["bieu-nho"]
    assert said
    assert all(line.startswith("hong.yaml, dòng ") for line in said)


def test_a_changed_file_is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / NAME
    path.write_text(SMALL, encoding="utf-8")
    monkeypatch.setattr(files, "INDICATORS_DIR", tmp_path)
    first = read_indicators("bieu-nho")
    assert read_indicators("bieu-nho") is first
    path.write_text(changed(("title: Biểu nhỏ", "title: Biểu đã sửa")), encoding="utf-8")
    assert read_indicators("bieu-nho").title == "Biểu đã sửa"
