"""The meeting as its pages show it: what one person sees of agenda, votes, reasons, order and who is there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from portal import clock
from portal.ads.models import AdCriterion
from portal.ads.queries import criteria_of
from portal.db import db
from portal.review.access import may_call
from portal.review.meeting.access import may_lead_meeting, may_record_vote, may_set_order, may_write_joint_text
from portal.review.meeting.agenda import Point
from portal.review.meeting.models import Meeting, MeetingEvent
from portal.review.meeting.sitting import Sitting, sitting_of
from portal.review.meeting.states import DONE, State, Step
from portal.review.meeting.voting import CHOICE_WORDS, result_words, tally
from portal.review.own_order import Groups, shown_of
from portal.review.queries import meeting as kept
from portal.review.queries.case import Case, Listed
from portal.review.queries.labels import labels_of
from portal.review.queries.notes import notes_seen
from portal.review.queries.scores import Visible, seen_scores
from portal.review.ranking import place_labels
from portal.review.steps import words_of
from portal.review.wording import short_name
from portal.vault.services import open_for_controller
from portal.web.filters import day_and_time


@dataclass
class Room:
    """One person's view of the meeting. Each thing is asked for when a page wants it."""

    case: Case
    meeting: Meeting

    @cached_property
    def rows(self) -> list[Listed]:
        """The candidates this person takes part in."""
        return kept.attended(self.case)

    @cached_property
    def names(self) -> dict[UUID, str]:
        """What this person calls them: by name, or by code name."""
        return labels_of(db.session, self.case, self.rows)

    @cached_property
    def placed(self) -> list[UUID]:
        """Those who may be given a place or stand in a vote: a person has set apart whoever fell on a krav."""
        fallen = {row.id for row in self.rows if row.fallen}
        return [one for one in self.names if one not in fallen]

    @cached_property
    def waiting(self) -> int:
        """How many more there are once the person has handed in what they say of them: of whoever fell they are asked for
        nothing, and see no more."""
        unanswered = self.case.unanswered if self.case.standing.named else ()
        return len(
            {row.id for row in (*self.case.listed, *unanswered) if not row.fallen} - {row.id for row in self.rows}
        )

    @cached_property
    def seen(self) -> Visible:
        """The scores this person sees."""
        return seen_scores(db.session, self.case, clock.now())

    @cached_property
    def criteria(self) -> dict[UUID, AdCriterion]:
        """The ad's krav and merits."""
        return {row.id: row for row in criteria_of(db.session, self.case.ad.id)}

    @cached_property
    def lead(self) -> kept.Leading:
        """Who leads."""
        return kept.leading(db.session, self.case)

    @cached_property
    def events(self) -> Sequence[tuple[MeetingEvent, str]]:
        """The meeting's steps with who took them."""
        return kept.events_in(db.session, self.meeting)

    def sitting(self, present: Iterable[kept.Attended]) -> Sitting:
        """Since when the first who are noted count, and whether anybody has been."""
        reopened = (event.at for event, _ in self.events if event.step == Step.REOPEN)
        return sitting_of(self.meeting.started_at, reopened, (left for one in present for _, left in one.stays))

    @property
    def leads(self) -> bool:
        """Whether this person leads the meeting."""
        return may_lead_meeting(self.case.standing, led=self.lead.present)

    @property
    def may_vote(self) -> bool:
        """Whether this person can record a vote now, about somebody."""
        return self.on and (self.leads or any(self.may_vote_about(one) for one in self.names))

    def may_vote_about(self, application_id: UUID) -> bool:
        """Whether this person records votes in which this candidate is one of the two."""
        return may_record_vote(self.case.standing, led=self.lead.present and self.lead.of(application_id))

    @property
    def on(self) -> bool:
        """Whether anything can be written now."""
        return self.meeting.state == State.OPEN and not self.case.over

    def may_write(self, application_id: UUID) -> bool:
        """Whether this person writes the joint text of this candidate now."""
        return self.on and may_write_joint_text(self.case.standing, application_id, led=self.lead.of(application_id))

    @property
    def may_order(self) -> bool:
        """Whether this person sets the order now."""
        return self.on and may_set_order(self.case.standing, led=self.lead.of_all)

    @cached_property
    def points(self) -> list[Point]:
        """The agenda without what this person does not see."""
        return [point for point in kept.points_in(db.session, self.meeting) if point.application_id in self.names]

    @cached_property
    def notes(self) -> Mapping[tuple[UUID, UUID, UUID], str]:
        """The assessors' reasons that this person sees."""
        return notes_seen(db.session, self.case, self.seen, self.rows)

    def order(self) -> Groups:
        """The order that was set, of those this person sees. Who has fallen on a krav since has no place while the meeting is
        on; what it came to when it ended stands."""
        names = self.names if self.meeting.state == State.ENDED else {one: self.names[one] for one in self.placed}
        return shown_of(kept.order_in(db.session, self.meeting), names)


