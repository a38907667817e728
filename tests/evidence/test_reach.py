"""Who may see which document, rule by rule, by every way that leads to one."""

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

import pytest

from cchc_core.errors import NotAllowed, NotAllowedInOffice, NotFound
from cchc_core.evidence import attaching, keeping
from cchc_core.evidence.bundle import stream_bundle
from cchc_core.evidence.catalogue import catalogue_table
from cchc_core.evidence.keeping import Document, document_for, duplicates, end_document
from cchc_core.evidence.kinds import DocumentKind
from cchc_core.evidence.listing import DocumentQuery, count_documents, find_documents
from cchc_core.evidence.offering import offered_documents
from cchc_core.evidence.reach import may_see
from cchc_core.evidence.taking import open_file
from cchc_core.evidence.uses import uses_of
from cchc_core.permissions import State
from cchc_core.rubric_files import read_rubric
from tests.evidence.files import pdf
from tests.evidence.office import CODE, PEOPLE, YEAR, Office

IN_THE_OFFICE = frozenset({"officer", "leader", "admin"})
ROOMS = frozenset({"room", "other_room"})


def _plain(office: Office) -> Document:
    return office.document()


def _of_the_room(office: Office) -> Document:
    return office.document(unit=office.room)


def _added_by_the_room_and_given_to_the_office(office: Office) -> Document:
    document = office.document("room", office.room)
    return keeping.change_document(
        office.database,
        office.people["officer"],
        document.id,
        keeping.DocumentDraft(document.kind, abstract="Khác"),
        document.version,
        unit_id=office.department,
    )


def _attached(period: str, state: State | None = None) -> Callable[[Office], Document]:
    def made(office: Office) -> Document:
        document = office.document()
        attaching.attach(office.database, office.people["officer"], office.opened[period].id, CODE, document.id)
        if state is not None:
            office.put_in("year", state)
        return document

    return made


def _detached(office: Office) -> Document:
    document = office.document()
    of = (office.database, office.people["officer"], office.opened["year"].id)
    attachment = attaching.attach(*of, CODE, document.id)
    attaching.detach(*of, attachment)
    office.put_in("year", State.SUBMITTED)
    return document


def _on_a_task(
    *, is_ended: bool = False, is_off: bool = False, of_nobody: bool = False
) -> Callable[[Office], Document]:
    def made(office: Office) -> Document:
        document = office.document()
        task = office.task(None if of_nobody else office.room)
        tie = attaching.attach_to_task(office.database, office.people["officer"], task, document.id)
        if is_ended:
            office.end_task(task)
        if is_off:
            attaching.detach_from_task(office.database, office.people["officer"], tie)
        return document

    return made


def _of_the_other_department(office: Office) -> Document:
    return office.document("stranger", department=office.elsewhere)


def _ended(office: Office) -> Document:
    document = office.document("room", office.room)
    end_document(office.database, office.people["officer"], document.id, document.version)
    return document


RULES: Mapping[str, tuple[Callable[[Office], Document], frozenset[str]]] = {
    "a document of the office alone": (_plain, IN_THE_OFFICE),
    "a document of the room": (_of_the_room, IN_THE_OFFICE | {"room"}),
    "a document that the room added": (_added_by_the_room_and_given_to_the_office, IN_THE_OFFICE | {"room"}),
    "attached to a quarter": (_attached("q1"), IN_THE_OFFICE | ROOMS),
    "attached to the year, a draft": (_attached("year"), IN_THE_OFFICE | ROOMS),
    "attached to the year, awaiting": (_attached("year", State.AWAITING_APPROVAL), IN_THE_OFFICE | ROOMS),
    "attached to the year, handed in": (_attached("year", State.SUBMITTED), IN_THE_OFFICE | ROOMS | {"appraiser"}),
    "attached to a quarter, year handed in": (
        _attached("q3", State.APPRAISING),
        IN_THE_OFFICE | ROOMS | {"appraiser"},
    ),
    "taken off before the year was handed in": (_detached, IN_THE_OFFICE),
    "on a task of the room": (_on_a_task(), IN_THE_OFFICE | {"room"}),
    "on a task of no room": (_on_a_task(of_nobody=True), IN_THE_OFFICE),
    "on a task that was taken out": (_on_a_task(is_ended=True), IN_THE_OFFICE),
    "taken off a task": (_on_a_task(is_off=True), IN_THE_OFFICE),
    "of another department": (_of_the_other_department, frozenset({"stranger", "admin"})),
    "ended": (_ended, frozenset()),
}


