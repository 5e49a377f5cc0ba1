"""What an authority's candidate asks for about their own data comes in, and its answer is sent out: records, with numbers."""

from sqlalchemy import select

from portal import clock, scope
from portal.disclosure.queries.records import says_now, source_of
from portal.jobs.tasks import work_off_due
from portal.privacy.rights.kinds import Kind
from portal.privacy.rights.services.asking import ask
from portal.register.models import MadeRecord, RegisterEntry
from tests.applicants import Sent
from tests.decisions.recruiting import closed_recruitment
from tests.disclosure.asking import entries_of, prepared
from tests.disclosure.test_disposed import papers_go
from tests.door import own_browser
from tests.forms import submit, submit_page
from tests.privacy.asking import ask_and_extend
from tests.privacy.candidates import Clock, link_of, requests_in, told
from tests.privacy.test_disposing import ended
from tests.privacy.test_merits import ASK, SEND
from tests.privacy.test_registered import TEXT, registered
from tests.world import World

LETTERS = ("message_in", "message_out")
OBJECTION = {"kind": "objection", "text": "Sluta jämföra mig med andra."}
REFUSED = {"result": "refused", "text": "Jämförelsen krävs enligt lag."}


def letters(world: World) -> list[RegisterEntry]:
    return [row for row in entries_of(world) if row.kind in LETTERS]


def said(world: World, one: Sent) -> list[tuple[str, str]]:
    """What came in and was sent out about one, by number: its kind, and what the registrar reads."""
    with world.acting(scope.authority(world.authority)) as session:
        wanted = select(RegisterEntry).where(RegisterEntry.application_id == one.id, RegisterEntry.kind.in_(LETTERS))
        rows = session.scalars(wanted.order_by(RegisterEntry.register_number)).all()
        sources = [(row.kind, source_of(session, row)) for row in rows]
    return [(kind, source.data.decode()) for kind, source in sources if source is not None]


def asks(world: World, one: Sent) -> str:
    """The candidate objects on their own page; the request's page."""
    place = f"{link_of(world, one)}/mina-uppgifter"
    assert submit(own_browser(world), place, OBJECTION, "Skicka begäran").status_code == 303
    (row,) = requests_in(world)
    return f"/arbete/begaran/{row.id}"


def test_a_request_and_its_answer_have_each_a_number_and_are_opened_by_it(world: World, set_clock: Clock) -> None:
    _ad, (one,) = closed_recruitment(world, set_clock, 1)
    before = entries_of(world)[-1].register_number
    place, browser = asks(world, one), world.browser(world.region)
    assert submit(browser, place, REFUSED, "Skicka svaret").status_code == 303
    came, sent = letters(world)
    assert [came.register_number, sent.register_number] == [before + 1, before + 2]
    assert (came.kind, sent.kind, came.application_id) == (*LETTERS, one.id)
    (_, asked), (_, answer) = said(world, one)
    assert asked == f"Invändning mot hur uppgifterna används\nBegärt den 14 december 2026\n\n{OBJECTION['text']}"
    assert answer.startswith("Svar på begäran den 14 december 2026: Invändning mot hur uppgifterna används\n")
    assert answer.endswith(f"Har inte gjorts\n\n{REFUSED['text']}")
    for row in (came, sent):
        page = f"/arbete/inkomna/nummer/{row.id}"
        assert "/1.png" in browser.get(page).get_data(as_text=True)
        assert browser.get(f"{page}/1.png").status_code == 200
    assert "Brev från den sökande" in browser.get(f"/arbete/inkomna/{one.id}").get_data(as_text=True)


def test_they_can_be_asked_for_and_handed_out(world: World, set_clock: Clock) -> None:
    _ad, (one,) = closed_recruitment(world, set_clock, 1)
    browser = world.browser(world.region)
    submit(browser, asks(world, one), REFUSED, "Skicka svaret")
    request, records = prepared(world, one, *LETTERS)
    for record in records:
        url = f"/arbete/utlamnande/{request}/handlingar/{record}"
        assert submit(browser, url, {"answer": "oppen"}, "Spara prövningen").status_code == 303
        assert browser.get(f"{url}.pdf").data.startswith(b"%PDF")
    assert len(records) == 2


def test_what_is_asked_without_a_word_is_said_in_words_and_so_is_that_it_takes_longer(
    world: World, set_clock: Clock
) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1)
    with world.writing(scope.candidate(one.id)) as session:
        for _twice in range(2):
            ask(session, application_id=one.id, kind=Kind.ERASURE, text="", at=clock.now())
    ask_and_extend(world, ad, one)
    (_, wordless), (_, copy), (kind, longer) = said(world, one)
    assert wordless == "Radering\nBegärt den 14 december 2026"
    assert copy.endswith("Vad har ni om mig?")
    assert kind == "message_out" and "Svar senast den 15 mars 2027" in longer and longer.endswith("Det är många.")


