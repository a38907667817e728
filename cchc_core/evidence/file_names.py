"""Names of files: what is allowed, and what a name has to become to be safe on every system."""

import unicodedata
from typing import Final

from cchc_core.evidence.file_problems import FileRefused, Reason, printable
from cchc_core.text import nfc

WHERE: Final = "Tải tệp lên"
LONGEST_NAME: Final = 200
EXTENSIONS: Final = ("pdf", "doc", "docx", "xls", "xlsx", "pptx", "png", "jpg", "zip")
_SAME: Final = {"jpeg": "jpg", "jpe": "jpg"}
MACRO_EXTENSIONS: Final = frozenset({"docm", "dotm", "xlsm", "xltm", "xlsb", "xlam", "pptm", "potm", "ppsm", "ppam"})
_PROGRAMS = """
    exe com scr dll sys cpl drv ocx msi msp mst msix appx bat cmd ps1 psm1 vbs vbe js jse wsf wsh hta jar class apk app
    dmg pkg deb rpm sh bash run bin lnk url scf reg inf pif gadget chm hlp iso img vhd vhdx py pyc pl rb php jsp asp
    aspx xll
"""
EXECUTABLE_EXTENSIONS: Final = frozenset(_PROGRAMS.split())
_ARCHIVES = "zip rar 7z gz tgz tar bz2 xz zst cab arj lzh ace z"
ARCHIVE_EXTENSIONS: Final = frozenset(_ARCHIVES.split())
# They turn the direction of writing, so that "fdp.exe" is read as "exe.pdf".
_DIRECTIONS: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_FORBIDDEN_ON_WINDOWS: Final = str.maketrans(dict.fromkeys('<>:"|?*', "_"))


def check_name(name: str) -> tuple[str, str]:
    """Give a file name as it is stored, and its extension in small letters.

    Raises FileRefused: a path, control characters, characters that turn the direction of writing; a kind that is not
    taken.

    >>> check_name("Báo cáo quý I.PDF")
    ('Báo cáo quý I.PDF', 'pdf')
    """
    if is_hostile(name) or len(name) > LONGEST_NAME:
        raise FileRefused(WHERE, Reason.BAD_NAME, name)
    safe = safe_name(name)
    stem, _, ending = safe.rpartition(".")
    if not stem.strip(" ."):
        raise FileRefused(WHERE, Reason.BAD_NAME if "." in safe else Reason.UNKNOWN_KIND, name)
    extension = _SAME.get(ending.casefold(), ending.casefold())
    if extension in MACRO_EXTENSIONS:
        raise FileRefused(WHERE, Reason.MACROS, name)
    if extension in EXECUTABLE_EXTENSIONS:
        raise FileRefused(WHERE, Reason.EXECUTABLE, name)
    if extension not in EXTENSIONS:
        raise FileRefused(WHERE, Reason.UNKNOWN_KIND, name, f"đuôi «.{printable(ending)[:12]}»")
    return safe, extension


def is_hostile(name: str, *, separators: str = "/\\") -> bool:
    """Tell whether a name leads elsewhere or hides what it is; ``separators`` are not allowed in it."""
    plain = unicodedata.normalize("NFKC", name)
    if any(letter in plain for letter in separators) or plain.strip(" .") == "" or plain.startswith(".."):
        return True
    return any(
        letter in _DIRECTIONS or unicodedata.category(letter) in ("Cc", "Cs", "Co", "Zl", "Zp") for letter in name
    )


def safe_name(name: str) -> str:
    """Give a name without what some system cannot store: invisible characters, Windows' forbidden ones, outer dots."""
    visible = "".join(letter for letter in nfc(name) if unicodedata.category(letter)[0] != "C")
    return " ".join(visible.translate(_FORBIDDEN_ON_WINDOWS).split()).strip().rstrip(".")
