"""What the checks of a criteria-set file say, in the words of the pages: people there see no keys of a file."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

NAMES: Final[Mapping[str, str]] = {
    "title": "tên",
    "issuer": "nơi ban hành",
    "year": "năm",
    "document": "văn bản ban hành",
    "points_source": "nguồn điểm",
    "points_document": "văn bản kèm điểm chính thức",
    "declared_total": "tổng điểm in",
    "applies_to": "loại cơ quan, đơn vị áp dụng",
    "caps": "mức trần",
    "exclusions": "cặp loại trừ",
    "code": "mã",
    "max_points": "điểm chuẩn",
    "declared_max": "điểm in",
    "rule": "cách tính",
    "not_applicable_clause": "điều khoản hạ điểm chuẩn",
    "void_condition": "điều kiện huỷ điểm",
    "due_period": "kỳ đến hạn",
    "evidence": "tài liệu kiểm chứng",
    "deadline": "thời gian",
    "funding": "kinh phí",
    "responsible": "đơn vị chủ trì",
    "note": "ghi chú",
    "print_note": "ghi chú về bản in",
    "reference": "dẫn chiếu",
    "effect": "thưởng, trừ",
    "place": "chỗ trong tệp",
    "levels": "mức",
    "items": "ý",
    "bands": "khoảng",
    "points": "điểm",
    "text": "nội dung",
    "dates": "ngày tháng",
    "measure": "đại lượng đo",
    "unit": "đơn vị đo",
    "numerator": "tử số",
    "denominator": "mẫu số",
    "floor_percent": "mức sàn",
    "empty_denominator": "khi mẫu số bằng 0",
    "known_gaps": "giá trị bản in bỏ trống",
    "from": "cận dưới",
    "to": "cận trên",
    "linear": "công thức bậc nhất",
    "factor": "hệ số",
    "constant": "số cộng thêm",
    "points_by_count": "điểm theo số trường hợp",
    "of": "đối tượng so sánh, đếm",
    "higher": "điểm khi cao hơn",
    "equal": "điểm khi bằng",
    "lower": "điểm khi thấp hơn",
    "source": "bên chấm",
    "step": "bước điểm",
    "reason": "lý do",
    "contradictions": "các mức mâu thuẫn",
    "most": "mức cao nhất",
    "node": "lĩnh vực, nhóm",
    "kind": "loại cách tính",
    "ratio": "tính theo tỷ lệ",
    "parent": "mục cha",
}
_SPELLED: Final = re.compile(rf"\b({'|'.join(name for name in NAMES if '_' in name)}|kind|node|rule|parent)\b")
_DOUBLED: Final = re.compile(r"\b(max_points|rule) \([^)]*\)")
_TAGS: Final = frozenset({"levels", "checklist", "ratio", "bands", "count", "compare", "external", "manual"})


def in_words(sentence: str) -> str:
    """Say a sentence of the checks without the keys of a file.

    >>> in_words("có mức 2,5000 điểm; hãy sửa điểm các mức hoặc max_points.")
    'có mức 2,5000 điểm; hãy sửa điểm các mức hoặc điểm chuẩn.'
    """
    single = _DOUBLED.sub(lambda found: found.group(1), sentence)
    return _SPELLED.sub(lambda found: NAMES[found.group(1)], single)


def where_words(steps: Sequence[str | int]) -> str:
    """Name a place inside a row or a rule.

    >>> where_words(("rule", "levels", "levels", 1, "points"))
    'cách tính, mức 2, điểm'
    """
    said: list[str] = []
    for index, step in enumerate(steps):
        if index and steps[index - 1] == "rule" and step in _TAGS:
            continue
        if isinstance(step, int):
            said[-1:] = [f"{said[-1] if said else 'dòng'} {step + 1}"]
        else:
            said.append(NAMES.get(step, step))
    return ", ".join(said)
