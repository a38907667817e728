"""Addresses of pages and files that more than one part of the product leads to.

They stand in the core so that pages and routes use one spelling without importing each other.
"""

from typing import Final

BOARD_PAGE: Final = "bang-diem"
LOST_PAGE: Final = "tieu-chi-mat-diem"
CHECKS_PAGE: Final = "kiem-tra"
WHAT_IF_PAGE: Final = "thu-diem"
INDICATORS_PAGE: Final = "chi-tieu"
"""Names of pages, as they stand after the slash of an address."""

BOARD_PATH: Final = f"/{BOARD_PAGE}"
LOST_PATH: Final = f"/{LOST_PAGE}"
WHAT_IF_PATH: Final = f"/{WHAT_IF_PAGE}"
INDICATORS_PATH: Final = f"/{INDICATORS_PAGE}"

TABLES_PATH: Final = "/xuat"
"""Below it each table of an assessment is handed out as a file: /xuat/{assessment}/{key}.{csv or xlsx}."""

FIGURES_PATH: Final = "/chi-tieu-tep"
"""Below it the figures and targets of a department's year are handed out: /chi-tieu-tep/{department}/{year}/{file}."""
