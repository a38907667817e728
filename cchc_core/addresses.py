"""Addresses of pages and files that more than one part of the product leads to.

They stand in the core so that pages and routes use one spelling without importing each other.
"""

from typing import Final

BOARD_PAGE: Final = "bang-diem"
LOST_PAGE: Final = "tieu-chi-mat-diem"
CHECKS_PAGE: Final = "kiem-tra"
WHAT_IF_PAGE: Final = "thu-diem"
TASKS_PAGE: Final = "nhiem-vu"
TODO_PAGE: Final = "viec-can-lam"
INDICATORS_PAGE: Final = "chi-tieu"
DOCUMENTS_PAGE: Final = "tai-lieu"
RUBRICS_PAGE: Final = "bo-tieu-chi"
SLIP_PAGE: Final = "phieu-excel"
"""Names of pages, as they stand after the slash of an address."""

BOARD_PATH: Final = f"/{BOARD_PAGE}"
LOST_PATH: Final = f"/{LOST_PAGE}"
WHAT_IF_PATH: Final = f"/{WHAT_IF_PAGE}"
TASKS_PATH: Final = f"/{TASKS_PAGE}"
TODO_PATH: Final = f"/{TODO_PAGE}"
INDICATORS_PATH: Final = f"/{INDICATORS_PAGE}"
DOCUMENTS_PATH: Final = f"/{DOCUMENTS_PAGE}"
RUBRICS_PATH: Final = f"/{RUBRICS_PAGE}"
SLIP_PATH: Final = f"/{SLIP_PAGE}"

TABLES_PATH: Final = "/xuat"
"""Below it each table of an assessment is handed out as a file: /xuat/{assessment}/{key}.{csv or xlsx}."""

TODO_FILES_PATH: Final = "/viec-can-lam-tep"
"""Below it what the office urges by is handed out: /viec-can-lam-tep/{department}/{year}/{file}."""

FIGURES_PATH: Final = "/chi-tieu-tep"
"""Below it the figures and targets of a department's year are handed out: /chi-tieu-tep/{department}/{year}/{file}."""

FILES_PATH: Final = "/tai-lieu-tep"
"""Below it the file of a document is handed out: /tai-lieu-tep/{document}/{version of the file}, ``?tai=1`` to save."""

PREVIEWS_PATH: Final = "/tai-lieu-trang"
"""Below it a page of a document is shown as a picture: /tai-lieu-trang/{document}/{version of the file}/{page}.png."""

BUNDLES_PATH: Final = "/tai-lieu-tron-bo"
"""Below it all documents of an assessment are handed out: /tai-lieu-tron-bo/{assessment}.zip."""

CATALOGUES_PATH: Final = "/tai-lieu-danh-muc"
"""Below it the list of an assessment's documents is handed out: /tai-lieu-danh-muc/{assessment}.xlsx."""

TASK_FILES_PATH: Final = "/nhiem-vu-tep"
"""Below it the tasks of a department's year are handed out: /nhiem-vu-tep/{department}/{year}/{file}."""

RUBRIC_FILES_PATH: Final = "/bo-tieu-chi-tep"
"""Below it criteria sets are handed out: /bo-tieu-chi-tep/{sha256}.{xlsx, docx or yaml}, /mau.xlsx, comparisons."""

SLIPS_PATH: Final = "/phieu-excel-tep"
"""Below it the Phiếu Excel of an assessment is handed out: /phieu-excel-tep/{assessment}.xlsx, ``?lv=`` for a part."""
