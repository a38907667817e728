"""Where a form may send people afterwards: a path of this product and nothing else."""

from urllib.parse import urlsplit

from cchc_core.session_cookie import SIGN_IN_PATH, SIGN_OUT_PATH

_LONGEST = 2_000


def safe_next(asked: str) -> str:
    """Return the asked path, or `/` when it could lead out of the product or back into signing in.

    Browsers read a backslash as a slash and drop tabs and line ends, so `/\\evil.example` and `/<tab>/evil.example`
    are addresses of another site too.

    >>> safe_next("/cham-diem?bang=1"), safe_next("//evil.example"), safe_next("https://evil.example/")
    ('/cham-diem?bang=1', '/', '/')
    """
    if not _is_plain(asked):
        return "/"
    try:
        parts = urlsplit(asked)
    except ValueError:
        return "/"
    leads_out = bool(parts.scheme or parts.netloc)
    return "/" if leads_out or parts.path.rstrip("/") in {SIGN_IN_PATH, SIGN_OUT_PATH} else asked


def _is_plain(asked: str) -> bool:
    if not asked.startswith("/") or asked.startswith("//") or len(asked) > _LONGEST:
        return False
    return asked.isprintable() and "\\" not in asked