def test_what_is_added_to_an_answer_is_a_record_of_its_own_and_the_first_says_what_it_said(
    world: World, set_clock: Clock
) -> None:
    _ad, (one,) = closed_recruitment(world, set_clock, 1)
    browser, place = world.browser(world.region), asks(world, one)
    open_in_two = browser.get(place)
    assert submit_page(browser, open_in_two, place, REFUSED, "Skicka svaret").status_code == 303
    first = letters(world)[1].id

    def print_of_first() -> str:
        with world.acting(scope.authority(world.authority)) as session:
            return says_now(session, session.get_one(RegisterEntry, first))

    before, text = print_of_first(), {"result": "done", "text": "Vi har ändrat oss."}
    second = submit_page(browser, open_in_two, place, text, "Skicka svaret")
    for _press in range(2):
        assert submit_page(browser, second, place, {}, "Skicka som tillägg").status_code == 303
    _, (_, answer), (_, added) = said(world, one)
    assert print_of_first() == before and answer.endswith(REFUSED["text"])
    assert added.startswith("Tillägg till svaret på begäran") and added.endswith("Har gjorts\n\nVi har ändrat oss.")


def test_what_came_by_telephone_is_a_record_of_the_day_it_came_and_taking_back_is_an_answer(
    world: World, set_clock: Clock
) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1)
    set_clock("2026-12-20T09:00")
    office, place = world.browser(world.kansli), registered(world, ad, one, "erasure")
    assert submit(office, place, {}, "Ta tillbaka, och spara bara det som måste sparas").status_code == 303
    (_, asked), (_, answer) = said(world, one)
    assert asked.startswith("Radering\nBegärt den 14 december 2026 (telefon, nedtecknat av den som tog emot det)")
    assert asked.endswith(TEXT) and letters(world)[0].entered_at.day == 14
    assert "Har gjorts till en del" in answer and "Ansökan är en allmän handling." in answer


def test_merits_that_are_given_say_in_the_register_what_the_answer_said_and_no_more(
    world: World, set_clock: Clock
) -> None:
    _ad, (hired, one) = told(world, set_clock, employer="authority")
    assert submit(own_browser(world), f"{link_of(world, one)}/mina-uppgifter", {}, ASK).status_code == 303
    (row,) = requests_in(world)
    text, office = "Fil. kand. i statsvetenskap.", world.browser(world.kansli)
    assert submit(office, f"/arbete/begaran/{row.id}", {"text": text}, SEND).status_code == 303
    _word, (_, asked), (_, answer) = said(world, one)
    assert asked == "Uppgift om meriter\nBegärt den 14 december 2026"
    assert answer.endswith(f": Uppgift om meriter\nHar gjorts\n\n{text}") and hired.name not in answer


def test_a_changed_detail_is_a_change_and_nothing_more(world: World, set_clock: Clock) -> None:
    _ad, (one,) = closed_recruitment(world, set_clock, 1)
    page, typed = f"{link_of(world, one)}/mina-uppgifter/kontakt", {"Telefon": "070-174 06 77"}
    assert submit(own_browser(world), page, typed, None).status_code == 303
    assert letters(world) == [] and entries_of(world)[-1].kind == "change"


def test_a_party_is_no_authority_and_numbers_nothing(world: World, set_clock: Clock) -> None:
    _ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    assert submit(world.browser(world.kansli), asks(world, one), REFUSED, "Skicka svaret").status_code == 303
    with world.acting(scope.party(world.party)) as session:
        assert session.scalars(select(RegisterEntry)).all() == session.scalars(select(MadeRecord)).all() == []


def test_disposed_of_the_numbers_are_left_and_nothing_that_was_said(world: World, set_clock: Clock) -> None:
    _ad, sent = ended(world, set_clock, "authority")
    assert submit(world.browser(world.region), asks(world, sent[1]), REFUSED, "Skicka svaret").status_code == 303
    assert len(said(world, sent[1])) == 3, "with the word of the outcome"
    papers_go(world, set_clock)
    work_off_due(world.app)
    rows = [row for row in letters(world) if row.application_id == sent[1].id]
    assert [row.kind for row in rows].count("message_in") == 1 and said(world, sent[1]) == []
    with world.acting(scope.authority(world.authority)) as session:
        assert session.scalars(select(MadeRecord).where(MadeRecord.application_id == sent[1].id)).all() == []
