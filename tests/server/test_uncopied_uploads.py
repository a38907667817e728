"""A page is handed the uploaded file itself: a copy would take the room of the file once more."""

from collections.abc import Iterator

import pytest
from streamlit.runtime.uploaded_file_manager import UploadedFile
from streamlit.testing.v1 import AppTest

from server.uncopied_uploads import hand_over_uncopied


@pytest.fixture
def as_streamlit_does() -> Iterator[None]:
    before = vars(UploadedFile).get("__deepcopy__")
    yield
    if before is None and "__deepcopy__" in vars(UploadedFile):
        del UploadedFile.__deepcopy__  # type: ignore[attr-defined]


def _page() -> None:
    import streamlit as st

    file = st.file_uploader("Tệp", key="tep")
    if file is not None:
        held = st.session_state["tep"]
        st.text(f"{file is held} {file.getvalue().decode()}")
        # A page that has read to the end, once more.
        file.seek(0)
        st.text(file.read().decode())


def test_a_page_is_handed_the_uploaded_file_and_no_copy_of_it(as_streamlit_does: None) -> None:
    hand_over_uncopied()
    page = AppTest.from_function(_page).run()
    page.file_uploader[0].set_value(("a.txt", b"noi dung", "text/plain")).run()
    assert [text.value for text in page.text] == ["True noi dung", "noi dung"]
    page.run()
    assert [text.value for text in page.text] == ["True noi dung", "noi dung"]
