"""An application is taken back at any step: also after an offer, and with what may be erased erased."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import func, select

from portal import clock, scope
from portal.applications.models import Application, MaskedText
from portal.audit.models import AuditLine
from portal.decisions.models import Outcome
from portal.documents.models import Document, MaskedPage
from portal.jobs.tasks import run_rounds
from portal.links.models import Purpose
from portal.links.services import make_link
from tests.applicants import Sent, send_applications
from tests.applications.paper import letters
from tests.decisions.recruiting import HIRED, closed_recruitment, decide, proofread, release
from tests.door import own_browser
from tests.forms import submit
from tests.review.blind import approve_pages, approve_texts, burn_all, make_blind, note_machine
from tests.review.panel import CLOSED, Panel
from tests.stage import CLOSED_AT
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]
BUTTON = "Ta tillbaka ansökan"


@pytest.mark.parametrize("employer", ["authority", "party"])
def test_who_is_offered_the_post_and_takes_the_application_back_leaves_it_to_the_next(
    world: World, set_clock: Clock, employer: str
) -> None:
    published, sent = closed_recruitment(world, set_clock, 2, employer=employer)
    decide(world, published, sent[:1], HIRED)
    proofread(world, published)
    assert release(world, published, offer=True) == 1
    office = world.browser(world.kansli)
    assert "Välj vem som ska erbjudas tjänsten" not in office.get("/arbete").get_data(as_text=True)
    link = link_to(world, sent[0])
    assert submit(own_browser(world), f"{link}/ta-tillbaka", {}, BUTTON).status_code == 303
    for _ in range(2):  # told twice it is done once
        run_rounds(world.app)
    with world.acting(scope.party(world.party)) as session:
        outcome = session.scalars(select(Outcome).where(Outcome.application_id == sent[0].id)).one()
        assert outcome.declined_at is not None
        told = select(func.count(AuditLine.id)).where(AuditLine.verb == "offer.declined")
        assert session.scalar(told) == 1
    assert "Välj vem som ska erbjudas tjänsten" in office.get("/arbete").get_data(as_text=True)
    decide(world, published, sent[1:], HIRED)
    assert "Välj vem som ska erbjudas tjänsten" not in office.get("/arbete").get_data(as_text=True)
    proofread(world, published)
    assert release(world, published, offer=True) == 1


@pytest.mark.parametrize("erase", [True, False])
def test_an_authority_keeps_what_was_sent_and_erases_the_copies_when_asked(
    world: World, set_clock: Clock, erase: bool
) -> None:
    ad = publish_ad(world, deadline=CLOSED_AT)
    panel = Panel(world, ad, send_applications(world, ad, 1), set_clock)
    make_blind(panel)
    (one,) = panel.sent
    note_machine(panel, one)
    approve_pages(panel, one)
    burn_all(panel, one)
    approve_texts(panel, one)
    set_clock(CLOSED)
    link = link_to(world, one)
    asked = own_browser(world).get(f"{link}/ta-tillbaka").get_data(as_text=True)
    assert "arkivlagen 10 §" in asked
    submit(own_browser(world), f"{link}/ta-tillbaka", {"copies": erase}, BUTTON)
    with world.acting(scope.party(world.party)) as session:
        application = session.get_one(Application, one.id)
        assert (application.state, application.name_sealed is None) == ("withdrawn", False)
        assert session.scalar(select(func.count(Document.id))) == 1
        copies = [session.scalar(select(func.count(table.id))) for table in (MaskedText, MaskedPage)]
        assert all(count == 0 for count in copies) == erase
    chosen = "raderade, som du valde"
    (told,) = letters(world, "withdrawn")
    assert (chosen in told.body) == (chosen in own_browser(world).get(link).get_data(as_text=True)) == erase


def link_to(world: World, one: Sent) -> str:
    """A private link to a candidate's page."""
    with world.writing(scope.party(world.party)) as session:
        token = make_link(
            session, purpose=Purpose.APPLICATION, subject_id=one.id, scope=scope.candidate(one.id), at=clock.now(),
            expires_at=datetime(2029, 1, 1, tzinfo=clock.STOCKHOLM),
        )  # fmt: skip
    return f"/ansokan/{token}"
