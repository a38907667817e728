"""Wordings in the manner of the national index and of other provinces: which kind of rule each asks for."""

import pytest

from cchc_core.rules.kinds import kind_of
from tests.rubric_in.proposing.leaves import Printed, proposed

_BY_HAND = "manual"
_WORDINGS: tuple[tuple[str, str, str, tuple[Printed, ...]], ...] = (
    (
        "levels",
        "Ban hành kế hoạch CCHC năm",
        "0.5",
        (("Ban hành kịp thời (trong Quý IV năm trước liền kề năm kế hoạch)", "0.5"), ("Không ban hành kịp thời", "0")),
    ),
    (
        "ratio",
        "Mức độ hoàn thành kế hoạch CCHC",
        "1",
        (
            "Hoàn thành từ 80% - 100% kế hoạch thì điểm đánh giá được tính theo công thức",
            "[Tỷ lệ % hoàn thành * điểm tối đa]/100%",
            "Hoàn thành dưới 80% kế hoạch: 0",
        ),
    ),
    (
        "bands",
        "Mức độ hoàn thành kế hoạch CCHC",
        "1",
        (
            ("Hoàn thành 100% kế hoạch", "1"),
            ("Hoàn thành từ 85% đến dưới 100% kế hoạch", "0.5"),
            ("Hoàn thành dưới 85% kế hoạch", "0"),
        ),
    ),
    (
        "ratio",
        "Xử lý các vấn đề phát hiện qua kiểm tra",
        "1",
        ("Tính điểm theo công thức: (b/a)*1,0\nTrong đó:\na là tổng số vấn đề phát hiện\nb là số vấn đề đã xử lý",),
    ),
    (
        "bands",
        "Tỷ lệ cơ quan được kiểm tra",
        "1",
        (
            ("Từ 30% số cơ quan, đơn vị trở lên", "1"),
            ("Từ 20% - dưới 30% số cơ quan, đơn vị", "0.5"),
            ("Dưới 20% số cơ quan, đơn vị", "0"),
        ),
    ),
    (
        "count",
        "Sáng kiến trong CCHC",
        "2",
        (
            ("Có từ 3 sáng kiến trở lên", "2"),
            ("Có 2 sáng kiến", "1.5"),
            ("Có 1 sáng kiến", "1"),
            ("Không có sáng kiến", "0"),
        ),
    ),
    (
        "levels",
        "Thực hiện nhiệm vụ UBND tỉnh giao",
        "2",
        (
            ("Hoàn thành đúng tiến độ 100% số nhiệm vụ được giao", "2"),
            ("Hoàn thành 100% số nhiệm vụ nhưng có nhiệm vụ bị chậm", "1"),
            ("Không hoàn thành 100% số nhiệm vụ", "0"),
        ),
    ),
    (
        "checklist",
        "Báo cáo CCHC định kỳ",
        "1.5",
        (
            ("Số lượng báo cáo: đủ 04 báo cáo (quý I, 6 tháng, quý III và năm)", "0.5"),
            ("Nội dung báo cáo: đầy đủ theo hướng dẫn", "0.5"),
            ("Thời gian gửi: đúng thời hạn quy định", "0.5"),
        ),
    ),
    ("count", "Chậm gửi báo cáo", "1", ("Mỗi báo cáo chậm hoặc thiếu trừ 0,25 điểm",)),
    ("external", "Tác động của cải cách đến chất lượng VBQPPL", "2", ("Điều tra XHH",)),
    ("external", "Chỉ số hài lòng về sự phục vụ hành chính (SIPAS)", "10", ("Theo kết quả đánh giá của Sở Nội vụ",)),
    ("ratio", "Tỷ lệ hồ sơ TTHC được số hoá", "1", ("Điểm = Tỷ lệ % x điểm chuẩn",)),
    (
        "ratio",
        "Tỷ lệ giải quyết đúng hạn",
        "2",
        ("Điểm đánh giá = (Số hồ sơ giải quyết đúng hạn / Tổng số hồ sơ đã giải quyết) x 2",),
    ),
    (
        "bands",
        "Tỷ lệ hồ sơ trực tuyến toàn trình",
        "2",
        ("Đạt từ 70% trở lên: 2 điểm\nĐạt từ 50% đến dưới 70%: 1 điểm\nĐạt dưới 50%: 0 điểm",),
    ),
    ("levels", "Vi phạm kỷ luật", "1", ("Không có CBCCVC bị kỷ luật: 1 điểm. Có CBCCVC bị kỷ luật: 0 điểm",)),
    (
        "count",
        "Số cán bộ bị kỷ luật",
        "1",
        ("Không có: 1 điểm; 01 trường hợp: 0,5 điểm; từ 02 trường hợp trở lên: 0 điểm",),
    ),
    (
        "levels",
        "Rà soát TTHC",
        "1",
        (
            ("a) Hoàn thành kế hoạch rà soát và có phương án đơn giản hoá được phê duyệt", "1"),
            ("b) Hoàn thành kế hoạch nhưng không có phương án đơn giản hoá", "0.5"),
            ("c) Không hoàn thành kế hoạch", "0"),
        ),
    ),
    (
        "compare",
        "Số thu sự nghiệp",
        "1",
        (
            ("Tăng so với năm trước liền kề", "1"),
            ("Bằng năm trước liền kề", "0.5"),
            ("Giảm so với năm trước liền kề", "0"),
        ),
    ),
    (
        "checklist",
        "Công khai TTHC",
        "1",
        ("+ Tại Bộ phận Một cửa: 0,5 điểm", "+ Trên Trang thông tin điện tử: 0,5 điểm"),
    ),
    ("levels", "Công khai TTHC", "1", ("Đầy đủ, đúng quy định: 1\nKhông đầy đủ: 0",)),
    ("manual", "Chất lượng tham mưu", "1", ()),
    ("manual", "Phối hợp", "2", ("Căn cứ mức độ phối hợp để chấm điểm",)),
    ("ratio", "Tỷ lệ TTHC cung cấp trực tuyến", "2", ("Đạt tỷ lệ bao nhiêu tính điểm theo tỷ lệ đó",)),
    (
        "count",
        "Điểm thưởng: mô hình, sáng kiến mới",
        "2",
        ("Mỗi mô hình được cộng 1 điểm nhưng tối đa không quá 2 điểm",),
    ),
    ("levels", "Điểm trừ: để xảy ra vi phạm", "2", (("Bị phê bình bằng văn bản", "1"), ("Bị xử lý kỷ luật", "2"))),
    (
        "bands",
        "Tỷ lệ văn bản điện tử ký số",
        "1",
        (("Tỷ lệ >= 95%", "1"), ("Tỷ lệ từ 80% đến < 95%", "0.5"), ("Tỷ lệ < 80%", "0")),
    ),
    (
        "levels",
        "Tiếp công dân",
        "0.5",
        ("Đúng quy định: 0,5 điểm; Không đúng quy định: 0 điểm; Đơn vị không phát sinh thì hạ điểm chuẩn",),
    ),
    (
        "levels",
        "Số ngày chậm báo cáo",
        "1",
        (("Không chậm", "1"), ("Chậm từ 1 đến 5 ngày", "0.5"), ("Chậm trên 5 ngày", "0")),
    ),
    (
        "checklist",
        "Ứng dụng CNTT",
        "2",
        ("1. Có chữ ký số (0,5đ)", "2. Có phần mềm quản lý văn bản (0,5đ)", "3. Có hệ thống họp trực tuyến (1đ)"),
    ),
    ("ratio", "Nâng cao chất lượng hồ sơ", "1", ("Số điểm đạt được = số hồ sơ đạt/tổng số hồ sơ x 1 điểm",)),
)


@pytest.mark.parametrize(("kind", "title", "most", "lines"), _WORDINGS)
def test_a_wording_of_another_province_gets_the_kind_it_asks_for(
    kind: str, title: str, most: str, lines: tuple[Printed, ...]
) -> None:
    found = proposed(title, most, *lines)
    assert (_BY_HAND if found.rule is None else kind_of(found.rule)) == kind
