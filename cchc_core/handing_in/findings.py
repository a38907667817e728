"""Kiểm tra trước khi nộp: would the claimed points survive the appraisal. Pure: plain facts in, findings out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from cchc_core.asks_for import shortened
from cchc_core.handing_in.allowed_dates import NEAR, Span, read_dates, read_deadline
from cchc_core.handing_in.model import Check, Clash, FileState, Finding, Level, Proof
from cchc_core.proof import lacks_proof
from cchc_core.rubric.model import Criterion, Evidence
from cchc_core.rules.decimals import ZERO, format_points
from cchc_core.rules.scoring import Status
from cchc_core.sheet import Sheet, contradictions

_LONGEST = 160
_NO_PROOFS: Final[Mapping[str, Sequence[Proof]]] = {}
_WEIGHTS: Final = {level: weight for weight, level in enumerate(Level)}


def findings(
    sheet: Sheet, proofs: Mapping[str, Sequence[Proof]] = _NO_PROOFS, clashes: Iterable[Clash] = ()
) -> tuple[Finding, ...]:
    """Find what may not survive the appraisal: the most claimed points first, then the gravest, then as printed.

    ``proofs`` are the documents attached to each criterion, ``clashes`` the figures that differ from their source.
    """
    return ordered(sheet, (*standing(sheet, proofs), *broken_files(sheet, proofs), *differing(sheet, clashes)))


def ordered(sheet: Sheet, found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Put findings in the order in which they are shown."""
    places = {leaf.code: place for place, leaf in enumerate(sheet.rubric.leaves)}
    return tuple(sorted(found, key=lambda one: (-one.points, _WEIGHTS[one.level], places.get(one.code, -1))))


def standing(sheet: Sheet, proofs: Mapping[str, Sequence[Proof]]) -> tuple[Finding, ...]:
    """Find what follows from answers and documents alone, whatever their files and the figures elsewhere are like."""
    found = [*_of_the_set(sheet), *_contradictions(sheet)]
    for leaf in sheet.rubric.leaves:
        found.extend(_of_leaf(sheet, leaf, proofs.get(leaf.code, ())))
    return tuple(found)


def broken_files(sheet: Sheet, proofs: Mapping[str, Sequence[Proof]]) -> Iterator[Finding]:
    """Find the documents whose file is not as it was stored, or that have nothing to show."""
    for code, listed in proofs.items():
        if not _applies(sheet, code):
            continue
        leaf, points = sheet.rubric.criterion(code), _claimed(sheet, code)
        for proof in listed:
            for check, level, message, remedy in _file(proof):
                yield Finding(check, level, leaf, points, message, remedy, proof.document_id)


def _claimed(sheet: Sheet, code: str) -> Decimal:
    """Give what is claimed for a criterion; a penalty claims nothing, whatever it takes off."""
    return max(sheet.scores[code].points, ZERO)


def _applies(sheet: Sheet, code: str) -> bool:
    return code in sheet.scores and sheet.scores[code].status is not Status.NOT_APPLICABLE


def _of_the_set(sheet: Sheet) -> Iterator[Finding]:
    if sheet.rubric.is_illustrative:
        yield Finding(
            Check.ILLUSTRATIVE,
            Level.KNOW,
            None,
            sheet.totals.total.points,
            "Bản in của bộ tiêu chí không có điểm: mọi điểm trong bảng này là điểm minh hoạ.",
            "Đừng gửi điểm này như điểm chính thức. Khi tỉnh ban hành điểm, nhờ quản trị đưa điểm chính thức vào bộ "
            "tiêu chí.",
        )


def _contradictions(sheet: Sheet) -> Iterator[Finding]:
    for contradiction in contradictions(sheet):
        first, second = (sheet.rubric.criterion(code) for code in contradiction.codes)
        points = _claimed(sheet, first.code) + _claimed(sheet, second.code)
        remedy = "Mở hai tiêu chí, đối chiếu với hồ sơ rồi sửa câu trả lời sai."
        yield Finding(Check.CONTRADICTION, Level.RISK, first, points, contradiction.message, remedy)


def differing(sheet: Sheet, clashes: Iterable[Clash]) -> Iterator[Finding]:
    """Make findings of figures that differ from their source."""
    remedy = "Đối chiếu hai nơi; sửa số nhập ở phiếu chấm, hoặc sửa số liệu ở trang «Chỉ tiêu»."
    for clash in clashes:
        criterion = sheet.rubric.criterion(clash.code)
        points = _claimed(sheet, clash.code)
        yield Finding(Check.FIGURE, Level.RISK, criterion, points, clash.message, remedy)


def _of_leaf(sheet: Sheet, leaf: Criterion, proofs: Sequence[Proof]) -> Iterator[Finding]:
    if not _applies(sheet, leaf.code):
        return
    if not proofs and lacks_proof(sheet, leaf):
        yield _no_proof(sheet, leaf)
    points = _claimed(sheet, leaf.code)
    for proof in proofs:
        for check, level, message, remedy in _of_proof(leaf, proof, sheet.assessment.year):
            yield Finding(check, level, leaf, points, message, remedy, proof.document_id)


