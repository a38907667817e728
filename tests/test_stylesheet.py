"""The stylesheet does not slow the pages down."""

import re

from server.assets import STYLE

_ASKS_THE_WHOLE_PAGE = re.compile(r"(?:\.stApp|body|html|:root):has\([^>+~]")


def test_no_rule_asks_what_the_whole_page_has() -> None:
    # A browser asks such a rule again at every change of a page; five of them took a quarter of the work of a board.
    assert _ASKS_THE_WHOLE_PAGE.search(".stApp:has(.st-key-screen) p { margin: 0; }")
    assert _ASKS_THE_WHOLE_PAGE.findall(STYLE.content.decode()) == []