def agenda_of(room: Room) -> list[dict[str, Any]]:
    """The points with their votes and reasons."""
    texts = kept.texts_in(db.session, room.meeting)
    return [
        {
            "id": point.application_id,
            "name": room.names[point.application_id],
            "criterion": short_name(room.criteria[point.criterion_id].text) if point.criterion_id else "",
            "steps": point.steps,
            "votes": votes_of(room, point.application_id, point.criterion_id) if point.criterion_id else [],
            "written": point.application_id in texts,
        }
        for point in room.points
    ]


def votes_of(room: Room, application_id: UUID, criterion_id: UUID) -> list[dict[str, Any]]:
    """The vote in words of each who is to judge this one, with their line of reason."""
    own, judged = room.case.member, room.criteria[criterion_id].judged
    found = []
    for member in (one for one in room.seen.members if room.seen.seats.asks(one, application_id)):
        vote = room.seen.scores.get((member.id, application_id, criterion_id))
        said = "Jäv" if (member.id, application_id) in room.seen.conflicts else ""
        said = said or (words_of(judged, vote.step, vote.present) if vote else "Inte inlämnat")
        note = room.notes.get((member.id, application_id, criterion_id), "")
        mine = own is not None and own.id == member.id
        found.append({"who": member.person.name, "said": said, "note": note, "own": mine})
    return found


def places_of_order(room: Room) -> list[dict[str, Any]]:
    """The order as lines, each with its place, and whether the candidate is or may be called."""
    groups = room.order()
    labels, rows, over = place_labels(groups), {row.id: row for row in room.rows}, room.case.over
    return [
        {
            "id": one,
            "name": room.names[one],
            "place": labels[one],
            "shared": len(group) > 1,
            "called": rows[one].called_at is not None,
            "may_call": not (over or rows[one].decided_as or rows[one].fallen) and may_call(room.case.standing, one),
        }
        for group in groups
        for one in group
    ]


def without_place(room: Room, lines: Iterable[Mapping[str, Any]]) -> list[str]:
    """Whom the lines of the order leave out, by name: they have to be given a place by those who may."""
    placed = {line["id"] for line in lines}
    return [room.names[one] for one in room.placed if one not in placed]


def recorded_votes(room: Room, names: Mapping[UUID, str]) -> list[dict[str, Any]]:
    """The votes between two whom this person sees, with who voted how."""
    votes = [vote for vote in kept.votes_in(db.session, room.meeting) if {vote.first, vote.second} <= names.keys()]
    members = kept.seated_names(db.session, {member for vote in votes for member in vote.ballots})
    return [
        {
            "first": names[vote.first],
            "second": names[vote.second],
            "result": result_words(tally(vote.ballots.values()), names[vote.first], names[vote.second]),
            "ballots": [
                {"who": members[member], "choice": CHOICE_WORDS[choice]}
                for member, choice in sorted(vote.ballots.items(), key=lambda pair: members[pair[0]])
            ],
        }
        for vote in votes
    ]


def stepping_out(room: Room, names: Mapping[UUID, str]) -> list[dict[str, str]]:
    """Who has jäv for whom, as far as this person sees: they step out when that candidate is dealt with."""
    return [
        {"who": member.person.name, "name": names[one]}
        for member in room.seen.members
        for one in names
        if (member.id, one) in room.seen.conflicts
    ]


def events_of(room: Room) -> list[tuple[str, str, str]]:
    """The steps the meeting has taken: when, what, and by whom, with the reason where it was opened again."""
    return [
        (day_and_time(event.at), f"Mötet {DONE[Step(event.step)]}", f"{name}{_reason(room, event)}")
        for event, name in room.events
    ]


def _reason(room: Room, event: MeetingEvent) -> str:
    if event.reason_sealed is None:
        return ""
    place = f"meeting_event.{event.id}"
    return ": " + open_for_controller(db.session, room.case.ad.controller_id, event.reason_sealed, place=place)
