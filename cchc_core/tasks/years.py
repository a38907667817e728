"""A printed text moved to another year when a plan is copied: deadlines and the plan's own year, nothing else."""

import re
from typing import Final

from cchc_core.text import nfc

_YEAR: Final = re.compile(r"(?<!\d)20\d\d(?!\d)")
# A year that belongs to the number or the date of a document: "43/KH-STTTT ngày 31/12/2021", "61/2018/NĐ-CP".
_OF_A_DOCUMENT: Final = re.compile(r"\d+/\S*[^\W\d]\S*(?:,? ngày \d{1,2}/\d{1,2}/|,? năm )?$")
_NUMBER_GOES_ON: Final = re.compile(r"/[^\W\d]")
_A_STRETCH: Final = re.compile(r"(?:giai đoạn|thời kỳ) (?:20\d\d ?[-–] ?)?$|20\d\d ?[-–] ?$")


def moved_time(text: str, from_year: int, to_year: int) -> str:
    """Move every year of a printed time, but not those of documents and of stretches of years.

    >>> moved_time("Trước ngày 31/12/2023", 2024, 2025)
    'Trước ngày 31/12/2024'
    >>> moved_time("Theo Kế hoạch số 43/KH-STTTT ngày 31/12/2021", 2022, 2023)
    'Theo Kế hoạch số 43/KH-STTTT ngày 31/12/2021'
    """
    return _moved(text, to_year - from_year, None)


def moved_title(text: str, from_year: int, to_year: int) -> str:
    """Move the plan's own year in a title ("Kế hoạch CCHC năm 2024"); other years stay, and so do "đến năm 2024".

    >>> moved_title("Kế hoạch rà soát năm 2024 theo Kế hoạch giai đoạn 2021-2025", 2024, 2025)
    'Kế hoạch rà soát năm 2025 theo Kế hoạch giai đoạn 2021-2025'
    """
    return _moved(text, to_year - from_year, from_year)


def _moved(text: str, years: int, only: int | None) -> str:
    whole = nfc(text)

    def year_of(found: re.Match[str]) -> str:
        ahead, year = whole[: found.start()].lower(), int(found.group())
        stays = bool(
            _OF_A_DOCUMENT.search(ahead) or _A_STRETCH.search(ahead) or _NUMBER_GOES_ON.match(whole, found.end())
        )
        if only is not None:
            stays = stays or year != only or not ahead.endswith("năm ") or ahead.endswith("đến năm ")
        return found.group() if stays else str(year + years)

    return _YEAR.sub(year_of, whole)
