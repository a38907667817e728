"""Points that others give: a survey, another body's appraisal, a published index."""

import re

from cchc_core.rubric_in.proposing.wording import Reading, Wording, Words
from cchc_core.rules.explain import quote
from cchc_core.rules.kinds import External

_SURVEY = re.compile(
    r"\bdieu tra(?: xa hoi hoc| xhh)\b|\bxhh\b|\bxa hoi hoc\b|\bket qua (?:khao sat|do luong)\b|\bsipas\b"
    r"|\bco quan ben ngoai\b|\bdiem (?:danh gia|khao sat) cua (?:nguoi dan|to chuc|doanh nghiep)"
)
_BODY = (
    r"(?:so|bo|ubnd|uy ban|van phong ubnd|van phong uy ban|hoi dong|to tham dinh|doan|thanh tra tinh|cong an|"
    r"co quan|trung tam|ban chi dao|nguoi dan|to chuc|doanh nghiep)"
)
_BY_OTHERS = re.compile(
    rf"\bdo ((?:cac )?{_BODY}\b[^.;()]{{0,120}}?) (?:danh gia|cham(?: diem)?|tham dinh|cong bo|theo doi)\b"
)
_AFTER_THEIRS = re.compile(
    r"\b(?:theo|can cu|lay) (?:ket qua |diem )?(?:danh gia|cham diem|tham dinh|theo doi|xep hang|cong bo) (?:cua )?"
    rf"({_BODY}\b[^.;()]{{2,120}})"
)
_JUDGED = re.compile(rf"^danh gia (?:cua ({_BODY}\b.{{2,160}})|(bo chi so .{{4,160}}))")
_OUTSIDE = re.compile(r"\bdo ben ngoai cham ?: ?(.{4,200})")
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
        if found := pattern.search(place.plain):
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
    if wording.rows or not (_IMPACT.search(wording.path) or _SURVEY.search(wording.path)):
        return None
    surveyed = _SURVEY.search(wording.path) is not None
    why = "nói tới điều tra, khảo sát" if surveyed else "là phần đánh giá tác động"
    reason = f"Đề mục bên trên {why} và bản in không ghi cách chấm: điểm do bên ngoài chấm."
    return Reading(External(SURVEY), 0.85 if surveyed else 0.6, reason)