def _no_proof(sheet: Sheet, leaf: Criterion) -> Finding:
    asked = [line.text for line in leaf.evidence if line.brought_by_unit]
    more = f" và {len(asked) - 1} tài liệu khác" if len(asked) > 1 else ""
    points = _claimed(sheet, leaf.code)
    return Finding(
        Check.NO_PROOF,
        Level.RISK,
        leaf,
        points,
        f"Tự chấm {format_points(points)} điểm nhưng chưa gắn tài liệu nào và chưa có thuyết minh. "
        f"Cần: {shortened(asked[0], _LONGEST).rstrip(' .;')}{more}.",
        "Gắn tài liệu kiểm chứng vào tiêu chí; nếu không có tài liệu thì viết thuyết minh tự chấm.",
    )


_Said = tuple[Check, Level, str, str]


def _of_proof(leaf: Criterion, proof: Proof, year: int) -> Iterator[_Said]:
    yield from _head(proof)
    yield from _days(leaf, proof, year)
    if proof.wants_part and not proof.part_text.strip():
        message = f"{_named(proof)} được gắn nhưng chưa ghi mục, trang nào chứng minh tiêu chí này."
        yield Check.NO_PART, Level.MEND, message, "Ghi mục, trang ở ô «Mục, trang» cạnh tài liệu trong phiếu chấm."


_FILE_PROBLEMS: Final[Mapping[FileState, str]] = {
    FileState.MISSING: "không còn tệp trong kho",
    FileState.CHANGED: "có tệp khác với tệp đã tải lên (mã kiểm tra không khớp)",
    FileState.PURGED: "đã bị quản trị huỷ nội dung tệp",
}


def _file(proof: Proof) -> Iterator[_Said]:
    problem = _FILE_PROBLEMS.get(proof.file_state or FileState.WHOLE)
    if problem is not None:
        remedy = "Tải lại tệp gốc thành phiên bản mới của tài liệu, hoặc khôi phục kho tệp từ bản sao lưu."
        yield Check.BROKEN_FILE, Level.RISK, f"{_named(proof)} {problem}.", remedy
    elif not proof.has_content:
        message = f"{_named(proof)} chưa có tệp và chưa có liên kết."
        yield Check.BROKEN_FILE, Level.RISK, message, "Tải tệp lên, hoặc ghi liên kết cho tài liệu."


def _head(proof: Proof) -> Iterator[_Said]:
    lacking = [name for name, there in (("số", proof.number.strip()), ("ngày", proof.doc_date)) if not there]
    if proof.wants_number and lacking:
        message = f"{_named(proof)} chưa có {' và '.join(lacking)}: trông như bản dự thảo."
        remedy = "Gắn bản đã ký, ban hành; ghi đủ số và ngày của văn bản ở trang «Tài liệu kiểm chứng»."
        yield Check.DRAFT, Level.RISK, message, remedy


def _days(leaf: Criterion, proof: Proof, year: int) -> Iterator[_Said]:
    day = proof.doc_date
    if day is None:
        return
    lines = _lines_of(leaf, proof)
    spans = [read_dates(line.dates, year).for_kind(is_plan=proof.is_plan) for line in lines]
    if spans and all(span is not None and not span.holds(day) for span in spans):
        yield _outside(proof, day, lines, [span for span in spans if span is not None])
        return
    until = read_deadline(leaf.deadline, year).for_kind(is_plan=proof.is_plan)
    if until is not None and not until.holds(day):
        message = (
            f"{_named(proof)} đề ngày {day:%d/%m/%Y}, sau thời hạn của tiêu chí («{leaf.deadline}»: {until.words})."
        )
        remedy = "Gắn văn bản ban hành đúng hạn; nếu không có thì thuyết minh lý do, hoặc chấm lại tiêu chí."
        yield Check.AFTER_DEADLINE, Level.RISK, message, remedy


def _lines_of(leaf: Criterion, proof: Proof) -> Sequence[Evidence]:
    """Give the lines that a document is measured by: its own, or any that the unit is asked for."""
    place = proof.evidence_line
    if place is not None and 0 <= place < len(leaf.evidence):
        return (leaf.evidence[place],)
    return tuple(line for line in leaf.evidence if line.brought_by_unit)


def _outside(proof: Proof, day: date, lines: Sequence[Evidence], spans: Sequence[Span]) -> _Said:
    is_near = min(span.distance(day) for span in spans) <= NEAR
    allowed = "; ".join(dict.fromkeys(f"«{line.dates}»: {span.words}" for line, span in zip(lines, spans, strict=True)))
    message = f"{_named(proof)} đề ngày {day:%d/%m/%Y}, ngoài khoảng mà tiêu chí cho phép ({allowed})."
    remedy = "Gắn tài liệu của đúng thời gian, hoặc gắn tài liệu này vào dòng khác."
    if is_near:
        remedy += " Nếu văn bản nói về đúng năm mà ký sát năm thì ghi rõ điều đó ở thuyết minh."
    return Check.WRONG_DATE, Level.MEND if is_near else Level.RISK, message, remedy


def _named(proof: Proof) -> str:
    return f"«{shortened(proof.title, _LONGEST)}»"
