"""An application registered by the office, as a colleague would do it."""

from datetime import date
from uuid import UUID, uuid4

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal import clock, scope
from portal.ads.queries import current_version_of
from portal.applications.models import Application
from portal.applications.services.drafting import create_draft_key
from portal.intake import services
from portal.intake.models import Intake
from tests.documents import hostile
from tests.forms import submit
from tests.letterbox.writing import answer, ask
from tests.pages import XHTML, parse
from tests.protection.applying import stage_protected
from tests.review.panel import Panel
from tests.steps import kept
from tests.world import Published, World

PDF = b"%PDF-1.7 undertecknad"
PERSON = {"name": "Postens Petra", "way": "post"}


def begin(office: FlaskClient, ad: Published, day: str, **more: str) -> TestResponse:
    """Page one, filled in."""
    return submit(office, address(ad), {**PERSON, "day": day, **more}, "Fortsätt till filerna")


def address(ad: Published) -> str:
    return f"/arbete/rekryteringar/{ad.id}/registrera"


def add_cv(office: FlaskClient, page: str) -> TestResponse:
    """A CV is added on page two."""
    return submit(office, page, {}, "Spara CV", {"cv": (hostile.plain(), "cv.pdf")})


def finish(office: FlaskClient, page: str) -> TestResponse:
    """The button that lets it arrive."""
    return submit(office, page, {}, "Registrera ansökan")


def intakes(world: World, party: UUID) -> list[tuple[Intake, Application | None]]:
    """Every registration with its application; None while that is a draft."""
    with world.acting(scope.party(party)) as session:
        rows = session.scalars(select(Intake).order_by(Intake.begun_at)).all()
        return [(row, session.get(Application, row.application_id)) for row in rows]


@kept
def stage_post(panel: Panel, open_ad: Published) -> tuple[UUID, UUID]:
    """A question in the second candidate's letterbox and its answer; and a registration that is begun, with a signed form:
    its application. And one who has applied under a code name: theirs."""
    ask(panel, panel.sent[1])
    answer(panel, panel.sent[1])
    office = panel.world.kansli
    with panel.as_person(office) as (session, case):
        ad = current_version_of(session, panel.ad.id)
        assert ad is not None
        key = create_draft_key(ad, uuid4(), at=clock.now())
        texts = {"name": "Postens Petra", "email": "petra@example.com", "phone": ""}
        came = services.Came(texts, date(2026, 12, 7), "post")
        services.begin_intake(session, case=case, ad=ad, key=key, came=came, actor=panel.actor(office), at=clock.now())
        agreed = services.Agreed("form", date(2026, 12, 6), "blankett.pdf", PDF)
        services.note_consent(
            session, ad_id=panel.ad.id, application_id=key.application_id, key=key, agreed=agreed, at=clock.now()
        )
    return key.application_id, stage_protected(panel.world, open_ad)


def printed_link(letter: str) -> str:
    """The path of the private link in a letter, as whoever copies it reads it."""
    (copied,) = [one for one in parse(letter).iter(f"{XHTML}p") if one.get("class") == "to-copy"]
    return "".join(copied.itertext()).removeprefix("http://localhost")


def on_paper(page: str) -> str:
    """The words of a page's main part that are printed."""
    tree = parse(page)
    (main,) = tree.iter(f"{XHTML}main")
    for parent in list(main.iter()):
        for child in [one for one in parent if "no-print" in (one.get("class") or "") or one.get("role") == "status"]:
            parent.remove(child)
    return " ".join("".join(main.itertext()).split())
