"""One click or twenty: one application, one mail, one receipt. And what another window saves meanwhile is no part of it."""

from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from time import sleep

import pytest
from sqlalchemy import func, select

from portal import scope
from portal.applications.models import Application
from portal.applications.services.drafting import key_of
from portal.config import Settings
from portal.documents.engines.child import LETTER
from portal.documents.queries import documents_of
from portal.mail.models import OutgoingMail
from tests.documents import hostile
from tests.proofs.living import living
from tests.proofs.plugin import Proof
from tests.proofs.visitor import Candidacy, Visitor, filled, go_to_check_page, send
from tests.world import World, publish_ad

MOMENT = 0.01  # seconds from one window to the next: some come before a sending has ended, few before it has begun


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


@pytest.mark.proof(
    "Det som har skickats ändras inte av det som sparas i samma ögonblick.",
    how="a form sent while other windows save other letters to the same draft, all at once, to two living web processes; "
    "each letter that was sent compared with what the application has",
    short={"forms": 10, "windows": 6},
    full={"forms": 200, "windows": 6},
)
def test_what_another_window_saves_at_the_moment_of_sending_is_no_part_of_it(
    proof: Proof, world: World, settings: Settings, tmp_path: Path
) -> None:
    ad, windows, odd, told = publish_ad(world), proof.size("windows"), [], 0
    way = f"/annonser/{ad.reference}/ansok/handlingar"

    def save(visitor: Visitor, who: Candidacy, after: float) -> int:
        sleep(after)
        return visitor.post(way, filled(page, who)).status

    with living(settings, log=tmp_path / "log") as portal, ThreadPoolExecutor(windows + 1) as hands:
        portal.start_web()
        for number in range(proof.size("forms")):
            who, visitor = Candidacy("Alma Ek", f"alma{number}@example.se", hostile.plain()), Visitor(portal.address)
            go_to_check_page(visitor, ad.reference, who)
            page = visitor.get(way).body
            visitor.close()
            others = [deepcopy(visitor) for _ in range(windows)]
            letters = [replace(who, letter=f"Ett annat brev, från fönster {n}.") for n in range(windows)]
            sending = hands.submit(send, visitor, ad.reference)
            saving = hands.map(save, others, letters, [MOMENT * n for n in range(1, windows + 1)])
            answers = [sending.result().status, *saving]
            told += answers.count(409)
            odd += [status for status in answers if status not in (303, 409)]
    sent, changed = _sent_and_changed(world)
    proof.came_to(forms=proof.size("forms"), windows=windows, sent=sent, told=told, changed=changed, odd=len(odd))
    assert odd == []
    assert sent, "somebody's sending came first"
    assert changed == 0


def _sent_and_changed(world: World) -> tuple[int, int]:
    """How many were sent, and of how many the typed letter is another than the one that arrived."""
    sent = changed = 0
    with world.acting(scope.party(world.party)) as session:
        for row in session.scalars(select(Application).where(Application.state == "sent")):
            key, (letter,) = key_of(row), [one for one in documents_of(session, row.id) if one.kind == LETTER]
            typed = key.open_text("application.letter", row.letter_sealed or b"")
            sent, changed = sent + 1, changed + (key.open_document("document", letter.blob).decode() != typed)
    return sent, changed
