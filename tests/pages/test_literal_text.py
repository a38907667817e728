"""Whatever people type is read as they typed it. How a browser draws it stands in tests/browser."""

import re

import pytest

from cchc_core import scoring
from cchc_core.permissions import Role
from tests.offices import NAM_DINH, SOC_TRANG
from tests.pages.screen import BOARD, HOME, SCORING, Office, Screen, as_read

NASTY = "<img src=x onerror=alert(1)> **đậm** [bấm](https://xa.example) :red[đỏ] $x^2$ # đầu `mã` | ô"
_MEANING = re.compile(r"(?<!\\)(<img|\*\*đậm|\[bấm|:red|\$x|`mã)")


def _assert_read_as_typed(screen: Screen, times: int = 1) -> None:
    drawn = [text for kind, text in screen.shown() if kind in _DRAWN and "đậm" in text]
    assert len(drawn) >= times
    for text in drawn:
        assert NASTY in as_read(text)
        assert _MEANING.search(text) is None


_DRAWN = ("markdown", "caption", "error", "warning", "info", "success", "button", "page_link", "radio", "checkbox")


def test_a_self_note_is_shown_literally_in_the_history_and_on_the_board(office: Office) -> None:
    opened = office.assessment(NAM_DINH)
    screen = office.screen().open(SCORING, bang=opened.id, tc="1.1.1")
    screen.put(opened.id, "1.1.1", "note", NASTY)
    stored = office.stored(opened.id, "1.1.1")
    assert stored is not None
    assert stored.self_note == NASTY
    _assert_read_as_typed(screen)
    _assert_read_as_typed(office.screen(Role.LEADER).open(BOARD, bang=opened.id))


@pytest.mark.parametrize(
    ("rubric_id", "code", "name"), [(SOC_TRANG, "I.2.1.2", "not_applicable"), (NAM_DINH, "7.4.4", "voided")]
)
def test_a_reason_is_shown_literally_in_the_explanation(office: Office, rubric_id: str, code: str, name: str) -> None:
    opened = office.assessment(rubric_id)
    screen = office.screen().open(SCORING, bang=opened.id, tc=code)
    screen.put(opened.id, code, f"reason {name}", NASTY)
    screen.press(f"{name} on {code}")
    _assert_read_as_typed(screen)


def test_a_source_is_shown_literally_in_the_explanation(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    office.save(opened.id, "II.1.4", {"points": "12", "source": NASTY[:60]}, Role.OFFICER)
    screen = office.screen().open(SCORING, bang=opened.id, tc="II.1.4")
    assert NASTY[:60] in as_read(screen.texts())
    explanation = next(text for _, text in screen.shown() if "nguồn «" in as_read(text))
    assert _MEANING.search(explanation) is None


def test_both_notes_of_a_conflict_are_shown_literally(office: Office) -> None:
    opened = office.assessment(NAM_DINH)
    screen = office.screen().open(SCORING, bang=opened.id, tc="1.1.1")
    room = office.person(Role.ROOM)
    scoring.save_note(office.database, room, assessment_id=opened.id, code="1.1.1", note=NASTY, expected_version=0)
    screen.put(opened.id, "1.1.1", "note", f"Tôi: {NASTY}")
    (shown,) = [text for kind, text in screen.shown() if kind == "markdown" and "Của bạn" in text]
    assert as_read(shown).count(NASTY) == 2
    assert _MEANING.search(shown) is None


def test_a_refused_value_is_quoted_literally(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(SCORING, bang=opened.id, lv="I.1")
    screen.put(opened.id, "I.1.6", "count", "**1** <b>[a](b)")
    assert "**1** <b>[a](b)" in screen.errors()
    assert "\\*\\*1\\*\\* \\<b\\>\\[a\\]\\(b\\)" in screen.at.error[0].value


@pytest.mark.parametrize("office", ["empty"], indirect=True)
def test_the_name_of_a_unit_is_shown_literally_on_every_page(office: Office) -> None:
    screen = office.screen().open(HOME)
    screen.at.text_input[0].set_value(NASTY)
    screen.at.text_area[0].set_value("Phòng <b>Một</b>")
    screen.at.button[0].click()
    screen.run()
    _assert_read_as_typed(screen)
    screen.press_labelled("Mở bảng chấm điểm")
    for page in (HOME, BOARD, "reports"):
        _assert_read_as_typed(office.screen().open(page))


def test_what_stands_in_the_address_is_shown_literally(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    for query in ({"bang": "**đậm** [bấm](//x)"}, {"bang": opened.id, "tc": "**đậm** [bấm](//x)"}):
        screen = office.screen().open(SCORING, **query)
        drawn = [text for kind, text in screen.shown() if "đậm" in text]
        assert drawn
        assert all(_MEANING.search(text) is None and "**đậm** [bấm](//x)" in as_read(text) for text in drawn)
