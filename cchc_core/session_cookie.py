"""The names by which a browser and the product agree on who is signed in.

They stand in the core so that pages and routes use one spelling without importing each other.
"""

from typing import Final

COOKIE: Final = "cchc_session"
"""Cookie that carries the token of a session; HttpOnly, so no script of a page reads it."""

SIGN_IN_PATH: Final = "/dang-nhap"
SIGN_OUT_PATH: Final = "/dang-xuat"

NEXT_PARAMETER: Final = "tiep"
"""Query parameter of the sign-in page: where to go afterwards, a path of this product."""

SCREEN_COOKIE: Final = "cchc_screen"
"""Cookie that carries the token of a big screen; it opens that one page and nothing else."""

SCREEN_PAGE: Final = "man-hinh-lon"
"""Address of the big screen's page, without its slash."""

OPEN_SCREEN_PATH: Final = "/man-hinh"
ENTER_CODE_PATH: Final = "/man-hinh/nhan"
ASSESSMENT_PARAMETER: Final = "bang"
"""Query parameter that names an assessment, in pages and routes alike."""
