"""The benchmark of pages, searches and uploads runs in a browser and gives rows."""

import pytest

from benchmarks import files, office, office_data


@pytest.mark.browser
def test_pages_searches_and_uploads_are_as_the_browser_benchmarks_expect() -> None:
    small = office_data.Size(tasks=200, documents=10, file_bytes=50)
    rows = office.measure(1, 0, office.VIEWS[:1], office.SEARCHES[:1], large=small, plain=small)
    assert [row.goal for row in rows] == ["≤ 2×", "≤ 3×"]
    assert all("plain year" in row.alternative and row.ratio.endswith("×") for row in rows)
    assert [row.goal for row in files.measure_uploads(2_000_000, kinds=(files.PDF,))] == ["≤ 2×"]