@pytest.mark.parametrize("rule", RULES)
def test_a_document_is_seen_by_exactly_those_who_may_see_it_by_every_way(office: Office, rule: str) -> None:
    make, expected = RULES[rule]
    document = make(office)
    # A neighbour that everybody's queries could stumble over.
    office.document("stranger", department=office.elsewhere, abstract="Của sở khác")
    for who in PEOPLE:
        ways = _ways(office, who, document)
        assert set(ways.values()) == {who in expected}, (who, ways)


def _ways(office: Office, who: str, document: Document) -> dict[str, bool]:
    database, user = office.database, office.people[who]
    assert document.file is not None
    sha256 = document.file.sha256
    with database.read() as connection:
        ways = {"may see": may_see(connection, user, document)}
    ways["by address"] = _opens(lambda: document_for(database, user, document.id))
    ways["file"] = _opens(lambda: open_file(database, user, document.id, 1).stream.close())
    ways["uses"] = _opens(lambda: uses_of(database, user, document.id))
    ways["duplicates"] = bool(duplicates(database, user, sha256))
    if who != "appraiser":
        ways["list"] = _listed(office, who, document)
    return ways


def _opens(ask: Callable[[], object]) -> bool:
    try:
        ask()
    except (NotAllowed, NotFound):
        return False
    return True


def _listed(office: Office, who: str, document: Document) -> bool:
    found = []
    for department in (office.department, office.elsewhere):
        try:
            query = DocumentQuery(department)
            page = find_documents(office.database, office.people[who], query)
            assert (
                page.total == len(page.documents) == count_documents(office.database, office.people[who], query).total
            )
            found += [each.id for each in page.documents]
        except NotAllowedInOffice:
            continue
    return document.id in found


def test_an_appraiser_has_no_list_of_documents_at_all(office: Office) -> None:
    _attached("year", State.SUBMITTED)(office)
    for ask in (find_documents, count_documents):
        with pytest.raises(NotAllowedInOffice):
            ask(office.database, office.people["appraiser"], DocumentQuery(office.department))


def test_only_what_one_may_see_is_offered_and_the_likeliest_first(office: Office) -> None:
    rubric = read_rubric(office.opened["q1"].rubric_id)
    report, about = DocumentKind.REPORT, "Kết quả cải cách hành chính năm 2022"
    hidden = office.document("other_room", office.other_room, kind=report, abstract=about)
    likely = office.document("room", office.room, kind=report, abstract=about)
    other = office.document("room", office.room, abstract="Mua sắm máy photocopy")

    def offered(who: str) -> list[tuple[str, bool]]:
        query = DocumentQuery(office.department, YEAR)
        found = offered_documents(office.database, office.people[who], query, rubric, "I.1.3", 3, most=8)
        return [(each.document.id, each.strength is not None) for each in found]

    assert offered("room") == [(likely.id, True), (other.id, False)]
    assert {key for key, _ in offered("officer")} == {hidden.id, likely.id, other.id}
    for who in ("appraiser", "stranger"):
        with pytest.raises(NotAllowedInOffice):
            offered(who)


def test_an_appraiser_does_not_see_what_is_attached_after_the_period_that_was_handed_in(office: Office) -> None:
    document = _attached("year", State.SUBMITTED)(office)
    with office.database.write() as connection:
        connection.run(
            "UPDATE attachments SET period_ordinal = 9 WHERE document_id = :id",
            id=document.id,
        )
    assert not _opens(lambda: document_for(office.database, office.people["appraiser"], document.id))


def test_an_appraiser_does_not_see_what_proves_another_year_or_set(office: Office) -> None:
    document = _attached("year", State.SUBMITTED)(office)
    for change in ("year = 2021", "rubric_id = 'khac'", f"unit_id = '{office.room}'"):
        with office.database.write() as connection:
            connection.run(f"UPDATE attachments SET {change} WHERE document_id = :id", id=document.id)
        assert not _opens(lambda: document_for(office.database, office.people["appraiser"], document.id))


