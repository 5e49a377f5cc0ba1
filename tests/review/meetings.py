"""A meeting in motion, for the tests: a panel that has handed in, and the verbs of whoever leads it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from werkzeug.test import TestResponse

from portal import clock
from portal.review import services
from portal.review.meeting.models import Meeting
from portal.review.meeting.states import Step
from portal.review.meeting.ticks import Ticks
from portal.review.meeting.voting import Choice
from portal.review.models import PanelMember
from portal.review.own_order import Groups
from portal.review.queries.meeting import meeting_of, presences_in
from tests.applicants import Sent
from tests.forms import fields_of
from tests.review.panel import Panel
from tests.steps import kept

JSON = {"Accept": "application/json"}  # what a script asks for


def page_of(panel: Panel, person: UUID, tail: str = "mote") -> str:
    """A page of the recruitment, as this person gets it."""
    answer = panel.world.browser(person).get(f"{panel.url}/{tail}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def posted(panel: Panel, person: UUID, tail: str, headers: dict[str, str] | None = None, **data: str) -> TestResponse:
    """A form of the meeting, sent with its token."""
    browser = panel.world.browser(person)
    token = fields_of(browser.get("/konto"))["csrf_token"][0]
    return browser.post(f"{panel.url}/mote{tail}", data={"csrf_token": token, **data}, headers=headers)


@kept
def all_handed_in(
    panel: Panel, steps: Mapping[UUID, Mapping[UUID, Sequence[int | None]]] | None = None, **jav: Sent
) -> None:
    """Everybody answers (``elof=…`` has jäv for that one), scores and hands in."""
    for person in panel.people:
        own = [sent for handle, sent in jav.items() if getattr(panel.world, handle) == person]
        panel.declare(person, *own)
        panel.score_all(person, (steps or {}).get(person))
        panel.hand_in(person)


def disagreeing(panel: Panel) -> dict[UUID, dict[UUID, list[int]]]:
    """First: 3 0 on what weighs most and 3 1 on the next; second: agreed; third: 0 2 on the first."""
    one, two, three = panel.sent
    return {
        panel.world.gunnel: {one.id: [3, 3, 3], two.id: [2, 2, 2], three.id: [0, 1, 1]},
        panel.world.elof: {one.id: [0, 1, 3], two.id: [2, 2, 2], three.id: [2, 1, 1]},
    }


@kept
def start(panel: Panel, person: UUID | None = None) -> UUID:
    """The leader begins; the meeting's id."""
    with panel.as_person(person or panel.world.gunnel) as (session, case):
        actor = panel.actor(person or panel.world.gunnel)
        return services.start_meeting(session, case=case, actor=actor, at=clock.now()).id


@kept
def step(panel: Panel, step: Step, reason: str = "", person: UUID | None = None) -> None:
    """A step of the leader's."""
    with panel.as_person(person or panel.world.gunnel) as (session, case):
        actor = panel.actor(person or panel.world.gunnel)
        services.take_step(session, case=case, actor=actor, step=step, reason=reason, at=clock.now())


@kept
def there(panel: Panel, *people: UUID) -> None:
    """These are there, and nobody else."""
    with panel.as_person(panel.world.gunnel) as (session, case):
        meeting = meeting_of(session, case.ad.id)
        sat = presences_in(session, meeting) if meeting else []
        ticks = Ticks(frozenset(people), frozenset(one.id for one in sat if one.is_there))
        services.note_presence(session, case=case, ticks=ticks, at=clock.now())


@kept
def write(panel: Panel, sent: Sent, text: str, version: int = 0, person: UUID | None = None) -> int:
    """A joint text; the new version."""
    with panel.as_person(person or panel.world.gunnel) as (session, case):
        return services.save_joint_text(
            session, case=case, actor=panel.actor(person or panel.world.gunnel), application_id=sent.id, text=text,
            version=version, at=clock.now(),
        )  # fmt: skip


@kept
def put_in_order(
    panel: Panel, groups: Groups, version: int = 0, basis: str = "enad", person: UUID | None = None
) -> int:
    """The meeting's order; the new version."""
    with panel.as_person(person or panel.world.gunnel) as (session, case):
        return services.save_meeting_order(session, case=case, groups=groups, version=version, basis=basis)


@kept
def vote(panel: Panel, first: Sent, second: Sent, **ballots: str) -> None:
    """A vote; ``gunnel="a"``."""
    with panel.as_person(panel.world.gunnel) as (session, case):
        members = {row.person_id: row.id for row in session.scalars(select(PanelMember))}
        services.record_vote(
            session, case=case, actor=panel.actor(panel.world.gunnel), first=first.id, second=second.id, at=clock.now(),
            ballots={members[getattr(panel.world, handle)]: Choice(choice) for handle, choice in ballots.items()},
        )  # fmt: skip


def write_note(panel: Panel, person: UUID, sent: Sent, criterion: int, text: str) -> None:
    """An assessor's own note."""
    with panel.as_person(person) as (session, case):
        services.save_note(
            session, case=case, application_id=sent.id, criterion_id=panel.ad.criteria[criterion], text=text,
            at=clock.now(),
        )  # fmt: skip


@kept
def hold_whole_meeting(panel: Panel) -> None:
    """From the first word to the last, and opened again: something in every table of the meeting."""
    gunnel, (one, two, three) = panel.world.gunnel, panel.sent
    start(panel)
    there(panel, gunnel, panel.world.kansli)
    write(panel, one, "Skriver bäst av de tre.")
    write(panel, two, "Van vid nämndarbete.")
    vote(panel, two, one, gunnel="a")
    put_in_order(panel, ((two.id,), (one.id, three.id)), basis="rostad")
    step(panel, Step.END)
    step(panel, Step.REOPEN, "Ett fel i ordningen.")


def state_of(panel: Panel) -> str:
    """How the meeting stands."""
    with panel.as_person(panel.world.kansli) as (session, _case):
        return session.scalars(select(Meeting.state)).one()
