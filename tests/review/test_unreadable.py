"""A paper that cannot be read: the assessor says so, the office has it to do and says that it is mended; no score is told."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from werkzeug.test import TestResponse

from portal import clock, scope
from portal.documents.models import Document
from portal.mail.models import OutgoingMail
from portal.mail.services import Letter, open_letter
from portal.review import services
from portal.review.models import UnreadablePaper
from portal.review.refusals import NotOpenToYou
from portal.review.services.forgetting import forget_words
from tests.applicants import Sent
from tests.forms import fields_of, submit, submit_page
from tests.review.panel import Panel, panel_of
from tests.world import World

Clock = Callable[[str], datetime]
SAY, MENDED, STILL = "Handlingen går inte att läsa", "Den går att läsa nu", "Den går fortfarande inte att läsa"
TO_DO = "En handling går inte att läsa"


@pytest.fixture
def panel(world: World, set_clock: Clock) -> Panel:
    made = panel_of(world, set_clock, world.gunnel, world.elof)
    for person in (world.gunnel, world.elof):
        made.declare(person)
    return made


def mails(world: World) -> list[Letter]:
    with world.acting(scope.PLATFORM) as session:
        found = select(OutgoingMail).where(OutgoingMail.once.startswith("readable:"))
        return [open_letter(session, row) for row in session.scalars(found.order_by(OutgoingMail.created_at))]


def desk(panel: Panel) -> str:
    return panel.world.browser(panel.world.kansli).get("/arbete").get_data(as_text=True)


def press(browser: FlaskClient, page: TestResponse, url: str, button: str = SAY) -> int:
    """The button stands in the page's form and belongs to one of its own."""
    assert button in page.get_data(as_text=True)
    return submit_page(browser, page, url, {"paper": fields_of(page)["paper"][0]}).status_code


def say(panel: Panel, sent: Sent, person: UUID, button: str = SAY) -> int:
    browser, url = panel.world.browser(person), panel.score_url(sent)
    return press(browser, browser.get(url), url, button)


def cv_of(panel: Panel, sent: Sent) -> UUID:
    with panel.world.acting(scope.party(panel.ad.party_id)) as session:
        return session.scalars(
            select(Document.id).where(Document.application_id == sent.id, Document.slot == "cv")
        ).one()


def test_it_goes_from_the_page_one_reads_to_the_offices_desk_and_back_as_a_mail(panel: Panel) -> None:
    world, sent = panel.world, panel.sent[0]
    assert TO_DO not in desk(panel)
    assert say(panel, sent, world.gunnel) == 303
    assert "Du har sagt till kansliet" in world.browser(world.gunnel).get(panel.score_url(sent)).get_data(as_text=True)
    assert TO_DO in desk(panel)
    assert sent.name not in desk(panel), "the list is read over somebody's shoulder"
    office, page = world.browser(world.kansli), f"{panel.url}/gar-inte-att-lasa"
    told = office.get(page).get_data(as_text=True)
    for words in (sent.name, "CV", "Gunnel Sundvall sa till", "Skriv till den sökande"):
        assert words in told
    assert submit(office, page, button=MENDED).status_code == 303
    assert TO_DO not in desk(panel)
    (mail,) = mails(world)
    assert mail.to == "gunnel@example.se"
    assert not any(word in mail.subject + mail.body for word in (sent.name, "Politisk", "CV", "parti"))
    assert "att handlingen går att läsa nu" in world.browser(world.gunnel).get(panel.score_url(sent)).get_data(
        as_text=True
    )


def test_two_who_cannot_read_one_paper_are_one_thing_to_do_and_each_is_told_once(panel: Panel) -> None:
    world, sent = panel.world, panel.sent[0]
    browser = world.browser(world.gunnel)
    opened = browser.get(panel.score_url(sent))
    for _ in range(2):  # pressed twice
        press(browser, opened, panel.score_url(sent))
    say(panel, sent, world.elof)
    assert TO_DO in desk(panel)
    office, page = world.browser(world.kansli), f"{panel.url}/gar-inte-att-lasa"
    shown = office.get(page)
    assert shown.get_data(as_text=True).count("<h2 id=") == 1
    assert all(name in shown.get_data(as_text=True) for name in ("Gunnel Sundvall", "Elof Rehnström"))
    for _ in range(2):
        submit_page(office, shown, page, button=MENDED)
    assert sorted(mail.to for mail in mails(world)) == ["elof@example.se", "gunnel@example.se"]


def test_said_once_more_it_waits_once_more(panel: Panel, set_clock: Clock) -> None:
    sent, office, page = panel.sent[0], panel.world.browser(panel.world.kansli), f"{panel.url}/gar-inte-att-lasa"
    for minute, button in ((1, SAY), (2, STILL)):
        set_clock(f"2026-12-14T11:0{minute}")
        assert say(panel, sent, panel.world.gunnel, button) == 303
        assert submit(office, page, button=MENDED).status_code == 303
    assert len(mails(panel.world)) == 2