def test_an_appraiser_does_not_see_what_the_year_took_off_though_a_quarter_shows_it_still(office: Office) -> None:
    document = office.document()
    officer = (office.database, office.people["officer"])
    attachment = attaching.attach(*officer, office.opened["q1"].id, CODE, document.id)
    attaching.detach(*officer, office.opened["year"].id, attachment)
    office.put_in("q1", State.APPROVED)
    office.put_in("year", State.SUBMITTED)
    assert not _opens(lambda: document_for(office.database, office.people["appraiser"], document.id))
    # The rooms look at the quarter, which shows it.
    assert document_for(office.database, office.people["room"], document.id).id == document.id


def test_a_withdrawn_assessment_takes_its_documents_back_from_the_appraiser(office: Office) -> None:
    document = _attached("year", State.SUBMITTED)(office)
    appraiser = office.people["appraiser"]
    assert document_for(office.database, appraiser, document.id).id == document.id
    office.put_in("year", State.DRAFT)
    with pytest.raises(NotAllowedInOffice):
        document_for(office.database, appraiser, document.id)


def test_an_appraiser_sees_the_file_that_counts_and_none_before_it(office: Office) -> None:
    database, officer, appraiser = office.database, office.people["officer"], office.people["appraiser"]
    wrong = pdf("nhầm của người khác")
    document = office.document(data=wrong)
    keeping.add_file(database, officer, document.id, BytesIO(pdf("đúng")), "đúng.pdf")
    attaching.attach(database, officer, office.opened["year"].id, CODE, document.id)
    office.put_in("year", State.SUBMITTED)
    seen = document_for(database, appraiser, document.id)
    assert [file.file_version for file in seen.files] == [2]
    open_file(database, appraiser, document.id, 2).stream.close()
    with pytest.raises(NotFound):
        open_file(database, appraiser, document.id, 1)
    assert document.file is not None
    assert duplicates(database, appraiser, document.file.sha256) == ()
    open_file(database, officer, document.id, 1).stream.close()


def test_somebody_who_moves_to_another_department_leaves_every_document_behind(office: Office) -> None:
    document = office.document("room", office.room)
    office.move("room", office.elsewhere)
    assert set(_ways(office, "room", document).values()) == {False}


def test_a_duplicate_that_one_may_not_see_is_not_told_of(office: Office) -> None:
    database, same = office.database, pdf("cùng nội dung")
    hidden = office.document("other_room", office.other_room, data=same, name="của phòng hai.pdf")
    foreign = office.document("stranger", department=office.elsewhere, data=same)
    own = office.document("room", office.room, data=same)
    assert own.file is not None

    def told(who: str, besides: str = "") -> list[str]:
        assert own.file is not None
        return [each.id for each in duplicates(database, office.people[who], own.file.sha256, besides=besides)]

    assert told("room") == [own.id]
    assert told("room", besides=own.id) == []
    assert told("other_room") == [hidden.id]
    assert told("stranger") == [foreign.id]
    assert told("officer") == [hidden.id, own.id]
    assert told("admin") == [hidden.id, foreign.id, own.id]
    assert told("appraiser") == told("screen") == told("nowhere") == []


def test_a_hidden_duplicate_changes_nothing_in_what_somebody_is_told_when_adding(office: Office) -> None:
    fresh, known = pdf("chưa ai có"), pdf("phòng hai đã có")
    office.document("other_room", office.other_room, data=known, name="bí mật của phòng hai.pdf")
    first, second = (office.document("room", office.room, data=data) for data in (fresh, known))
    assert (first.title, first.version, len(first.files)) == (second.title, second.version, len(second.files))
    assert second.file is not None
    assert (second.file.file_name, second.file.added_by_name) == ("văn bản.pdf", office.people["room"].name)


def test_a_search_counts_nothing_of_what_one_may_not_see(office: Office) -> None:
    office.document("other_room", office.other_room, abstract="Danh sách khen thưởng")
    office.document("room", office.room, abstract="Danh sách đào tạo")
    query = DocumentQuery(office.department, text="danh sach")
    page = find_documents(office.database, office.people["room"], query)
    counts = count_documents(office.database, office.people["room"], query)
    assert [each.abstract for each in page.documents] == ["Danh sách đào tạo"]
    assert (page.total, counts.total, sum(counts.by_kind.values()), counts.unused) == (1, 1, 1, 1)
    assert set(counts.by_unit) == {office.room}
    nothing = DocumentQuery(office.department, text="khen thuong")
    assert find_documents(office.database, office.people["room"], nothing).total == 0


