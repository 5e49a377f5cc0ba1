"""One recruitment as one person sees it: who they are to it, and its applications. Two statements,
for a deputy three, and one more where a fall has been taken back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from uuid import UUID

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.ads.models import Ad
from portal.ads.states import AdState
from portal.ads.window import closes_at, is_open
from portal.applications.models import Application
from portal.applications.states import COUNTS
from portal.organisations.access import Actor, may_run_recruitment
from portal.review.access import Standing, alike, is_asked, is_asked_to_decide, judges, may_see_listed, those
from portal.review.models import PanelMember, ReviewCase
from portal.review.phases import Phase
from portal.review.queries.falls import Span, spans_apart, was_apart
from portal.review.queries.listed import LISTED, listed
from portal.review.queries.listed import Listed as Listed
from portal.review.queries.person import (
    NOBODY,
    decider_is_in,
    deputy_calls_of,
    has_applied,
    is_in,
    with_answers,
)
from portal.review.reminders import last_minute_of
from portal.review.visibility import USUAL, Sharing, covers


@dataclass(frozen=True)
class Case:
    """A published ad's review, for one person. ``applications`` are those that count, in the order they arrived. What it is
    asked for row by row it works out once: a page asks several times, and a case may have a thousand rows."""

    ad: Ad
    review: ReviewCase | None
    member: PanelMember | None  # also one who has been removed
    standing: Standing
    applications: tuple[Listed, ...]
    answered_at: Mapping[UUID, datetime] = field(default_factory=dict)  # by application: this person about jäv
    called_in_at: Mapping[UUID, datetime] = field(default_factory=dict)  # by application: this deputy
    apart: Mapping[UUID, Sequence[Span]] = field(default_factory=dict)  # by application: when it had fallen
    person_id: UUID | None = None  # None: nobody in particular
    decider_sits: bool = False  # whether whoever is named to decide has been there ever since

    @property
    def decider_id(self) -> UUID | None:
        """Whoever is named to decide and has not left since; None where nobody is."""
        return self.review.decider_id if self.review is not None and self.decider_sits else None

    @property
    def decider_is_gone(self) -> bool:
        """Whether somebody was named to decide who has left since: then nobody does. Known to a person's case alone."""
        named = self.review is not None and self.review.decider_id is not None
        return named and not self.decider_sits and self.person_id is not None

    @property
    def own_id(self) -> UUID | None:
        """What the person's own orders of names and papers are made from: their row in the panel, where they have one."""
        return self.member.id if self.member is not None else self.person_id

    @cached_property
    def _kinds(self) -> list[tuple[bool, ...]]:
        return alike(self.standing, self.applications)

    def _those(self, rule: Callable[[Standing, UUID], bool]) -> tuple[Listed, ...]:
        return those(rule, self.standing, self.applications, self._kinds)

    @cached_property
    def listed(self) -> tuple[Listed, ...]:
        """The applications this person may see."""
        return self._those(may_see_listed)

    @cached_property
    def unanswered(self) -> tuple[Listed, ...]:
        """The applications of which an assessor has not yet said whether they have jäv."""
        known = self.standing.clear | self.standing.conflicts
        return tuple(row for row in self.asked if row.id not in known)

    @cached_property
    def asked(self) -> tuple[Listed, ...]:
        """The applications an assessor is asked about jäv for: in a blind review all, also of a deputy."""
        return self._those(is_asked)

    @cached_property
    def unanswered_to_decide(self) -> tuple[Listed, ...]:
        """Of `asked_to_decide`, those of whom the person has said nothing yet."""
        known = self.standing.clear | self.standing.conflicts
        return tuple(row for row in self.asked_to_decide if row.id not in known)

    @cached_property
    def asked_to_decide(self) -> tuple[Listed, ...]:
        """The applications the person is asked about jäv for before they decide: also one of the office, of all."""
        return self._those(is_asked_to_decide)

    @cached_property
    def given(self) -> tuple[Listed, ...]:
        """The applications an assessor has been given to judge, with jäv or not: all, or what a deputy is called in for."""
        return self._those(judges)

    @cached_property
    def to_judge(self) -> tuple[Listed, ...]:
        """The applications an assessor judges: given, and without jäv."""
        return self._those(lambda who, id: judges(who, id) and may_see_listed(who, id))

    def is_handed_in(self, application: Listed) -> bool:
        """Whether the person's handing in covers an application: see `is_covered`."""
        return self._covers(self.member.handed_in_at if self.member is not None else None, application)

    def _covers(self, handed_in_at: datetime | None, application: Listed) -> bool:
        id = application.id
        called_at = self.called_in_at.get(id) if self.called_in_at else None
        spans = self.apart.get(id, ()) if self.apart else ()
        return is_covered(application, handed_in_at, self.answered_at.get(id), called_at, spans)

    @property
    def all_handed_in(self) -> bool:
        """Whether the person has handed in, and it covers all they judge; of whoever has fallen on a krav none is asked."""
        at = self.member.handed_in_at if self.member is not None else None
        if at is None or self.unanswered:
            return False
        return all(row.fallen or self._covers(at, row) for row in self.to_judge)

    @cached_property
    def waiting_for_masks(self) -> tuple[Listed, ...]:
        """The applications that an assessor will judge once the office has masked and approved them."""
        if not self.blind:
            return ()
        seen = {row.id for row in self.to_judge}
        return tuple(row for row in self.given if row.id in self.standing.clear and row.id not in seen)

    @property
    def phase(self) -> Phase:
        """Where the review stands."""
        return Phase(self.review.phase) if self.review else Phase.CONFLICTS

    @property
    def blind(self) -> bool:
        """Whether whoever assesses reads under code names."""
        return self.review is not None and self.review.blind

    @property
    def sharing(self) -> Sharing:
        """What the assessors see of each other, and when."""
        row = self.review
        return Sharing(row.scores_wait_for_all, row.notes_wait_for_all) if row else USUAL

    @property
    def hand_in_by(self) -> datetime | None:
        """The phase's last minute, where one is set and holds."""
        by = self.review.hand_in_by if self.review else None
        return last_minute_of(by, closes_at=self.closes_at, is_out=self.ad.state == AdState.PUBLISHED)

    @property
    def closes_at(self) -> datetime | None:
        """The first instant after the last day to apply."""
        return closes_at(self.ad.deadline) if self.ad.deadline else None

    def application(self, id: UUID) -> Listed | None:
        """The application of this id, if it counts in this recruitment."""
        return next((row for row in self.applications if row.id == id), None)

    @property
    def over(self) -> bool:
        """Somebody has ended it; or the ad was taken back, which nobody ends, and everybody has their word."""
        told = self.ad.state == AdState.WITHDRAWN and all(row.decided_as for row in self.applications)
        return told or self.ad.state == AdState.ENDED

    def may_be_assessed(self, at: datetime) -> bool:
        """Assessing opens when the ad takes no more: its last day is over, or it was taken back."""
        return self.ad.state != AdState.PUBLISHED or self.closes_at is None or not is_open(self.closes_at, at)


