"""Who sees what of a panel's scores and orders, asked for one viewer; and what of it counts in the joint order they read."""

from datetime import datetime
from uuid import UUID

from portal.review.access import judges, may_see_listed
from portal.review.models import PanelMember
from portal.review.queries.case import Case, Listed
from portal.review.queries.seats import Seats
from portal.review.visibility import Moment, Part, Viewer, may_see


class Rule:
    """`visibility.may_see` asked for one case, one viewer and one instant."""

    def __init__(self, case: Case, seats: Seats, at: datetime) -> None:
        self.case, self.seats, self.at = case, seats, at
        self.listed = {row.id: row for row in case.applications if may_see_listed(case.standing, row.id)}
        self.hidden = {row.id: row for row in case.applications if row.id not in self.listed}
        self._shown: dict[tuple[UUID, UUID], bool] = {}  # by author and application
        self._handed_in: dict[UUID, list[bool]] = {}

    def shows(self, author_id: UUID, application_id: UUID) -> bool:
        """Whether the viewer sees what this author says of this application; asked once for all its criteria."""
        pair = (author_id, application_id)
        if pair not in self._shown:
            self._shown[pair] = self._shows(author_id, application_id)
        return self._shown[pair]

    def counts(self, author_id: UUID, application_id: UUID) -> bool:
        """Whether the author's place for this application counts in the joint order that the viewer reads: where they see
        it, and of whom they do not see where they would, were it not for that. What waits for a handing in does not count
        before it, whoever is left out.

        An assessor who has jäv has nothing to hand in of that candidate. So what others have handed in of them counts as
        soon as the joint view has it.
        """
        if application_id in self.listed:
            return self.shows(author_id, application_id)
        application, author = self.hidden.get(application_id), self.seats.members[author_id]
        if application is None or not self.seats.judges(author, application_id):
            return False
        if application_id in self.case.standing.conflicts and judges(self.case.standing, application_id):
            moment = self._moment(author, application)
            return moment.author_in and may_see(Viewer.JOINT, moment)
        return self._is_open(author, application)

    def notes_shut(self) -> frozenset[tuple[UUID, UUID]]:
        """The pairs of which the scores are shown and the notes are not."""
        if not self.case.sharing.parts_differ:
            return frozenset()
        shown = (pair for pair, is_shown in self._shown.items() if is_shown)
        return frozenset(pair for pair in shown if not self._shows(*pair, Part.NOTES))

    def _shows(self, author_id: UUID, application_id: UUID, part: Part = Part.SCORES) -> bool:
        application = self.listed.get(application_id)
        author = self.seats.members[author_id]
        if application is None or not self.seats.judges(author, application_id):
            return False
        return self._is_open(author, application, part)

    def _is_open(self, author: PanelMember, application: Listed, part: Part = Part.SCORES) -> bool:
        return may_see(self._viewer(author, application), self._moment(author, application), part, self.case.sharing)

    def joint_is_open(self) -> bool:
        """Whether the joint view has every application that anybody judges; it waits for none that has fallen on a krav."""
        judged = [row for row in self.listed.values() if self._all_of(row.id)]
        waited_for = (self._moment(None, row) for row in judged if not row.fallen)
        return bool(judged) and all(may_see(Viewer.JOINT, moment) for moment in waited_for)

    def _viewer(self, author: PanelMember, application: Listed) -> Viewer:
        if self.case.member is not None and self.case.member.id == author.id:
            return Viewer.AUTHOR
        return Viewer.ASSESSOR if judges(self.case.standing, application.id) else Viewer.JOINT

    def _moment(self, author: PanelMember | None, application: Listed) -> Moment:
        covers = self.seats.covers
        return Moment(
            author_in=author is not None and covers(author, application.id),
            viewer_in=self.case.is_handed_in(application),
            handed_in=self._all_of(application.id),
            last_minute=self.case.hand_in_by,
            at=self.at,
        )

    def _all_of(self, application_id: UUID) -> list[bool]:
        """For each who judges it, whether it is handed in; the same for all authors."""
        found = self._handed_in.get(application_id)
        if found is None:
            judging = self.seats.judging(application_id)
            found = self._handed_in[application_id] = [self.seats.covers(one, application_id) for one in judging]
        return found
