"""Whoever decides and does not assess is told by mail, and the office's checklist waits for their answers about jäv."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from portal import scope
from portal.mail.models import OutgoingMail
from portal.mail.services import Letter, open_letter
from tests.decisions.judging import judged
from tests.decisions.recruiting import HIRED, decide
from tests.review.panel import panel_of
from tests.stage import add_person
from tests.world import World

Clock = Callable[[str], datetime]


def test_they_are_told_by_mail_as_the_panel_is_once_and_neutrally(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock)
    person, _membership = add_person(world, "vera", "ledamot", party=world.party)
    for _ in range(2):
        panel.name(world.gunnel, world.elof, decider=person)
    (letter,) = [one for one in letters(world) if one.to == "vera@example.se"]
    assert letter.subject == "Du är den som beslutar i en rekrytering"
    assert "en lista med 3 namn" in letter.body and "senast torsdag kl. 18.00" in letter.body
    assert f"{panel.url}/jav" in letter.body
    told = letter.subject + letter.body
    assert not any(
        word in told for word in ("Närvårdspartiet", "Politisk sekreterare", *(one.name for one in panel.sent))
    )
    assert world.browser(person).get(f"{panel.url}/jav").status_code == 200


def test_whoever_assesses_and_decides_gets_the_panels_mail_alone(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock)
    panel.name(world.gunnel, world.elof, decider=world.elof)
    assert sorted(one.subject for one in letters(world)) == ["Att göra senast torsdag 17 december 2026 kl. 18.00"] * 2


def test_the_offices_checklist_waits_for_their_answers(world: World, set_clock: Clock) -> None:
    bare = panel_of(world, set_clock)
    decider, _email = add_person(world, "vera", "ledamot", party=world.party)
    bare.name(world.gunnel, world.elof, decider=decider)
    judged(bare, jav=False)
    decide(bare.world, bare.ad, bare.sent[:1], HIRED)
    place, office = f"{bare.url}/beslut", bare.world.browser(bare.world.kansli)
    line = "har inte svarat om jäv för alla sökande, och kan inte besluta innan dess"
    assert line in office.get(place).get_data(as_text=True)
    bare.answer_to_decide(decider)
    page = office.get(place).get_data(as_text=True)
    assert "Den som beslutar har svarat om jäv" in page and line not in page


def letters(world: World) -> list[Letter]:
    """Every mail that waits."""
    with world.acting(scope.PLATFORM) as session:
        rows = session.scalars(select(OutgoingMail).where(OutgoingMail.sealed.is_not(None)))
        return [open_letter(session, row) for row in rows]
