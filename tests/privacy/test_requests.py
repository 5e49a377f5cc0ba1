"""GDPR art. 12.3: what a candidate asks for is answered within a month, or they are told in time why it takes longer."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from portal import scope
from portal.applications.models import CandidateRequest
from portal.privacy.rights.kinds import Kind, answer_by, extended_to
from portal.swedish_dates import months_after
from tests.applications.paper import letters
from tests.counting import statements
from tests.decisions.recruiting import closed_recruitment
from tests.door import own_browser
from tests.forms import fields_of, submit
from tests.privacy.asking import ask_and_extend
from tests.privacy.candidates import Clock, agreed, files_in, link_of, requests_in
from tests.world import World

TEXT = "Mitt examensår är fel: det ska stå 2019."

CORRECTION = {"kind": "correction", "text": "Mitt examensår är fel."}


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2026-12-14", 1, "2027-01-14"),
        ("2027-01-31", 1, "2027-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-12-31", 24, "2028-12-31"),
        ("2028-02-29", 24, "2030-02-28"),
    ],
)
def test_regulation_1182_71_a_month_ends_on_the_day_of_the_same_number(day: str, months: int, then: str) -> None:
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(then)


def test_gdpr_12_3_a_month_and_at_most_two_more_and_merits_sooner() -> None:
    on = date(2026, 12, 14)
    assert [answer_by(Kind.ERASURE, on), extended_to(on)] == [date(2027, 1, 14), date(2027, 3, 15)]
    assert answer_by(Kind.MERITS, on) == date(2026, 12, 28)


@pytest.mark.parametrize(
    ("asked", "by"),
    [
        (date(2027, 2, 13), date(2027, 3, 15)),  # a Saturday's, which ends on a Saturday
        (date(2026, 12, 6), date(2027, 1, 7)),  # trettondagen
        (date(2027, 2, 26), date(2027, 3, 30)),  # långfredagen, and annandag påsk
        (date(2026, 11, 24), date(2026, 12, 24)),  # julafton is no holiday of the law's
    ],
)
def test_regulation_1182_71_3_4_a_month_ends_on_a_working_day(asked: date, by: date) -> None:
    assert answer_by(Kind.COPY, asked) == by
    assert answer_by(Kind.MERITS, date(2026, 12, 12)) == date(2026, 12, 26), "a promise of the portal's own"


def test_a_request_is_answered_by_mail_and_page_and_counted(world: World, set_clock: Clock) -> None:
    _ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    link = link_of(world, one)
    asked = submit(own_browser(world), f"{link}/mina-uppgifter", {"kind": "correction", "text": TEXT}, "Skicka begäran")
    assert asked.status_code == 303
    assert "svar senast den 14 januari 2027" in own_browser(world).get(f"{link}/mina-uppgifter").get_data(as_text=True)
    office, (row,) = world.browser(world.kansli), requests_in(world)
    assert "Svara på en sökandes begäran" in office.get("/arbete").get_data(as_text=True)
    page = office.get(f"/arbete/begaran/{row.id}").get_data(as_text=True)
    assert TEXT in page
    assert one.name in page
    told = submit(
        office, f"/arbete/begaran/{row.id}", {"result": "done", "text": "Året är rättat till 2019."}, "Skicka svaret"
    )
    assert told.status_code == 303
    became = office.get(f"/arbete/begaran/{row.id}").get_data(as_text=True)
    assert "Mejlet är skrivet" in became and "Sidan är inte öppnad sedan dess" in became
    assert "Året är rättat" in own_browser(world).get(f"{link}/mina-uppgifter").get_data(as_text=True)
    assert "Sidan öppnades" in office.get(f"/arbete/begaran/{row.id}").get_data(as_text=True)
    (mail,) = letters(world, "request-answered")
    assert mail.to == one.email
    assert f"{link}/mina-uppgifter" in mail.body
    assert not any(word in mail.subject + mail.body for word in ("2019", "ättelse", "parti", one.name))
    listed = office.get("/arbete/begaran").get_data(as_text=True)
    assert "Ingen väntar på svar" in listed
    assert TEXT not in listed
    again = submit(
        own_browser(world), f"{link}/mina-uppgifter", {"kind": "correction", "text": "En sak till."}, "Skicka begäran"
    )
    assert again.status_code == 303
    assert len(requests_in(world)) == 2  # the first is answered: another may be made


def test_the_same_is_asked_for_once_while_it_waits(world: World, set_clock: Clock) -> None:
    _ad, (one,) = closed_recruitment(world, set_clock, 1)
    browser, where = own_browser(world), f"{link_of(world, one)}/mina-uppgifter"
    for text, status in ((TEXT, 303), (TEXT, 303), ("Och min <b>adress</b>.", 409)):
        answer = submit(browser, where, {"kind": "erasure", "text": text}, "Skicka begäran")
        assert answer.status_code == status
    assert "Det du skrev nu är inte skickat" in answer.get_data(as_text=True)
    assert fields_of(answer)["text"] == ["Och min <b>adress</b>."]
    (row,) = requests_in(world)
    assert row.with_authority
    with world.acting(scope.authority(world.authority)) as session:
        assert session.get(CandidateRequest, row.id) is not None
    with pytest.raises(IntegrityError), world.writing(scope.party(world.party)) as session:
        session.add(copy_of(row, result=""))
        session.flush()


def copy_of(row: CandidateRequest, **changes: object) -> CandidateRequest:
    values = {c.key: getattr(row, c.key) for c in CandidateRequest.__mapper__.column_attrs}
    return CandidateRequest(**{**values, "id": uuid4(), **changes})


@pytest.mark.parametrize(
    "changes",
    [{"kind": "annat"}, {"result": "done"}, {"extended_to": date(2027, 3, 14)}, {"result": "kanske", "kind": "copy"}],
)
def test_the_database_knows_kinds_results_and_clocks(
    world: World, set_clock: Clock, changes: dict[str, object]
) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1)
    ask_and_extend(world, ad, one)
    (row,) = requests_in(world)
    plain = {"kind": "objection", "extended_at": None, "extended_to": None, "extension_sealed": None}
    with pytest.raises(IntegrityError), world.writing(scope.party(world.party)) as session:
        session.add(copy_of(row, **{**plain, **changes}))
        session.flush()


def test_a_huge_text_is_refused_with_its_length_and_kept_in_the_form(world: World, set_clock: Clock) -> None:
    _ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    page = submit(
        own_browser(world),
        f"{link_of(world, one)}/mina-uppgifter",
        {"kind": "objection", "text": "x" * 5000},
        "Skicka begäran",
    )
    assert page.status_code == 422
    said = page.get_data(as_text=True)
    assert ">Texten får vara högst 4\u00a0000 tecken. Nu är det 5\u00a0000" in said, "a question is no subject"
    assert "x" * 5000 in said
    assert requests_in(world) == []


def test_it_takes_longer_only_when_it_is_said_in_time_and_once(world: World, set_clock: Clock) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    form = {"kind": "erasure", "text": TEXT}
    submit(own_browser(world), f"{link_of(world, one)}/mina-uppgifter", form, "Skicka begäran")
    (row,) = requests_in(world)
    office, path = world.browser(world.kansli), f"/arbete/begaran/{row.id}"
    submit(office, path, {"reason": "Många har frågat."}, "Förläng tiden")
    page = own_browser(world).get(f"{link_of(world, one)}/mina-uppgifter").get_data(as_text=True)
    assert "Många har frågat." in page
    assert "15 mars 2027" in page.replace("\xa0", " "), "the 14th is a Sunday"
    assert "Förläng tiden" not in office.get(path).get_data(as_text=True)
    assert len(letters(world, "request-extended")) == 1
    late = {"kind": "objection", "text": TEXT}
    submit(own_browser(world), f"{link_of(world, one)}/mina-uppgifter", late, "Skicka begäran")
    set_clock("2027-01-15T09:00")
    other = next(each for each in requests_in(world) if each.kind == "objection")
    office = world.browser(world.kansli)
    page = office.get(f"/arbete/begaran/{other.id}").get_data(as_text=True)
    assert "försenat" in page
    assert "Förläng tiden" not in page
    assert "Försenad" in office.get("/arbete/begaran").get_data(as_text=True)
    assert ad.party_id == world.party


def test_the_office_gives_the_same_copy_on_request_and_no_other_party_anything(world: World, set_clock: Clock) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    asked = ask_and_extend(world, ad, one)
    files = files_in(submit(world.browser(world.kansli), f"/arbete/begaran/{asked}", {}, "Hämta kopian"))
    assert one.name in files["uppgifter.json"].decode()
    rival, unused = (world.browser(world.rival_kansli).get(f"/arbete/begaran/{id}") for id in (asked, uuid4()))
    assert (rival.status_code, rival.data) == (404, unused.data)
    assert "väntar på svar" in world.browser(world.rival_kansli).get("/arbete/begaran").get_data(as_text=True)
    assert str(asked) not in world.browser(world.rival_kansli).get("/arbete/begaran").get_data(as_text=True)


def test_erased_the_words_go_and_the_count_stays(world: World, set_clock: Clock) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    agreed(world, ad)
    asked = ask_and_extend(world, ad, one)
    submit(own_browser(world), f"{link_of(world, one)}/ta-tillbaka", {"papers": "radera"}, "Ta tillbaka ansökan")
    (row,) = requests_in(world)
    assert (row.id, row.text_sealed, row.extension_sealed, row.answer_sealed) == (asked, None, None, None)
    page = world.browser(world.kansli).get(f"/arbete/begaran/{asked}").get_data(as_text=True)
    assert "Ansökan är raderad" in page
    assert "Kopia av uppgifterna" in world.browser(world.kansli).get("/arbete/begaran").get_data(as_text=True)


def test_a_request_about_what_is_kept_sealed_is_answered_though_nobody_reads_it(world: World, set_clock: Clock) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    asked = ask_and_extend(world, ad, one)
    submit(own_browser(world), f"{link_of(world, one)}/ta-tillbaka", {"papers": "behall"}, "Ta tillbaka ansökan")
    office = world.browser(world.kansli)
    page = office.get(f"/arbete/begaran/{asked}").get_data(as_text=True)
    assert one.name not in page
    assert "ligger låst" in page
    assert "Hämta kopian" not in page
    told = submit(
        office, f"/arbete/begaran/{asked}", {"result": "refused", "text": "Hämta den själv."}, "Skicka svaret"
    )
    assert told.status_code == 303
    assert "Hämta den själv." in own_browser(world).get(f"{link_of(world, one)}/mina-uppgifter").get_data(as_text=True)


@pytest.mark.counts
def test_the_list_asks_the_same_of_one_and_of_many(world: World, set_clock: Clock) -> None:
    ad, sent = closed_recruitment(world, set_clock, 8, employer="party")
    counted = []
    for many in (sent[:1], sent[1:]):
        for one in many:
            ask_and_extend(world, ad, one)
        office = world.browser(world.kansli)
        office.get("/arbete/begaran")
        with statements(world.app) as asked:
            office.get("/arbete/begaran")
        counted.append(asked.count)
    assert counted[0] == counted[1] <= 11


def test_a_request_of_one_who_is_erased_waits_for_nobody(world: World, set_clock: Clock) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    agreed(world, ad)
    link = link_of(world, one)
    assert submit(own_browser(world), f"{link}/mina-uppgifter", CORRECTION, "Skicka begäran").status_code == 303
    gone = submit(own_browser(world), f"{link}/ta-tillbaka", {"papers": "radera"}, "Ta tillbaka ansökan")
    assert gone.status_code == 303
    set_clock("2027-03-01T09:00")
    office = world.browser(world.kansli)
    (row,) = requests_in(world)
    assert "Ansökan är raderad" in office.get(f"/arbete/begaran/{row.id}").get_data(as_text=True), (
        "nothing to answer by"
    )
    assert "Ingen väntar på svar" in office.get("/arbete/begaran").get_data(as_text=True)
    assert "Svara på en sökandes begäran" not in office.get("/arbete").get_data(as_text=True)
