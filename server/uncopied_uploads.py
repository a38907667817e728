"""Uploaded files reach pages as they are, not as copies.

Streamlit hands a page a deep copy of what a widget holds, so that the page cannot change it. Of a file of 25 MB that is
another 25 MB for as long as the page runs; pages here read what was uploaded and never write into it.
"""

from typing import Any

from streamlit.runtime.uploaded_file_manager import UploadedFile


def hand_over_uncopied() -> None:
    """Let a deep copy of an uploaded file be the file itself, from now on."""
    UploadedFile.__deepcopy__ = _itself  # type: ignore[attr-defined]


def _itself(file: UploadedFile, memo: dict[int, Any]) -> UploadedFile:
    return file
