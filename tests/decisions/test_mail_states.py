"""The office sees what has become of the mail to each candidate and each assessor, without asking anybody."""

import smtplib
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage

from portal.jobs.tasks import run_rounds
from tests.decisions.recruiting import address, closed_recruitment, decide, proofread, release
from tests.door import own_browser
from tests.privacy.candidates import link_of
from tests.review.panel import Panel
from tests.world import World


class TakesAllButOne:
    """A mail server that has everybody but one reader."""

    def __init__(self, refused: str) -> None:
        self.refused = refused

    def send(self, message: EmailMessage) -> None:
        if message["To"] == self.refused:
            raise smtplib.SMTPRecipientsRefused({self.refused: (550, b"no such person")})


def test_the_office_sees_whose_word_was_handed_over_and_whose_was_refused(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    ad, sent = closed_recruitment(world, set_clock, 2, employer="party")
    world.app.extensions["mail_sender"] = TakesAllButOne(sent[1].email)
    decide(world, ad, sent)
    proofread(world, ad)
    browser = world.browser(world.kansli)
    assert "Mejlet" not in browser.get(address(ad, "besked")).get_data(as_text=True)
    release(world, ad)
    page = browser.get(address(ad, "besked")).get_data(as_text=True)
    assert page.count("Mejlet är skrivet") == 2
    run_rounds(world.app)
    page = browser.get(address(ad, "besked")).get_data(as_text=True)
    assert page.count("Mejlet lämnades till e-postservern 14 december 2026 kl.\xa009.00") == 1
    assert page.count("adressen finns inte, eller tar inte emot. Portalen försöker igen") == 1
    assert page.index(sent[1].name) < page.index("adressen finns inte")
    assert page.count("Sidan är inte öppnad sedan dess") == 2
    set_clock("2026-12-14T09:30")
    assert own_browser(world).get(link_of(world, sent[0])).status_code == 200
    page = browser.get(address(ad, "besked")).get_data(as_text=True)
    assert "Sidan öppnades 14 december 2026 kl.\xa009.30" in page
    assert page.count("Sidan är inte öppnad sedan dess") == 1


def test_the_office_sees_what_became_of_each_assessors_letter(panel_of_three: Panel) -> None:
    panel, world = panel_of_three, panel_of_three.world
    world.app.extensions["mail_sender"] = TakesAllButOne("elof@example.se")
    panel.set_clock("2026-12-14T11:00")  # the letters were written within the first seconds after ten
    run_rounds(world.app)
    page = world.browser(world.kansli).get(f"{panel.url}/bedomare").get_data(as_text=True)
    assert page.count("Mejlet lämnades till e-postservern") == 1
    assert page.count("adressen finns inte") == 1
    panel.nudge(world.gunnel)  # the last one is what is told
    page = world.browser(world.kansli).get(f"{panel.url}/bedomare").get_data(as_text=True)
    assert (page.count("Mejlet lämnades"), page.count("Mejlet är skrivet")) == (0, 1)
