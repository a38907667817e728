"""The words of the template that are read back; the file that is given out and the reading share them."""

from collections.abc import Mapping
from typing import Final

from cchc_core.rubric_in.fields import Field
from cchc_core.rubric_in.model import NodeKind

GUIDE_SHEET: Final = "Hướng dẫn"
SET_SHEET: Final = "Bộ tiêu chí"
EXAMPLE: Final = "Ví dụ"
KINDS: Final[Mapping[str, NodeKind]] = {
    "Phần": NodeKind.PART,
    "Lĩnh vực": NodeKind.SECTION,
    "Tiêu chí": NodeKind.CRITERION,
}
LINE_KIND: Final = "Ý/mức"
RULE_KINDS: Final[Mapping[str, str]] = {
    "Chọn một mức": "levels",
    "Đánh dấu các ý đạt": "checklist",
    "Theo tỷ lệ": "ratio",
    "Theo khoảng": "bands",
    "Theo số trường hợp": "count",
    "So với năm trước": "compare",
    "Do bên ngoài chấm": "external",
    "Nhập điểm": "manual",
}
RATIO_ITEM: Final = "(tỷ lệ)"
BONUS: Final = "Điểm thưởng"
PENALTY: Final = "Điểm trừ"
APPLIES_TO_ALL: Final = "Tất cả"
# In the order of the printed form; the names are read back as those of any other file.
COLUMNS: Final = (
    (Field.KIND, "Loại dòng", 13),
    (Field.CODE, "Mã", 9),
    (Field.TITLE, "Nội dung lĩnh vực, tiêu chí, tiêu chí thành phần", 52),
    (Field.POINTS, "Điểm tối đa", 10),
    (Field.RULE, "Cách tính", 20),
    (Field.OPTIONS, "Phương án/mức", 40),
    (Field.NUMERATOR, "Tử số", 24),
    (Field.DENOMINATOR, "Mẫu số", 24),
    (Field.EVIDENCE, "Tài liệu kiểm chứng", 36),
    (Field.DEADLINE, "Thời gian", 16),
    (Field.RESPONSIBLE, "Chủ trì", 18),
    (Field.EFFECT, "Thưởng/trừ", 12),
    (Field.APPLIES_TO, "Áp dụng cho", 24),
    (Field.NOTE, "Ghi chú", 24),
)
