"""Somebody with protected identity applies."""

from uuid import UUID, uuid4

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal import clock, scope
from portal.ads.models import PublishedAd
from portal.applications.models import ProtectedIdentity
from portal.applications.services.drafting import create_draft_key
from portal.organisations.models import Party
from portal.protection.paper_masks import PageMasks
from portal.protection.queries import identity_of
from portal.protection.services.applying import Told, apply_protected
from portal.protection.services.masking import Paper, keep_found, opened_paper
from portal.protection.services.reading import name_reader, open_identity
from tests.applicants import Sent
from tests.decisions.recruiting import office
from tests.documents import hostile
from tests.forms import submit
from tests.steps import kept
from tests.world import Published, World

NAME, CONTACT, PAPER = "Gralarka Hemligström", "ring 070-174 06 77", "hemligstrom-cv.pdf"
TYPED = {
    "name": NAME,
    "contact": CONTACT,
    "background": "Tio år som utredare.",
    "letter": "Jag skriver väl.",
    "salary": "42000",
}


@kept
def name_as_reader(world: World, person: UUID | None, party: UUID | None = None) -> None:
    """The party's reader, or nobody."""
    with world.writing(scope.PLATFORM) as session:
        session.get_one(Party, party or world.party).identity_reader_id = person


@kept
def pass_to(world: World, person: UUID | None) -> None:
    """The office names another reader, and the keys are wrapped for them."""
    with world.writing(scope.party(world.party)) as session:
        name_reader(session, actor=office(world, world.party), person_id=person, at=clock.now())


def way_in(ad: Published) -> str:
    """The candidate's page."""
    return f"/annonser/{ad.reference}/ansok/skyddad"


def apply(client: FlaskClient, ad: Published, **changes: object) -> TestResponse:
    """Fill in and send."""
    typed = {**TYPED, **changes}
    return submit(client, way_in(ad), typed, "Skicka ansökan", {"paper": (hostile.plain(), PAPER)})


def identities(world: World) -> list[ProtectedIdentity]:
    """Every protected identity of the party."""
    with world.acting(scope.party(world.party)) as session:
        return list(session.scalars(select(ProtectedIdentity)))


@kept
def stage_protected(world: World, ad: Published) -> UUID:
    """One who has applied under a code name, and was opened once by the office's first person, who reads."""
    name_as_reader(world, world.kansli, world.party)
    id, at = uuid4(), clock.now()
    with world.app.test_request_context(), world.writing(scope.candidate(id)) as session:
        published = session.scalars(select(PublishedAd).where(PublishedAd.ad_id == ad.id)).one()
        keys = create_draft_key(published, id, at=at), create_draft_key(published, uuid4(), at=at)
        told = Told(
            NAME,
            CONTACT,
            {"letter": "Hej."},
            {},
            (),
            published.employer == "party",
            PAPER,
            hostile.plain(),
            "neutral@example.org",
        )
        apply_protected(
            session,
            ad=published,
            keys=keys,
            code_name="Röd räv",
            told=told,
            language="sv",
            at=at,
        )
    with world.writing(scope.party(world.party)) as session:
        identity = identity_for(session, ad, id)
        reader = office(world, world.party)
        open_identity(session, identity=identity, actor=reader, reason="Jäv.", at=at)
        keep_found(session, identity=identity, actor=reader, pages=[PageMasks(1)], at=at)
    return id


def identity_for(session: Session, ad: Published, id: UUID) -> ProtectedIdentity:
    """Of one who has applied there under a code name."""
    identity = identity_of(session, ad.id, id)
    assert identity is not None
    return identity


def paper_for(world: World, ad: Published, id: UUID) -> Paper:
    """The CV that they left, as its reader opens it."""
    with world.acting(scope.party(world.party)) as session:
        paper = opened_paper(session, identity_for(session, ad, id), reader_id=world.kansli)
    assert paper is not None
    return paper


def candidate_of(application_id: UUID) -> Sent:
    """One who has applied under a code name, for the verbs of tests that take a candidate."""
    return Sent(application_id, "", "", "", 0, UUID(int=0), 0, {})
