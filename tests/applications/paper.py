"""An application as a candidate fills it in, page by page."""

from collections.abc import Mapping
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal import scope
from portal.applications.models import Application
from portal.mail.models import OutgoingMail
from portal.mail.services import Letter, open_letter
from tests.documents import hostile
from tests.forms import Files, submit, submit_page
from tests.world import Published, World

DETAILS = {"Namn": "Alma Ekdahl", "E-post": "alma@example.se", "Telefon": "070-174 06 20"}
SALARY = "Löneanspråk (kronor per månad, räknat på heltid)"
PAPERS = {SALARY: "42 500", "När kan du börja?": "1 februari 2027", "Personligt brev": "Hej.\n\nJag skriver väl."}
CV: Files = {"CV": (hostile.plain(), "alma-cv.pdf")}


def base(ad: Published) -> str:
    """Where the pages of an ad's application lie."""
    return f"/annonser/{ad.reference}/ansok"


def page_one(client: FlaskClient, ad: Published, **changes: str) -> TestResponse:
    """Fill in page one; the consent box is ticked where there is one."""
    data: dict[str, Any] = {**DETAILS, **changes}
    if 'name="consent"' in client.get(base(ad)).get_data(as_text=True):
        data["consent"] = True
    return submit(client, base(ad), data, "Fortsätt")


def page_two(
    client: FlaskClient, ad: Published, data: Mapping[str, Any] | None = None, files: Files | None = None,
    button: str = "Fortsätt",
) -> TestResponse:  # fmt: skip
    """Fill in page two, with a CV unless other files are given."""
    return submit(
        client, f"{base(ad)}/handlingar", PAPERS if data is None else data, button, CV if files is None else files
    )


def send(client: FlaskClient, ad: Published) -> TestResponse:
    """Press the last button."""
    return submit(client, f"{base(ad)}/kontrollera", {}, "Skicka ansökan")


def apply(client: FlaskClient, ad: Published, **changes: str) -> TestResponse:
    """All three pages; the receipt is returned."""
    assert page_one(client, ad, **changes).status_code == 303
    assert page_two(client, ad).status_code == 303
    assert send(client, ad).status_code == 303
    receipt = client.get(f"{base(ad)}/kvitto")
    assert receipt.status_code == 200
    return receipt


def private_link(page: TestResponse) -> str:
    """The private link on a receipt."""
    return "/ansokan/" + page.get_data(as_text=True).split('href="/ansokan/', 1)[1].split('"', 1)[0]


def applications_in(world: World, ad: Published) -> list[Application]:
    """What has arrived, as the party's session sees it, oldest first."""
    with world.acting(scope.party(ad.party_id)) as session:
        rows = session.scalars(
            select(Application).where(Application.ad_id == ad.id).order_by(Application.submitted_at, Application.id)
        ).all()
        session.expunge_all()
        return list(rows)


def letters(world: World, kind: str = "") -> list[Letter]:
    """The mails of a kind in the outbox, opened, oldest first."""
    with world.acting(scope.PLATFORM) as session:
        rows = session.scalars(
            select(OutgoingMail).where(OutgoingMail.once.startswith(kind)).order_by(OutgoingMail.created_at)
        )
        return [open_letter(session, row) for row in rows if row.sealed is not None]


def readdress(client: FlaskClient, place: str, data: Mapping[str, str], button: str | None = None) -> TestResponse:
    """Another address from a private page: it is shown to be read once more, and saved again."""
    shown = submit(client, place, data, button)
    assert shown.status_code == 422 and "Läs adressen en gång till" in shown.get_data(as_text=True)
    return submit_page(client, shown, place, {}, button)