def is_covered(
    application: Listed,
    handed_in_at: datetime | None,
    answered_at: datetime | None,
    called_at: datetime | None,
    apart: Sequence[Span],
) -> bool:
    """Whether a handing in covers an application: `visibility.covers`, with all that may have opened it later.

    In a blind review it was to be masked first, the CV of a code name to be handed over, a deputy to be called in. Of one
    who had fallen on a krav just then nobody was asked to score; where that has been taken back since, and they have not
    fallen again, it is judged, and handed in, anew.
    """
    if apart and handed_in_at is not None and not application.fallen and was_apart(apart, handed_in_at):
        return False
    return covers(handed_in_at, answered_at, application.masked_at, application.paper_at, called_at)


_OWN_SEAT = and_(PanelMember.ad_id == bindparam("ad"), PanelMember.person_id == bindparam("person"))
_FOUND = (
    select(Ad, ReviewCase, PanelMember, Person.email, is_in().label("sits"), decider_is_in().label("may_decide"))
    .select_from(Ad)
    .join(Person, Person.id == bindparam("person"))
    .outerjoin(ReviewCase, ReviewCase.ad_id == Ad.id)
    .outerjoin(PanelMember, _OWN_SEAT)
    .where(Ad.id == bindparam("ad"))
)
_ARRIVED_AND_ANSWERED = with_answers(
    LISTED.where(Application.ad_id == bindparam("ad")), COUNTS, person=bindparam("person"), seat=bindparam("seat")
).order_by(Application.submitted_at, Application.id)


