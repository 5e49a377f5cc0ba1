"""One click or twenty: one application, one mail, one receipt."""

from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from pathlib import Path

import pytest
from sqlalchemy import func, select

from portal import scope
from portal.applications.models import Application
from portal.config import Settings
from portal.mail.models import OutgoingMail
from tests.documents import hostile
from tests.proofs.living import living
from tests.proofs.plugin import Proof
from tests.proofs.visitor import Candidacy, Visitor, go_to_check_page, send
from tests.world import World, publish_ad


@pytest.mark.proof(
    "Ett klick eller tjugo: en ansökan, ett kvitto.",
    how="the same form posted 20 times in parallel to a living web server, form after form",
    short={"forms": 3, "clicks": 20},
    full={"forms": 50, "clicks": 20},
)
def test_twenty_clicks_on_one_form_are_one_application(
    proof: Proof, world: World, settings: Settings, tmp_path: Path
) -> None:
    ad, clicks, unlike = publish_ad(world), proof.size("clicks"), []
    with living(settings, log=tmp_path / "log") as portal:
        portal.start_web()
        for number in range(proof.size("forms")):
            visitor = Visitor(portal.address)
            go_to_check_page(visitor, ad.reference, Candidacy("Alma Ek", f"alma{number}@example.se", hostile.plain()))
            visitor.close()
            with ThreadPoolExecutor(clicks) as hands:
                answers = list(
                    hands.map(lambda one: send(one, ad.reference), [deepcopy(visitor) for _ in range(clicks)])
                )
            unlike += [answer.status for answer in answers if answer.status != 303]
    with world.acting(scope.party(world.party)) as session:
        arrived = session.scalar(select(func.count()).where(Application.state == "sent"))
        mails = session.scalar(select(func.count()).where(OutgoingMail.once.startswith("receipt:")))
    proof.came_to(forms=proof.size("forms"), clicks=clicks, applications=arrived or 0, receipts=mails or 0)
    assert unlike == []
    assert (arrived, mails) == (proof.size("forms"), proof.size("forms"))
