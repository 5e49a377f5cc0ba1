"""Diskrimineringslagen (2008:567) 2:4: whoever was not hired learns the merits of whoever was, and never who it is."""

import io
from datetime import date

import pypdfium2
import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.applications.models import Application
from portal.decisions.models import Outcome
from portal.decisions.outcomes import Result
from portal.documents.masking import Known
from portal.privacy.merits.draft import GONE, NOBODY, SEALED, Answered, Described, drafted, telling, unfilled
from portal.privacy.merits.queries import described
from portal.privacy.merits.right import may_ask_for_merits
from portal.review.deciding.models import DecidingAnswer
from portal.review.queries.case import load_case
from portal.review.services import call_to_interview
from tests.applications.paper import letters
from tests.decisions.recruiting import closed_recruitment, decide, office
from tests.door import own_browser
from tests.forms import submit
from tests.privacy.candidates import Clock, link_of, requests_in, told
from tests.world import World

KARIN = Known("Karin Lindqvist", "karin.lindqvist@example.se", "070-174 06 40")
ASK, SEND, SAVE = "Begär uppgift om meriter", "Godkänn och skicka", "Spara utan att skicka"


@pytest.mark.parametrize(
    ("state", "decided_as", "may"),
    [
        ("sent", "gar_inte_vidare", True),
        ("late", "gar_inte_vidare", True),
        ("proposal", "gar_inte_vidare", True),
        ("sent", "", False),
        ("sent", "anstalls", False),
        ("sent", "tackat_nej", False),
        ("withdrawn", "gar_inte_vidare", True),  # as little hired
        ("withdrawn", "", False),
        ("replaced", "gar_inte_vidare", False),
    ],
)
def test_dl_2_4_who_may_ask(state: str, decided_as: str, may: bool) -> None:
    assert may_ask_for_merits(state=state, decided_as=decided_as) is may


def test_the_draft_is_the_persons_own_answers_without_who_they_are() -> None:
    said = (
        Answered("Du skriver väl.", "", "Jag, Karin Lindqvist, skrev i UNT. Ring 070-174 06 40."),
        Answered("B-körkort", "ja", ""),
    )
    text = drafted([Described(True, KARIN, said), Described(False, None), Described(False, KARIN, said[1:])])
    assert text.startswith(
        "Den som anställdes\n\nUtbildning:\n\nYrkeserfarenhet:\n\nAndra meriter:\n- Du skriver väl: Jag, ▇▇▇, skrev i UNT."
    )
    assert "- B-körkort: Ja." in text
    assert f"Kallad till intervju 1\n{GONE}" in text
    assert drafted([Described(False, None, sealed=True)]) == f"Den som kallades till intervju\n{SEALED}"
    assert "Kallad till intervju 2" in text
    assert not any(word in text for word in ("Karin", "Lindqvist", "070"))
    assert drafted([]) == NOBODY
    assert drafted([], called=True) == "Ingen anställdes i den här rekryteringen.", "who asks was called themself"


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("Utbildning:\n\nYrkeserfarenhet:\nTio år.\n\nAndra meriter:\n- Ja", ["Utbildning"]),
        ("Utbildning:\nEn examen.\nYrkeserfarenhet:\n\nAnställd 2\nUtbildning:\n", ["Yrkeserfarenhet", "Utbildning"]),
        ("Utbildning:\nEn examen.\nYrkeserfarenhet:\nTio år.", []),
        ("Fri text utan rubriker.", []),
    ],
)
def test_dl_2_4_a_heading_with_nothing_below_it_is_still_to_be_filled(text: str, empty: list[str]) -> None:
    assert unfilled(text) == empty


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Fil. kand. i statsvetenskap, sex år som redaktör.", []),
        ("Karin har sex års erfarenhet.", ["ett namn"]),
        ("Ring 070-174 06 40 eller skriv till k@example.se.", ["ett telefonnummer", "en e-postadress"]),
        ("", []),
    ],
)
def test_a_text_that_tells_who_is_meant_is_found(text: str, found: list[str]) -> None:
    assert telling(text, [Described(True, KARIN)]) == found


