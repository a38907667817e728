"""Points that others give: a survey, another body's appraisal, a published index."""

import re

from cchc_core.rubric_in.proposing.wording import Reading, Wording, Words
from cchc_core.rules.explain import quote
from cchc_core.rules.kinds import External

_SURVEY = re.compile(
    r"\bdieu tra(?: xa hoi hoc| xhh)\b|\bxhh\b|\bxa hoi hoc\b|\bket qua (?:khao sat|do luong)\b|\bsipas\b"
    r"|\bco quan ben ngoai\b|\bdiem (?:danh gia|khao sat) cua (?:nguoi dan|to chuc|doanh nghiep)"
)
# Spelled out: folded, "do Sở … đánh giá" is also "mức độ so với … đánh giá".
_BODY = (
    r"(?:sở|bộ|ubnd|[uủ][ỷy] ban|văn phòng (?:ubnd|[uủ][ỷy] ban)|hội đồng|tổ thẩm định|đoàn|thanh tra tỉnh|công an|"
    r"cơ quan|trung tâm|ban chỉ đạo|người dân|tổ chức|doanh nghiệp)"
)
_BY_OTHERS = re.compile(
    rf"\bdo ((?:các )?{_BODY}\b[^.;()]{{0,120}}?) (?:đánh giá|chấm(?: điểm)?|thẩm định|công bố|theo dõi)\b"
)
_AFTER_THEIRS = re.compile(
    r"\b(?:theo|căn cứ|lấy) (?:kết quả |điểm )?(?:đánh giá|chấm điểm|thẩm định|theo dõi|xếp hạng|công bố) (?:của )?"
    rf"({_BODY}\b[^.;()]{{2,120}})"
)
_JUDGED = re.compile(rf"^đánh giá (?:của ({_BODY}\b.{{2,160}})|(bộ chỉ số .{{4,160}}))")
_OUTSIDE = re.compile(r"\bdo bên ngoài chấm ?: ?(.{4,200})")
_PLEASED = re.compile(r"^(?:muc do |ty le |chi so )?(?:su )?hai long (?:cua )?")
_OWN_WORK = re.compile(r"\b(?:to chuc|thuc hien|trien khai|ban hanh|xay dung|ke hoach|bao cao|phoi hop|tham gia)\b")
_IMPACT = re.compile(r"\btac dong\b")
SURVEY = "điều tra xã hội học hoặc đánh giá của cơ quan bên ngoài"


def read_external(wording: Wording) -> Reading | None:
    """Read a survey, or what another body gives, where no line of the leaf says how points are earned."""
    if any(row.points not in (None, wording.most) for row in wording.rows) or len(wording.pointed) > 1:
        return None
    for place in (*(row.words for row in wording.rows), wording.title):
        if found := _named(place):
            return found
    return _by_title(wording) or _by_path(wording)


def _named(place: Words) -> Reading | None:
    for pattern in (_OUTSIDE, _BY_OTHERS, _AFTER_THEIRS, _JUDGED):
        if found := pattern.search(place.spelled):
            group = next(index for index, text in enumerate(found.groups(), start=1) if text)
            source = place.said(*found.span(group))
            reason = f"Lời văn ghi {quote(place.said(*found.span()))}: điểm do nơi khác chấm."
            return Reading(External(source), 0.9, reason)
    found = _SURVEY.search(place.plain)
    if found is None or _OWN_WORK.search(place.plain[: found.start()]):
        return None
    reason = f"Lời văn ghi {quote(place.said(*found.span()))}: điểm do điều tra hoặc bên ngoài chấm."
    return Reading(External(SURVEY), 0.9, reason)


def _by_title(wording: Wording) -> Reading | None:
    if wording.rows or not _PLEASED.search(wording.title.plain):
        return None
    reason = "Tên tiêu chí nói về sự hài lòng và bản in không ghi cách chấm: thường do điều tra xã hội học."
    return Reading(External(SURVEY), 0.7, reason)


def _by_path(wording: Wording) -> Reading | None:
    above = " / ".join(each.plain for each in wording.path)
    if wording.rows or not (_IMPACT.search(above) or _SURVEY.search(above)):
        return None
    surveyed = _SURVEY.search(above) is not None
    why = "nói tới điều tra, khảo sát" if surveyed else "là phần đánh giá tác động"
    reason = f"Đề mục bên trên {why} và bản in không ghi cách chấm: điểm do bên ngoài chấm."
    return Reading(External(SURVEY), 0.85 if surveyed else 0.6, reason)
