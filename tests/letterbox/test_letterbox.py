"""The letterbox: candidate and office write to each other on the private link, and both see what became of it."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal import clock, scope
from portal.applications.models import Application
from portal.audit.models import AuditLine
from portal.jobs.tasks import run_rounds
from portal.letterbox.models import Message
from portal.letterbox.refusals import NotYours, TooManyWaiting
from portal.letterbox.services import settle_messages
from portal.mail.models import OutgoingMail
from portal.vault.sealing import SealBroken
from tests.applications.paper import applications_in, apply, private_link
from tests.counting import statements
from tests.door import own_browser, show
from tests.forms import submit
from tests.interviews.meetings import Meetings, meetings_of
from tests.letterbox.writing import answer, ask, messages
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]
TELLING = re.compile("intervju|parti|region|sekreterare|secretary|party", re.IGNORECASE)


def own_url(meetings: Meetings, place: int = 0) -> str:
    return f"/ansokan/{meetings.tokens[meetings.panel.sent[place].id]}/brev"


def office_url(meetings: Meetings, place: int = 0) -> str:
    return f"{meetings.panel.url}/brev/{meetings.panel.sent[place].id}"


def page(meetings: Meetings, url: str, person: UUID | None = None) -> str:
    got = (meetings.world.browser(person) if person else own_browser(meetings.world)).get(url)
    assert got.status_code == 200
    return got.get_data(as_text=True)


def test_a_question_is_answered_and_both_sides_see_what_became_of_it(meetings: Meetings, set_clock: Clock) -> None:
    one, world = meetings.panel.sent[0], meetings.world
    candidate, office = own_browser(world), world.browser(world.kansli)
    sent = submit(candidate, own_url(meetings), {"text": "Får jag byta ut mitt CV?"}, "Skicka brevet")
    assert sent.status_code == 303
    shown = page(meetings, own_url(meetings))
    assert "Får jag byta ut mitt CV?" in shown and "Inte läst än" in shown
    assert "En sökande väntar på svar i brevlådan" in page(meetings, "/arbete", world.kansli)
    assert "Oläst" in page(meetings, f"{meetings.panel.url}/brev", world.kansli)
    assert "Får jag byta ut mitt CV?" in office.get(office_url(meetings)).get_data(as_text=True)
    assert "Läst av kansliet" in page(meetings, own_url(meetings))
    assert submit(office, office_url(meetings), {"text": "Ja, det får du."}, "Skicka brevet").status_code == 303
    assert "väntar på svar" not in page(meetings, "/arbete", world.kansli)
    assert "Mejlet om brevet är på väg" in page(meetings, office_url(meetings), world.kansli)
    run_rounds(world.app)
    told = page(meetings, office_url(meetings), world.kansli)
    assert "togs emot av e-postservern" in told and "Inte öppnat av den sökande än" in told
    assert "Läs brevet du har fått" in page(meetings, f"/ansokan/{meetings.tokens[one.id]}")
    assert "Besvarat" in page(meetings, own_url(meetings))
    assert "Ja, det får du." not in page(meetings, own_url(meetings)), "it is opened by its button"
    assert submit(candidate, own_url(meetings), {}, "Öppna brevet").status_code == 303
    assert "Ja, det får du." in page(meetings, own_url(meetings))
    assert "Öppnat av den sökande" in page(meetings, office_url(meetings), world.kansli)


def test_the_mail_says_that_there_is_a_letter_and_nothing_else(meetings: Meetings) -> None:
    one = meetings.panel.sent[0]
    answer(meetings.panel, one, "Partiet vill träffa dig, Region Exempel.")
    (letter,) = meetings.letters(one.email, "Du har ett brev")
    assert f"http://localhost{own_url(meetings)}" in letter.body
    assert not TELLING.search(re.sub(r"http://localhost/\S+", "", letter.subject + letter.body))
    assert one.name not in letter.subject + letter.body


def test_whoever_applied_in_english_reads_the_letterbox_in_english(meetings: Meetings) -> None:
    one = meetings.panel.sent[0]
    with meetings.world.writing(scope.party(meetings.world.party)) as session:
        session.get_one(Application, one.id).language = "en"
    answer(meetings.panel, one)
    assert len(meetings.letters(one.email, "You have a letter")) == 1
    shown = page(meetings, f"{own_url(meetings)}?lang=en")
    assert "One letter you have not opened" in shown and "Skriv till kansliet" not in shown


def test_a_mail_that_never_arrived_is_told_to_the_office(meetings: Meetings) -> None:
    one = meetings.panel.sent[0]
    answer(meetings.panel, one)
    with meetings.world.writing(scope.PLATFORM) as session:
        mail = session.scalars(select(OutgoingMail).where(OutgoingMail.once.startswith("message:"))).one()
        mail.given_up_at = clock.now()
    assert "Mejlet kom inte fram" in page(meetings, office_url(meetings), meetings.world.kansli)


def test_what_the_portal_has_mailed_by_itself_is_told_too_with_when_its_page_was_opened(
    world: World, set_clock: Clock
) -> None:
    ad = publish_ad(world, employer="party")
    link = private_link(apply(own_browser(world), ad))
    (one,) = applications_in(world, ad)
    set_clock("2026-12-14T10:00")
    for _ in range(3):  # it closes, they are told, the mails go
        run_rounds(world.app)
    office, url = world.browser(world.kansli), f"/arbete/rekryteringar/{ad.id}/brev/{one.id}"
    told = office.get(url).get_data(as_text=True)
    assert told.index("Kvittot.") < told.index("Att ansökan bedöms.")
    assert (told.count("Mejlet lämnades till e-postservern"), told.count("inte öppnad sedan dess")) == (2, 2)
    set_clock("2026-12-14T10:30")
    assert show(world, link).status_code == 200
    told = office.get(url).get_data(as_text=True)
    assert told.count("Sidan öppnades 14 december 2026 kl.\xa010.30") == 2


def test_the_words_are_sealed_and_moved_to_another_message_they_do_not_open(meetings: Meetings) -> None:
    first, second = (
        ask(meetings.panel, meetings.panel.sent[0], "hemlig-ett"),
        ask(meetings.panel, meetings.panel.sent[0], "två"),
    )
    rows = {row.id: row for row in messages(meetings.panel, meetings.panel.sent[0])}
    assert b"hemlig" not in rows[first].text_sealed
    with meetings.world.writing(scope.party(meetings.world.party)) as session:
        session.get_one(Message, second).text_sealed = rows[first].text_sealed
    with pytest.raises(SealBroken):
        meetings.world.browser(meetings.world.kansli).get(office_url(meetings))


def test_who_assesses_reads_no_letter_in_any_phase(meetings: Meetings) -> None:
    ask(meetings.panel, meetings.panel.sent[0], "Jag heter egentligen något annat.")
    for person in (meetings.world.gunnel, meetings.world.elof, meetings.world.rival_kansli, meetings.world.region):
        browser = meetings.world.browser(person)
        for url in (office_url(meetings), f"{meetings.panel.url}/brev"):
            assert browser.get(url).status_code == 404


def test_one_of_the_office_who_has_jav_reads_none_of_that_candidate(world: World, set_clock: Clock) -> None:
    meetings = meetings_of(world, set_clock, called=1)
    panel, (_, other, _third) = meetings.panel, meetings.panel.sent
    panel.name(world.gunnel, world.elof, world.kansli)
    panel.declare(world.kansli, other)
    ask(panel, other, "Till kansliet.")
    office = world.browser(world.kansli)
    assert office.get(office_url(meetings, 1)).status_code == 404
    assert other.name not in office.get(f"{panel.url}/brev").get_data(as_text=True)
    with panel.as_person(world.kansli) as (session, case), pytest.raises(NotYours):
        settle_messages(session, case=case, actor=panel.actor(world.kansli), application_id=other.id, at=clock.now())


def test_a_candidate_reaches_no_letter_of_anothers(meetings: Meetings) -> None:
    ask(meetings.panel, meetings.panel.sent[1], "Bara mitt.")
    assert "Bara mitt." not in page(meetings, own_url(meetings))
    assert own_browser(meetings.world).get("/ansokan/fel/brev").status_code == 404


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "Skriv vad det gäller"), ("å" * 4001, "får vara högst 4\xa0000 tecken. Nu är det 4\xa0001")],
)
def test_nothing_or_too_much_is_told_so_and_what_was_typed_is_kept(
    meetings: Meetings, text: str, sentence: str
) -> None:
    for url, person in ((own_url(meetings), None), (office_url(meetings), meetings.world.kansli)):
        got = submit(
            meetings.world.browser(person) if person else own_browser(meetings.world),
            url,
            {"text": text},
            "Skicka brevet",
        )
        assert got.status_code == 422
        assert sentence in got.get_data(as_text=True) and text in got.get_data(as_text=True)
    assert messages(meetings.panel, meetings.panel.sent[0]) == []


def test_a_button_pressed_twice_is_one_message_and_one_mail(meetings: Meetings) -> None:
    one = meetings.panel.sent[0]
    assert ask(meetings.panel, one) == ask(meetings.panel, one)
    assert answer(meetings.panel, one) == answer(meetings.panel, one)
    assert [row.sender for row in messages(meetings.panel, one)] == ["candidate", "office"]
    assert len(meetings.letters(one.email, "Du har ett brev")) == 1
    ask(meetings.panel, one)
    assert len(messages(meetings.panel, one)) == 3, "the same question after an answer is another one"


def test_the_same_words_half_an_hour_later_are_a_reminder(meetings: Meetings, set_clock: Clock) -> None:
    one = meetings.panel.sent[0]
    ask(meetings.panel, one)
    set_clock((clock.now() + timedelta(minutes=30)).isoformat())
    ask(meetings.panel, one)
    assert len(messages(meetings.panel, one)) == 2


def test_a_letter_that_comes_after_the_word_stands_on_the_private_page_until_it_is_read(meetings: Meetings) -> None:
    one, world = meetings.panel.sent[0], meetings.world
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Application, one.id).decided_at = clock.now()
    answer(meetings.panel, one)
    own = f"/ansokan/{meetings.tokens[one.id]}"
    shown = page(meetings, own)
    assert "Läs brevet du har fått" in shown and "Välj en tid" not in shown
    assert submit(own_browser(world), own_url(meetings), {}, "Öppna brevet").status_code == 303
    assert "Läs brevet du har fått" not in page(meetings, own)


def test_ten_may_wait_and_no_more_until_the_office_has_seen_to_them(meetings: Meetings) -> None:
    one, office = meetings.panel.sent[0], meetings.world.browser(meetings.world.kansli)
    for number in range(10):
        ask(meetings.panel, one, f"Brev {number}")
    with pytest.raises(TooManyWaiting):
        ask(meetings.panel, one, "Ett till")
    assert submit(office, office_url(meetings), {}, "Behöver inget svar").status_code == 303
    assert "inte behöver något svar" in page(meetings, own_url(meetings))
    ask(meetings.panel, one, "Ett till")


def test_for_the_region_each_letter_is_a_numbered_record_and_for_a_party_none_is(
    world: World, set_clock: Clock
) -> None:
    meetings = meetings_of(world, set_clock, called=0)
    ask(meetings.panel, meetings.panel.sent[0], "Fråga till registret")
    answer(meetings.panel, meetings.panel.sent[0], "Svar till registret")
    asked, answered = (row.arrival_number or 0 for row in messages(meetings.panel, meetings.panel.sent[0]))
    assert 3 < asked == answered - 1, "after those of the three applications and their files"
    register = page(meetings, "/arbete/inkomna", world.region)
    assert register.count("Brev från den sökande") == register.count("Brev till den sökande") == 1
    record = page(meetings, f"/arbete/inkomna/{meetings.panel.sent[0].id}", world.region)
    assert "Fråga till registret" in record and "Svar till registret" in record and f"Nummer {answered}" in record
    set_clock("2026-11-23T10:00")
    hidden = meetings_of(world, set_clock, called=0, employer="party", applications=1)
    ask(hidden.panel, hidden.panel.sent[0], "Partiets egen sak")
    assert [row.arrival_number for row in messages(hidden.panel, hidden.panel.sent[0])] == [None]
    assert page(meetings, "/arbete/inkomna", world.region).count("Brev från den sökande") == 1


@pytest.mark.parametrize(("employer", "left"), [("authority", 1), ("party", 0)])
def test_a_party_erases_letters_with_the_application_and_an_authority_keeps_them(
    world: World, set_clock: Clock, employer: str, left: int
) -> None:
    meetings = meetings_of(world, set_clock, employer=employer, applications=1, called=0)
    one, browser = meetings.panel.sent[0], own_browser(world)
    ask(meetings.panel, one)
    submit(browser, f"/ansokan/{meetings.tokens[one.id]}/ta-tillbaka", {}, "Ta tillbaka ansökan")
    run_rounds(world.app)
    assert len(messages(meetings.panel, one)) == left
    if left:
        kept = browser.get(own_url(meetings)).get_data(as_text=True)
        assert "Får jag byta ut mitt CV?" in kept and "går inte att skriva här" in kept
    else:
        assert browser.get(own_url(meetings)).status_code == 404


def test_each_reading_of_the_offices_and_each_letter_leaves_a_line(meetings: Meetings) -> None:
    asked = ask(meetings.panel, meetings.panel.sent[0])
    page(meetings, office_url(meetings), meetings.world.kansli)
    with meetings.world.acting(scope.party(meetings.world.party)) as session:
        rows = select(AuditLine).where(AuditLine.verb.startswith("message.")).order_by(AuditLine.number)
        lines = [(row.verb, row.actor, row.object_id) for row in session.scalars(rows)]
    one = meetings.panel.sent[0].id
    assert lines == [
        ("message.written", "candidate", asked), ("message.read", f"person:{meetings.world.kansli}", one),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"sender": "boss"},
        {"written_by": None},
        {"settled_at": clock.now()},
        {"opened_at": datetime(2020, 1, 1, tzinfo=clock.STOCKHOLM)},
    ],
)
def test_the_database_itself_refuses_what_no_message_is(meetings: Meetings, change: dict[str, object]) -> None:
    made = answer(meetings.panel, meetings.panel.sent[0])
    with pytest.raises(IntegrityError), meetings.world.writing(scope.party(meetings.world.party)) as session:
        row = session.get_one(Message, made)
        for name, value in change.items():
            setattr(row, name, value)


@pytest.mark.counts
def test_the_offices_list_asks_as_much_for_three_as_for_one(meetings: Meetings) -> None:
    browser, counts = meetings.world.browser(meetings.world.kansli), []
    for writers in (meetings.panel.sent[:1], meetings.panel.sent):
        for one in writers:
            ask(meetings.panel, one)
        browser.get(f"{meetings.panel.url}/brev")
        with statements(meetings.world.app) as asked:
            assert browser.get(f"{meetings.panel.url}/brev").status_code == 200
        counts.append(asked.count)
    assert counts[0] == counts[1]