@pytest.mark.parametrize("employer", ["party", "authority"])
def test_asked_for_drafted_approved_and_read(world: World, set_clock: Clock, employer: str) -> None:
    _ad, (hired, one) = told(world, set_clock, employer=employer)
    link = link_of(world, one)
    for _ in range(2):
        page = own_browser(world).get(f"{link}/mina-uppgifter")
        if ASK in page.get_data(as_text=True):
            assert submit(own_browser(world), f"{link}/mina-uppgifter", {}, ASK).status_code == 303
    (row,) = requests_in(world)
    office, path = world.browser(world.kansli), f"/arbete/begaran/{row.id}"
    assert "Lämna uppgift om meriter" in office.get("/arbete").get_data(as_text=True)
    assert "ppgift om meriter" in office.get("/arbete/begaran").get_data(as_text=True)
    to_region = world.browser(world.region).get("/arbete/begaran").get_data(as_text=True)
    assert "ppgift om meriter" not in to_region, "neither listed nor counted: the party's office gives it"
    draft = office.get(path).get_data(as_text=True)
    assert "Så har jag gjort i uppgift 0-1." in draft
    assert hired.name not in draft
    refused = submit(office, path, {"text": f"{hired.name} har läst statsvetenskap."}, SEND)
    assert refused.status_code == 422
    assert "Texten innehåller ett namn" in refused.get_data(as_text=True)
    assert submit(office, path, {"text": "Fil. kand. i statsvetenskap."}, SAVE).status_code == 303
    assert "Fil. kand." not in own_browser(world).get(f"{link}/mina-uppgifter").get_data(as_text=True)
    assert own_browser(world).get(f"{link}/mina-uppgifter/meriter.pdf").status_code == 404
    assert submit(office, path, {}, SEND).status_code == 303
    assert "Fil. kand. i statsvetenskap." in own_browser(world).get(f"{link}/mina-uppgifter").get_data(as_text=True)
    paper = own_browser(world).get(f"{link}/mina-uppgifter/meriter.pdf")
    words = pypdfium2.PdfDocument(io.BytesIO(paper.data))[0].get_textpage().get_text_bounded()
    assert "Fil. kand. i statsvetenskap." in words
    assert hired.name not in words
    (mail,) = letters(world, "request-answered")
    assert (mail.to, "statsvetenskap" in mail.body, "erit" in mail.subject + mail.body) == (one.email, False, False)


def test_whoever_has_jav_for_anybody_leaves_the_merits_to_a_colleague(world: World, set_clock: Clock) -> None:
    ad, (hired, one) = told(world, set_clock)
    submit(own_browser(world), f"{link_of(world, one)}/mina-uppgifter", {}, ASK)
    (row,) = requests_in(world)
    assert world.browser(world.kansli).get(f"/arbete/begaran/{row.id}").status_code == 200
    with world.writing(scope.party(world.party)) as session:
        answers = session.scalars(select(DecidingAnswer).where(DecidingAnswer.application_id == hired.id)).all()
        assert answers
        for answer in answers:
            answer.has_conflict, answer.ground = True, "narstaende"
    unused = world.browser(world.kansli).get(f"/arbete/begaran/{ad.id}")
    assert world.browser(world.kansli).get(f"/arbete/begaran/{row.id}").data == unused.data