def test_the_office_is_told_nothing_of_the_scores_and_the_letter_is_proposed(panel: Panel) -> None:
    world, sent = panel.world, panel.sent[0]
    panel.score_all(world.gunnel)
    say(panel, sent, world.gunnel)
    office = world.browser(world.kansli)
    told = office.get(f"{panel.url}/gar-inte-att-lasa").get_data(as_text=True)
    assert not any(word in told for word in ("Starkt", "Gott", "Svagt", "Framgår inte", "Kan inte bedöma"))
    box = office.get(f"{panel.url}/brev/{sent.id}?om=fil").get_data(as_text=True)
    assert "går inte att läsa hos oss" in box and "Den går inte att byta ut nu." in box and "kontaktperson" not in box
    assert "går inte att läsa hos oss" not in office.get(f"{panel.url}/brev/{sent.id}").get_data(as_text=True)


def test_nobody_says_it_of_a_paper_that_is_not_this_candidates_or_of_whom_they_have_jav_for(panel: Panel) -> None:
    one, other, world = *panel.sent[:2], panel.world
    own, theirs = cv_of(panel, one), cv_of(panel, other)
    with panel.as_person(world.gunnel) as (session, case):
        for paper in (theirs, other.id, uuid4()):
            with pytest.raises(NotOpenToYou):
                services.report_unreadable(session, case=case, application_id=one.id, paper_id=paper, at=clock.now())
        assert services.report_unreadable(
            session, case=case, application_id=one.id, paper_id=own, at=clock.now()
        ).application_id == one.id  # fmt: skip
    panel.declare(world.elof, one)
    with panel.as_person(world.elof) as (session, case), pytest.raises(NotOpenToYou):
        services.report_unreadable(session, case=case, application_id=one.id, paper_id=one.id, at=clock.now())
    with panel.as_person(world.elof) as (session, case), pytest.raises(NotOpenToYou):
        services.say_readable(
            session,
            case=case,
            actor=panel.actor(world.elof),
            application_id=other.id,
            paper_id=other.id,
            at=clock.now(),
        )


def test_said_under_a_criterion_that_is_not_this_ads_there_is_no_such_page_and_nothing_is_noted(panel: Panel) -> None:
    world, sent = panel.world, panel.sent[0]
    browser, page = world.browser(world.gunnel), panel.score_url(sent)
    foreign = page.replace(page.rpartition("/")[2], str(uuid4()))
    fields = {
        name: values[0] for name, values in fields_of(browser.get(page)).items() if name in ("csrf_token", "paper")
    }
    assert browser.post(f"{foreign}/gar-inte-att-lasa", data=fields).status_code == 404
    assert TO_DO not in desk(panel)
    assert browser.post(f"{page}/gar-inte-att-lasa", data=fields).status_code == 303
    assert TO_DO in desk(panel)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"answered_at": datetime(2030, 1, 1, tzinfo=clock.STOCKHOLM)}, "answered_by_somebody"),
        ({"answered_at": datetime(2020, 1, 1, tzinfo=clock.STOCKHOLM), "answered_by": None}, "answered_"),
    ],
)
def test_the_database_refuses_an_answer_by_nobody_and_one_before_the_question(
    panel: Panel, change: dict[str, object], constraint: str
) -> None:
    say(panel, panel.sent[0], panel.world.gunnel)
    with (
        pytest.raises(IntegrityError, match=constraint),
        panel.world.writing(scope.party(panel.ad.party_id)) as session,
    ):
        row = session.scalars(select(UnreadablePaper)).one()
        for name, value in change.items():
            setattr(row, name, value)
        session.flush()


def test_whoever_is_erased_leaves_nothing_of_it_behind(panel: Panel) -> None:
    for sent in panel.sent[:2]:
        say(panel, sent, panel.world.gunnel)
    with panel.world.writing(scope.party(panel.ad.party_id)) as session:
        forget_words(session, application_id=panel.sent[0].id)
        assert [row.application_id for row in session.scalars(select(UnreadablePaper))] == [panel.sent[1].id]


def test_who_says_so_stays_in_the_mode_they_were_in_and_meets_what_they_said(panel: Panel) -> None:
    elof, url = panel.world.browser(panel.world.elof), f"{panel.score_url(panel.sent[0])}?ordning=sokande&som=text"
    page = elof.get(url)
    answer = submit_page(elof, page, url, {"paper": fields_of(page)["paper"][0]})
    address, _, anchor = answer.headers["Location"].partition("#")
    assert "ordning=sokande" in address and "som=text" in address
    assert f'id="{anchor}" tabindex="-1">Du har sagt till kansliet' in elof.get(address).get_data(as_text=True)
