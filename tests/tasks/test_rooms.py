"""Rooms recognised in the printed lead: by the name that it begins with, never by one that only sounds like it."""

import pytest

from cchc_core.store.units import Unit, UnitKind
from cchc_core.tasks.rooms import recognised

NAMES = {
    "vp": "Văn phòng Sở",
    "tt": "Thanh tra",
    "cntt": "Trung tâm CNTT&TT",
    "bx": "Phòng Báo chí - Xuất bản",
    "mot": "Phòng Một",
    "motb": "Phòng Một Cửa",
}
UNITS = tuple(Unit(unit_id, "so", UnitKind.ROOM, name) for unit_id, name in NAMES.items())


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Văn phòng Sở", "vp"),
        ("Văn phòng", "vp"),
        ("VĂN PHÒNG SỞ cùng các đơn vị thuộc Sở thực hiện", "vp"),
        ("Văn phòng Sở; Các đơn vị trực thuộc Sở", "vp"),
        ("Văn phòng (phối hợp với Ban điện tử)", "vp"),
        ("Văn phòng Đăng ký đất đai", None),
        ("Văn phòng UBND tỉnh", None),
        ("Thanh tra Sở", "tt"),
        ("Phòng Thanh tra", "tt"),
        ("Thanh tra chủ trì; các đơn vị thuộc Sở phối hợp thực hiện", "tt"),
        ("Các đơn vị thuộc Sở cùng Thanh tra thực hiện", None),
        ("Trung tâm CNTT và TT", "cntt"),
        ("Trung tâm CNTT-TT đưa thông tin lên Cổng", "cntt"),
        ("Phòng Báo chí – Xuất bản", "bx"),
        ("phong mot", "mot"),
        ("Phòng Một Cửa", "motb"),
        ("Các phòng chuyên môn", None),
        ("", None),
    ],
)
def test_the_lead_is_the_unit_that_the_print_begins_with(printed: str, expected: str | None) -> None:
    assert recognised(printed, UNITS) == expected


def test_nobody_is_recognised_where_there_are_no_units() -> None:
    assert recognised("Văn phòng Sở", ()) is None
