"""A program that is missing fails CI and is a skip that names it elsewhere."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.programs import need_chromium, need_libreoffice


@pytest.fixture(autouse=True)
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CCHC_CHROMIUM", str(tmp_path / "chromium"))


NEEDS = [(need_chromium, "Chromium"), (need_libreoffice, "LibreOffice")]


@pytest.mark.parametrize(("need", "name"), NEEDS)
def test_it_fails_in_ci(need: Callable[[], Path], name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match=name):
        need()


@pytest.mark.parametrize(("need", "name"), NEEDS)
def test_it_is_a_named_skip_elsewhere(need: Callable[[], Path], name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match=name):
        need()


def test_a_browser_that_is_named_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    named = tmp_path / "chromium"
    named.touch()
    assert need_chromium() == named
