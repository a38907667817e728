"""Work on a stranger's file runs in a child: whatever happens there, this process goes on and knows why."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from cchc_core.confined import IN_WORDS, Confined, Reason, run

CHILD = "tests.reading.odd_children"


def ask(do: str, seconds: float = 20.0, **more: object) -> Any:
    return run(CHILD, {"do": do, **more}, seconds=seconds, megabytes=200)


def failure(do: str, seconds: float = 20.0, **more: object) -> Confined:
    with pytest.raises(Confined) as caught:
        ask(do, seconds, **more)
    return caught.value


def test_an_answer_comes_back_as_json_whatever_libraries_print() -> None:
    assert ask("echo", say="Sở Thông tin và Truyền thông «∑»\u0000") == {
        "said": "Sở Thông tin và Truyền thông «∑»\u0000"
    }


def test_a_child_that_asks_for_all_memory_is_told_apart_from_a_broken_one() -> None:
    assert failure("eat").reason is Reason.MEMORY


def test_a_child_that_takes_too_long_is_ended_at_its_time() -> None:
    started = time.monotonic()
    assert failure("sleep", 1.0).reason is Reason.TIME
    assert time.monotonic() - started < 30


def test_a_child_that_computes_for_ever_is_ended_at_its_time() -> None:
    assert failure("spin", 1.0).reason is Reason.TIME


def test_a_child_that_dies_or_raises_or_goes_without_a_word_is_a_crash() -> None:
    for do in ("die", "raise", "leave quietly"):
        assert failure(do).reason is Reason.CRASH
    assert "bad cross-reference table" in failure("raise").message
    assert failure("raise").words == IN_WORDS[Reason.CRASH]


def test_a_refusal_carries_the_childs_own_sentence() -> None:
    refused = failure("refuse")
    assert (refused.reason, refused.words) == (Reason.REFUSED, "tệp có mật khẩu")


def test_a_child_cannot_fill_the_disk(tmp_path: Path) -> None:
    assert failure("write much", path=str(tmp_path / "much")).reason is Reason.CRASH
    assert (tmp_path / "much").stat().st_size <= 200 << 20


def test_a_child_is_given_no_secret_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCHC_SECRET", "x")
    assert "CCHC_SECRET" not in ask("environment")


def test_a_module_that_is_none_is_a_crash() -> None:
    with pytest.raises(Confined) as caught:
        run("cchc_core.no_such_module", {}, seconds=20, megabytes=200)
    assert caught.value.reason is Reason.CRASH


def test_many_at_once_are_all_answered() -> None:
    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(lambda number: ask("echo", say=number), range(8)))
    assert said == [{"said": number} for number in range(8)]
