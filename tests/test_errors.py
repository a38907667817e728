from collections.abc import Iterator
from datetime import datetime

import pytest

from cchc_core import errors
from cchc_core.errors import CchcError, NotFound, StaleAnswer, StorageFull
from cchc_core.rules.answers import EMPTY


def _tree(kind: type[CchcError]) -> Iterator[type[CchcError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _tree(below)


OURS = [kind for kind in _tree(CchcError) if kind.__module__ == errors.__name__]


@pytest.mark.parametrize("kind", OURS)
def test_the_docstring_draws_every_error_of_the_tree(kind: type[CchcError]) -> None:
    assert f"{kind.__name__} " in f"{errors.__doc__} ".replace("\n", " \n")
    assert kind.__doc__


def test_every_code_stands_for_one_error() -> None:
    codes = [kind.code for kind in OURS]
    assert len(codes) == len(set(codes))


def test_a_message_says_where_what_what_to_do_and_the_code() -> None:
    text = str(StorageFull("Lưu dữ liệu"))
    assert text.startswith("Lưu dữ liệu: ổ đĩa đã đầy")
    assert "Hãy giải phóng chỗ trống" in text
    assert text.endswith("(mã LT-01)")
    assert "«9.9»" in str(NotFound("Chấm điểm", thing="tiêu chí", key="9.9"))


def test_braces_in_what_a_person_typed_are_shown_as_typed() -> None:
    assert "«{key} {0}»" in str(NotFound("Chấm điểm", thing="tiêu chí", key="{key} {0}"))


def test_a_stale_answer_names_the_other_person_and_the_time_in_vietnam() -> None:
    refused = StaleAnswer(
        "Tiêu chí 1.1",
        version=3,
        who="Phòng Một",
        when_utc=datetime(2024, 3, 31, 18, 5, 9),  # noqa: DTZ001 (stored times carry no zone)
        stored=EMPTY,
        stored_note="",
        stored_explanation="",
    )
    assert "Phòng Một đã lưu giá trị khác lúc 01:05:09 ngày 01/04/2024" in str(refused)
