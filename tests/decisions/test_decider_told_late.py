"""Whoever decides and does not assess is told by mail, as the panel is, of one who comes late."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest

from portal import clock, scope
from portal.jobs.services import announce
from portal.jobs.tasks import run_rounds
from portal.organisations.models import Membership
from tests.accounts.people import letters
from tests.applicants import Sent, send_applications
from tests.review.blind import make_blind
from tests.review.panel import Panel, panel_of
from tests.stage import add_person
from tests.world import World

Clock = Callable[[str], datetime]
LATE = "En sökande till att svara om"


@pytest.fixture
def vera(world: World) -> UUID:
    person, world.memberships[person] = add_person(world, "vera", "ledamot", party=world.party)
    return person


@pytest.fixture
def panel(world: World, set_clock: Clock, vera: UUID) -> Panel:
    made = panel_of(world, set_clock)
    made.name(world.gunnel, world.elof, decider=vera)
    return made


def comes_late(panel: Panel, start: int = 7, **who: tuple[str, ...]) -> Sent:
    (one,) = send_applications(panel.world, panel.ad, 1, start=start, late=True, **who)
    with panel.world.writing(scope.party(panel.ad.party_id)) as session:
        announce(session, "application.sent", subject_id=one.id, at=clock.now())
    return one


def told(panel: Panel) -> list[str]:
    """The bodies of the mails about a late one to the person who decides."""
    for _ in range(2):
        run_rounds(panel.world.app)
    return [mail.body for mail in letters(panel.world) if mail.subject == LATE and mail.to == "vera@example.se"]


def test_whoever_has_answered_is_mailed_of_each_who_comes_late_once_and_without_names(panel: Panel, vera: UUID) -> None:
    panel.answer_to_decide(vera)
    one = comes_late(panel)
    (body,) = told(panel)
    assert f"{panel.url}/jav" in body and one.name not in body and "Närvårdspartiet" not in body
    assert panel.world.browser(vera).get(f"{panel.url}/jav").status_code == 200
    comes_late(panel, 8)
    assert len(told(panel)) == 2


def test_whoever_has_not_answered_meets_the_late_one_on_their_way(panel: Panel) -> None:
    comes_late(panel)
    assert told(panel) == []


def test_whoever_has_answered_about_the_late_one_already_is_not_told_of_it(panel: Panel, vera: UUID) -> None:
    comes_late(panel)
    panel.answer_to_decide(vera)
    assert told(panel) == []


def test_whoever_decides_and_has_applied_is_told_nothing(panel: Panel, vera: UUID) -> None:
    panel.answer_to_decide(vera)
    comes_late(panel, emails=("vera@example.se",))
    assert told(panel) == []


def test_whoever_has_left_the_party_is_told_nothing(panel: Panel, vera: UUID, world: World) -> None:
    panel.answer_to_decide(vera)
    with world.writing(scope.PLATFORM) as session:
        session.get_one(Membership, world.memberships[vera]).ended_at = clock.now()
    comes_late(panel)
    assert told(panel) == []


@pytest.mark.parametrize("blind", [True, False])
def test_the_mail_says_what_the_page_asks(panel: Panel, vera: UUID, blind: bool) -> None:
    make_blind(panel, blind=blind)
    panel.answer_to_decide(vera)
    comes_late(panel)
    (body,) = told(panel)
    page = panel.world.browser(vera).get(f"{panel.url}/jav").get_data(as_text=True)
    assert ("Listan har ändrats" in page) is blind
    assert ("du svarar om hela listan på nytt" in body) is blind and ("bara om den som är ny" in body) is not blind