def test_the_list_of_a_department_never_holds_anothers_documents_even_for_the_administrator(office: Office) -> None:
    own = office.document()
    foreign = office.document("stranger", department=office.elsewhere)
    for department, expected in ((office.department, own), (office.elsewhere, foreign)):
        page = find_documents(office.database, office.people["admin"], DocumentQuery(department))
        assert [each.id for each in page.documents] == [expected.id]


def test_bundle_and_list_of_an_assessment_are_for_who_may_take_files_away(office: Office) -> None:
    _attached("year")(office)
    assessment = office.opened["year"].id
    may = {"officer", "room", "other_room", "leader", "admin"}
    for who in PEOPLE:
        for take in (stream_bundle, catalogue_table):
            assert _opens(lambda take=take, who=who: take(office.database, office.people[who], assessment)) == (  # type: ignore[misc]
                who in may
            ), who
    office.put_in("year", State.SUBMITTED)
    assert _opens(lambda: stream_bundle(office.database, office.people["appraiser"], assessment))
    for who in ("stranger", "screen", "nowhere"):
        assert not _opens(lambda who=who: stream_bundle(office.database, office.people[who], assessment))  # type: ignore[misc]


def test_a_bundle_holds_what_its_own_assessment_shows_and_nothing_else(office: Office) -> None:
    database, officer = office.database, office.people["officer"]
    early, late, unattached = (office.document(name=f"{name}.pdf") for name in ("sớm", "muộn", "không gắn"))
    attaching.attach(database, officer, office.opened["q1"].id, CODE, early.id)
    attaching.attach(database, officer, office.opened["year"].id, CODE, late.id)
    expected = {"q1": {"sớm"}, "q3": {"sớm"}, "year": {"sớm", "muộn"}}
    for period, names in expected.items():
        archive = zipfile.ZipFile(BytesIO(b"".join(stream_bundle(database, officer, office.opened[period].id))))
        found = {name.rpartition(" ")[2].removesuffix(".pdf") for name in archive.namelist() if name.endswith(".pdf")}
        assert found == names
        table = catalogue_table(database, officer, office.opened[period].id)
        assert len(table.rows) == len(names)
    assert unattached.title


def test_where_a_document_is_used_is_told_as_far_as_one_may_look(office: Office) -> None:
    document = _attached("q1")(office)
    attaching.attach_to_task(office.database, office.people["officer"], office.task(office.room), document.id)
    office.put_in("year", State.SUBMITTED)
    for who, tasks in (("officer", 1), ("other_room", 1), ("appraiser", 0)):
        uses = uses_of(office.database, office.people[who], document.id)
        assert [use.assessment.period_code for use in uses.criteria] == ["year"]
        assert len(uses.tasks) == tasks


def test_documents_of_a_task_are_those_that_one_may_see(office: Office) -> None:
    database = office.database
    task = office.task(office.room)
    document = office.document()
    attaching.attach_to_task(database, office.people["officer"], task, document.id)
    told: dict[str, list[str] | None] = {}
    for who in PEOPLE:
        try:
            told[who] = [each.document.id for each in attaching.documents_of_task(database, office.people[who], task)]
        except NotAllowedInOffice:
            told[who] = None
    refused = {"appraiser", "stranger", "screen", "nowhere"}
    assert {who for who, documents in told.items() if documents is None} == refused
    assert {who for who, documents in told.items() if documents == [document.id]} == IN_THE_OFFICE | {"room"}
    assert told["other_room"] == []


@pytest.mark.parametrize("guess", ["", "x" * 16, "' OR 1=1 --", "../../etc/passwd", "0" * 64, "é"])
def test_a_guessed_id_finds_nothing(office: Office, guess: str) -> None:
    office.document()
    with pytest.raises(NotFound):
        document_for(office.database, office.people["officer"], guess)


def test_the_hash_of_a_content_is_no_key_to_it(office: Office) -> None:
    document = office.document()
    assert document.file is not None
    with pytest.raises(NotFound):
        document_for(office.database, office.people["admin"], document.file.sha256)
    with pytest.raises(NotFound):
        document_for(office.database, office.people["admin"], document.file.id)
