"""The form of a rule holds every rule of the known sets, and gives it back as it was."""

from decimal import Decimal
from typing import Any

import pytest

from cchc_core.errors import BadText
from cchc_core.rubric.document import rule_to_json
from cchc_core.rubric_files import read_rubric
from ui.rubrics.rule_fields import KINDS, columns, lines_in, to_fields, to_rule
from ui.rubrics.rule_json import lines_of
from ui.rubrics.typed_numbers import plain, typed

RULES = [
    pytest.param(rule_to_json(leaf.scored.rule), id=f"{rubric_id} {leaf.code}")
    for rubric_id in ("namdinh-tnmt-2024", "soctrang-tttt-2022")
    for leaf in read_rubric(rubric_id).leaves
]


def _there_and_back(rule: dict[str, Any]) -> dict[str, Any]:
    lines = lines_in(rule, rule["kind"], ())
    return to_rule(rule["kind"], to_fields(rule, rule["kind"], lines), rule)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_of_the_known_sets_comes_back_from_its_form_with_the_same_words(rule: dict[str, Any]) -> None:
    assert lines_of(_there_and_back(rule)) == lines_of(rule)
    assert lines_of(rule)


def test_every_kind_of_rule_can_be_chosen() -> None:
    assert set(KINDS) == {"levels", "checklist", "ratio", "bands", "count", "compare", "external", "manual"}


def test_what_a_form_does_not_show_stays_in_the_rule() -> None:
    rule = {
        "kind": "checklist",
        "items": [{"text": "Quý I", "points": "0.5000", "ratio": False, "due_period": "q1"}],
    }
    assert _there_and_back(rule)["items"][0]["due_period"] == "q1"


def test_lines_as_printed_fill_a_form_that_has_no_rule_yet() -> None:
    printed: list[dict[str, Any]] = [{"text": "Đúng hạn", "points": "1.0000"}, {"text": "Trễ hạn", "points": None}]
    assert lines_in(None, "levels", printed) == 2
    fields = to_fields(None, "levels", 2, printed)
    assert fields["text 0"] == "Đúng hạn"
    assert (fields["points 0"], fields["points 1"]) == ("1", "")


def test_lines_that_hold_nothing_are_left_out() -> None:
    fields = {f"{name} {place}": "" for place in range(4) for name in columns("levels")}
    fields |= {"text 0": "Có", "points 0": "1", "text 2": "Không", "points 2": "0"}
    assert to_rule("levels", fields)["levels"] == [{"text": "Có", "points": "1"}, {"text": "Không", "points": "0"}]


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        ("levels", {"text 0": "Có", "points 0": "1"}, "chưa đủ dòng"),
        ("levels", {"text 0": "Có", "points 0": "một", "text 1": "Không", "points 1": "0"}, "Dòng 1, ô điểm"),
        ("levels", {"text 0": "", "points 0": "1", "text 1": "Không", "points 1": "0"}, "chưa có nội dung"),
        ("levels", {"text 0": "Có", "points 0": "1.234", "text 1": "Không", "points 1": "0"}, "đọc được hai cách"),
        ("ratio", {"numerator": "", "denominator": "b", "empty_denominator": "full"}, "Tử số"),
        ("compare", {"of": "Chỉ số", "higher": "1", "equal": "", "lower": "0"}, "Điểm khi bằng"),
        (
            "bands",
            {"measure": "Tỷ lệ", "unit": "%", "from 0": "95", "points 0": "1", "factor 0": "0,005"},
            "vừa có điểm cố định vừa có hệ số",
        ),
    ],
)
def test_what_cannot_be_a_rule_is_refused_by_its_place(kind: str, fields: dict[str, str], said: str) -> None:
    with pytest.raises(BadText, match=said):
        to_rule(kind, fields)


def test_a_band_may_follow_a_line_and_be_open_at_one_end() -> None:
    fields = {"measure": "Tỷ lệ đúng hạn", "unit": "%", "from 0": "95", "from_in 0": "có", "factor 0": "0,005"}
    (band,) = to_rule("bands", fields)["bands"]
    assert band["linear"] == {"factor": "0.005", "constant": "0"}
    assert (band["from"], band["to"]) == ("95", None)


@pytest.mark.parametrize("value", ["0.5000", "1234.5000", "0.1250", "12", "0"])
def test_a_number_of_a_file_is_typed_back_as_the_same_number(value: str) -> None:
    assert Decimal(plain("Điểm", typed(value))) == Decimal(value)
