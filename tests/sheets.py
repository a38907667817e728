"""Sheets made from answers alone, without a database: a real criteria set, or any set that a province could print."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime

from hypothesis import strategies as st

from cchc_core.periods import PeriodTemplate, periods_for
from cchc_core.permissions import State
from cchc_core.rubric.capping import capped
from cchc_core.rubric.document import fingerprint
from cchc_core.rubric.model import Rubric
from cchc_core.rules.answers import Entry, entry_to_json, read_entry
from cchc_core.rules.kinds import Leaf
from cchc_core.rules.scoring import PeriodView, score
from cchc_core.sheet import Sheet
from cchc_core.store.answers import StoredAnswer
from cchc_core.store.assessments import Assessment
from cchc_core.store.outlooks import Outlook
from cchc_core.store.periods import view
from cchc_core.store.remedies import Remedy
from cchc_core.totals import total_rubric
from tests.rubric.strategies import rubrics
from tests.rules.strategies import PERIODS, TEXTS, answers_to

Raw = Mapping[str, Mapping[str, object]]
MOMENT = datetime(2022, 4, 1, 8, 30)  # noqa: DTZ001 (stored times are naive UTC)
SOME_DAY = date(2022, 3, 14)


def sheet_of(
    rubric: Rubric,
    answers: Raw,
    period_code: str = "q1",
    *,
    carried: Collection[str] = (),
    notes: Collection[str] = (),
    state: State = State.DRAFT,
) -> Sheet:
    """Make the sheet of a period from raw answers by code; ``carried`` names those that nobody has confirmed."""
    periods = periods_for(rubric.id, rubric.year)
    template = next(period for period in periods if period.code == period_code)
    orders = {period.code: period.order for period in periods}
    seen = view(period_code, is_provisional=template.is_provisional, orders=orders)
    entries = {code: read_entry(rubric.criterion(code).scored, dict(raw)) for code, raw in answers.items()}
    sheet = _sheet(rubric, seen, entries, carried, notes)
    return replace(sheet, assessment=replace(assessment_of(rubric, seen, template), state=state))


def assessment_of(rubric: Rubric, period: PeriodView, template: PeriodTemplate | None = None) -> Assessment:
    """Make the row of an assessment."""
    return Assessment(
        id=f"{rubric.id}-{period.code}",
        unit_id="so",
        unit_name="Sở Thử nghiệm",
        rubric_id=rubric.id,
        rubric_title=rubric.title,
        rubric_sha256=fingerprint(rubric),
        period_id=period.code or "year",
        period_code=period.code or "year",
        period_title=template.title if template else "Kỳ",
        period_order=template.order if template else 1,
        year=rubric.year,
        is_provisional=period.is_provisional,
        state=State.DRAFT,
        is_locked=False,
        change_number=1,
        data_from=template.data_from if template else None,
        data_to=template.data_to if template else None,
        internal_due=template.internal_due if template else None,
        outward_due=template.outward_due if template else None,
        period=period,
    )


def _sheet(
    rubric: Rubric, period: PeriodView, entries: Mapping[str, Entry], carried: Collection[str], notes: Collection[str]
) -> Sheet:
    stored = {
        code: StoredAnswer(
            code=code,
            version=1,
            entry=entry,
            entry_json=entry_to_json(entry),
            self_note="Đã đối chiếu." if code in notes else "",
            changed_by_name="Cán bộ đầu mối",
            changed_at_utc=MOMENT,
            carried_from="ky-truoc" if code in carried else None,
        )
        for code, entry in entries.items()
    }
    given = {leaf.code: score(leaf.scored, entries.get(leaf.code), period) for leaf in rubric.leaves}
    scores = capped(rubric, given)
    return Sheet(assessment_of(rubric, period), rubric, period, stored, scores, total_rubric(rubric, scores))


def remedy_of(code: str, due: date | None = SOME_DAY, responsible: str = "Phòng Một") -> Remedy:
    """Make a remedy."""
    return Remedy(code, "Bổ sung báo cáo", responsible, due, 1, "Lãnh đạo", MOMENT)


@st.composite
def sheets(draw: st.DrawFn, of: st.SearchStrategy[Rubric] | None = None) -> Sheet:
    """Any answers to any criteria set, some carried forward, some marked final, in any one period."""
    rubric = draw(rubrics() if of is None else of)
    period = draw(st.sampled_from(PERIODS))
    drawn = {leaf.code: draw(entries_for(leaf.scored, period)) for leaf in rubric.leaves}
    entries = {code: entry for code, entry in drawn.items() if not entry.is_empty}
    codes = st.sets(st.sampled_from([leaf.code for leaf in rubric.leaves]))
    sheet = _sheet(rubric, period, entries, draw(codes), draw(codes))
    finals = {code: Outlook(code, None, {}, True, 1, "Cán bộ", MOMENT) for code in draw(codes)}
    return replace(sheet, outlooks=finals)


@st.composite
def entries_for(draw: st.DrawFn, leaf: Leaf, period: PeriodView) -> Entry:
    """Anything that may be entered for a criterion in a period, nothing among it."""
    can_answer = period.has_reached(leaf.due_period)
    choices = ["nothing", *(["answer"] * 4 if can_answer else [])]
    choices += ["not applicable"] if leaf.not_applicable_clause else []
    choices += ["not due"] if period.is_provisional and not leaf.is_external else []
    choices += ["voided", *(["voided answer"] if can_answer else [])] if leaf.void_condition else []
    chosen = draw(st.sampled_from(choices))
    return Entry(
        answer=draw(answers_to(leaf, period)) if "answer" in chosen else None,
        not_applicable=draw(TEXTS) if chosen == "not applicable" else None,
        voided=draw(TEXTS) if "voided" in chosen else None,
        not_due=chosen == "not due",
    )