def test_dl_2_4_whose_merits_are_owed_to_whom(world: World, set_clock: Clock) -> None:
    told(world, set_clock)  # another recruitment of the party, which is nobody's business here
    set_clock("2026-11-23T10:00")
    ad, (hired, declined, called, sealed, never_called) = closed_recruitment(
        world, set_clock, 5, employer="party", posts=2
    )
    for one in (hired, called, sealed):
        with world.writing(scope.party(world.party)) as session, world.app.test_request_context():
            case = load_case(session, ad.id, office(world, world.party), lock=True)
            assert case is not None
            call_to_interview(
                session, case=case, actor=office(world, world.party), application_id=one.id, at=clock.now()
            )
    decide(world, ad, (hired, declined), Result.HIRED)
    with world.writing(scope.party(world.party)) as session:
        outcome = session.scalars(select(Outcome).where(Outcome.application_id == declined.id)).one()
        outcome.released_at = outcome.offered_at = outcome.declined_at = clock.now()
        row = session.get_one(Application, sealed.id)
        row.state, row.restricted_at, row.restricted_until = "withdrawn", clock.now(), date(2028, 12, 14)
    with world.acting(scope.party(world.party)) as session:
        owed = {one.id: described(session, session.get_one(Application, one.id)) for one in (called, never_called)}
    (apart,) = (who for who in owed[never_called.id] if who.known is None)
    assert apart.sealed, "taken back, and kept for whoever may still make a claim"
    told_to = {id: [(who.hired, who.known and who.known.name) for who in people] for id, people in owed.items()}
    assert told_to[called.id] == [(True, hired.name)]
    assert told_to[never_called.id][0] == (True, hired.name)
    assert sorted(told_to[never_called.id][1:], key=str) == [(False, called.name), (False, None)]


def test_whoever_takes_it_back_after_a_no_may_ask_all_the_same(world: World, set_clock: Clock) -> None:
    _ad, (_hired, one) = told(world, set_clock)
    link = link_of(world, one)
    said = own_browser(world).get(f"{link}/ta-tillbaka").get_data(as_text=True)
    assert "kan du inte längre skriva till kansliet" in said and "anställdas meriter" not in said
    assert submit(own_browser(world), f"{link}/ta-tillbaka", {}, "Ta tillbaka ansökan").status_code == 303
    assert submit(own_browser(world), f"{link}/mina-uppgifter", {}, ASK).status_code == 303
    (row,) = requests_in(world)
    path = f"/arbete/begaran/{row.id}"
    text = {"text": "Fil. kand. i statsvetenskap."}
    assert submit(world.browser(world.kansli), path, text, SEND).status_code == 303
    assert text["text"] in own_browser(world).get(f"{link}/mina-uppgifter").get_data(as_text=True)


def test_nobody_asks_before_there_is_word_nor_whoever_was_hired(world: World, set_clock: Clock) -> None:
    _waiting, (early,) = closed_recruitment(world, set_clock, 1, employer="party")
    set_clock("2026-11-23T10:00")
    _ad, (hired, _other) = told(world, set_clock)
    for one in (early, hired):
        browser, link = own_browser(world), link_of(world, one)
        page = browser.get(f"{link}/mina-uppgifter").get_data(as_text=True)
        assert ASK not in page
        token = page.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]
        assert browser.post(f"{link}/mina-uppgifter/meriter", data={"csrf_token": token}).status_code == 404
    assert requests_in(world) == []


def test_of_a_hired_one_whose_papers_are_gone_the_draft_says_so(world: World, set_clock: Clock) -> None:
    _ad, (hired, one) = told(world, set_clock)
    submit(own_browser(world), f"{link_of(world, one)}/mina-uppgifter", {}, ASK)
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Application, hired.id).name_sealed = None
    (row,) = requests_in(world)
    assert GONE in world.browser(world.kansli).get(f"/arbete/begaran/{row.id}").get_data(as_text=True)


def test_to_whoever_was_called_the_draft_says_that_nobody_was_hired_and_nothing_of_calls(
    world: World, set_clock: Clock
) -> None:
    ad, (_, one) = told(world, set_clock)
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Application, one.id).called_at = clock.now()
        for outcome in session.scalars(select(Outcome).where(Outcome.ad_id == ad.id, Outcome.result == Result.HIRED)):
            outcome.called_off_at = clock.now()
    assert submit(own_browser(world), f"{link_of(world, one)}/mina-uppgifter", {}, ASK).status_code == 303
    (row,) = requests_in(world)
    draft = world.browser(world.kansli).get(f"/arbete/begaran/{row.id}").get_data(as_text=True)
    assert "Ingen anställdes i den här rekryteringen." in draft and "ingen kallades" not in draft