def load_case(session: Session, ad_id: UUID, actor: Actor, *, lock: bool = False) -> Case | None:
    """The case, or None where there is no such published ad in the scope. ``lock`` holds the person's panel row.

    The lock lets two clicks of one assessor wait for each other on PostgreSQL; SQLite has one writer anyhow.
    """
    asked = {"ad": ad_id, "person": actor.person_id}
    if lock:
        session.scalars(select(PanelMember).where(_OWN_SEAT).with_for_update(key_share=True), asked).all()
    found = session.execute(_FOUND, asked).one_or_none()
    if found is None or found.Ad.published_at is None:
        return None
    ad, review, member, email, sits, may_decide = found
    counting, answered_at, conflicts = _arrived_and_answered(session, ad, actor.person_id, member)
    person, calls = actor.person_id, deputy_calls_of(session, member) if member is not None and member.deputy else None
    standing = Standing(
        office=may_run_recruitment(actor),
        named=member is not None and sits and calls != {},
        leads=member is not None and member.leads and sits,
        decides=_decides(review, member if sits else None, actor.person_id, may_decide=may_decide),
        has_applied=has_applied(session, ad.controller_id, email, [row.address_print for row in counting]),
        conflicts=conflicts,
        clear=frozenset(answered_at) - conflicts,
        called_for=None if calls is None else frozenset(calls),
        phase=Phase(review.phase) if review else Phase.CONFLICTS,
        blind=review is not None and review.blind,
        approved=frozenset(row.id for row in counting if row.masked_at is not None),
        shortlisted=frozenset(row.id for row in counting if row.called_at is not None),
        later=frozenset(row.id for row in counting if row.later),
    )
    apart = spans_apart(session, counting) if member is not None else {}
    return Case(ad, review, member, standing, tuple(counting), answered_at, calls or {}, apart, person, may_decide)


def _decides(review: ReviewCase | None, member: PanelMember | None, person_id: UUID, *, may_decide: bool) -> bool:
    """Named to, whether they assess or not; where nobody is, whoever leads."""
    named = review.decider_id if review is not None else None
    if named is not None:
        return person_id == named and may_decide
    return member is not None and member.leads


def case_of(session: Session, ad_id: UUID) -> Case | None:
    """The case as nobody in particular sees it: for what happens by itself. None where there is no such published ad."""
    found = session.execute(
        select(Ad, ReviewCase).outerjoin(ReviewCase, ReviewCase.ad_id == Ad.id).where(Ad.id == ad_id)
    ).one_or_none()
    if found is None or found.Ad.published_at is None:
        return None
    return Case(found.Ad, found.ReviewCase, None, Standing(), tuple(arrived(session, found.Ad)), {})


def arrived(session: Session, ad: Ad) -> list[Listed]:
    """The applications that count, in the order they arrived."""
    rows = LISTED.where(Application.ad_id == ad.id, Application.state.in_(COUNTS))
    return listed(ad, session.execute(rows.order_by(Application.submitted_at, Application.id)))


def _arrived_and_answered(
    session: Session, ad: Ad, person_id: UUID, member: PanelMember | None
) -> tuple[list[Listed], dict[UUID, datetime], frozenset[UUID]]:
    """The same, when a person has answered about jäv, and where they have it: also of whoever has been taken back since."""
    asked = {"ad": ad.id, "person": person_id, "seat": member.id if member is not None else NOBODY}
    found = session.execute(_ARRIVED_AND_ANSWERED, asked).all()
    counting = [row for row in listed(ad, (columns[:-2] for columns in found)) if row.state in COUNTS]
    answered_at = {columns[0]: columns[-1] for columns in found if columns[-1] is not None}
    return counting, answered_at, frozenset(columns[0] for columns in found if columns[-2])
