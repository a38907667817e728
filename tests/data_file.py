"""A small data file that tests change in places: load it, or collect the problems that loading it is refused for."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import pytest

from cchc_core.data_files import DataFileError, FileProblem

_Loaded = TypeVar("_Loaded")


@dataclass(frozen=True)
class DataFile(Generic[_Loaded]):
    """A sound file's text, its name, and how files of its kind are loaded and refused."""

    text: str
    name: str
    load_file: Callable[[Path], _Loaded]
    error: type[DataFileError]

    def load(self, folder: Path, text: str) -> _Loaded:
        """Write a text as the file and load it."""
        path = folder / self.name
        path.write_text(text, encoding="utf-8")
        return self.load_file(path)

    def problems(self, folder: Path, text: str) -> tuple[FileProblem, ...]:
        """Give every problem that a text is refused for."""
        with pytest.raises(self.error) as refused:
            self.load(folder, text)
        return refused.value.problems

    def changed(self, *changes: tuple[str, str]) -> str:
        """Give the sound text with some of it exchanged, each the first time it occurs."""
        text = self.text
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        return text
