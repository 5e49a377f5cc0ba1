"""What the desk knows of one recruitment: counts, days and how far each assessor has come. No candidate's name."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from portal.ads.states import AdState
from portal.ads.window import STOCKHOLM, closes_at, is_open
from portal.review.phases import Phase


@dataclass(frozen=True, slots=True)
class Assessor:
    """One assessor's way through a recruitment, in counts of candidates that count."""

    person_id: UUID
    name: str
    leads: bool
    answered: int  # questions of jäv
    clear: int  # candidates they have no jäv for
    to_judge: int  # of them, those who have not fallen on a krav and, in a blind review, are masked
    given: int  # judgements set of these: one for each krav and merit of each candidate
    handed_in_at: datetime | None
    asked: int | None = None  # candidates a deputy is asked about; None: all, as an assessor, and in a blind review
    since: int = 0  # candidates that what they have handed in does not cover: see `review.queries.seats`

    def left(self, criteria: int) -> int:
        """Judgements that wait, with so many krav and merits."""
        return max(0, self.to_judge * criteria - self.given)

    def unanswered(self, arrived: int) -> int:
        """Questions of jäv that wait, of so many candidates."""
        return max(0, (arrived if self.asked is None else self.asked) - self.answered)

    def has_handed_in(self, arrived: int) -> bool:
        """Handed in, and that covers all whom they are asked of: nobody has come since."""
        return self.handed_in_at is not None and not self.since and not self.unanswered(arrived)

    def is_done(self, arrived: int) -> bool:
        """Handed in, or with jäv for all whom they were asked of."""
        return self.judges_nobody(arrived) or self.has_handed_in(arrived)

    def judges_nobody(self, arrived: int) -> bool:
        """Jäv for all whom they were asked of: assessing, the joint view and the meeting are not theirs."""
        return arrived > 0 and not self.clear and not self.unanswered(arrived)


@dataclass(frozen=True, slots=True)
class Recruitment:
    """One ad and all that has come of it so far."""

    ad_id: UUID
    title: str
    state: str
    deadline: date | None
    posts: int
    criteria: int
    hand_in_by: datetime | None
    phase: Phase
    blind: bool
    met: bool  # the panel's meeting has ended
    wrong: int  # red marks on things that are wrong
    missing: int  # red marks on things that are missing
    first_mark: str
    arrived: int  # candidates that count
    masked: int  # of them, those whose papers the assessors of a blind review can read
    fresh: int  # of them, arrived since the day before
    called: int
    with_outcome: int
    hired: int
    released: int
    employed: int
    panel: tuple[Assessor, ...]
    has_applied: bool  # the person who reads; to whom the case then does not exist
    meets: bool = False  # the panel's meeting has begun, or been opened again, and not ended
    decider_gone: bool = False  # somebody was named to decide and has left: nobody does
    decides: bool = False  # the person who reads is named to decide, and does not assess
    decides_too: bool = False  # the person who reads assesses and decides, and is not of the office, which sees to all
    to_answer: int = 0  # questions of jäv that wait for them as such
    unjudged: int = 0  # candidates for whom everybody who could judge has jäv
    promised: date | None = None  # when candidates are told that they will know; none once the ad is taken back
    begun: int = 0  # registrations of what came by post or mail that are not finished
    unreadable: int = 0  # papers that an assessor has said cannot be read
    others_record: int = 0  # to be employed and not recorded, whom the person who reads has jäv for
    others_outcome: int = 0  # without an outcome, whom the person who reads has jäv for
    gave_up: int = 0  # who was told that they are to be hired, and has declined or taken the application back
    to_meet: int = 0  # called, without an outcome, and no booked time of theirs has been
    protected: int = 0  # candidates under a code name
    unpublished: bool = False  # it has been corrected, and the correction is not published
    reader_gone: bool = False  # whoever was named to read such has left, or nobody was
    reader_aside: bool = False  # whoever reads has applied, or has jäv for one of them

    @property
    def shown_title(self) -> str:
        """The title, or what stands for one."""
        return self.title or "Annons utan rubrik"

    @property
    def is_draft(self) -> bool:
        """Not published yet."""
        return self.state == AdState.DRAFT

    @property
    def closes_at(self) -> datetime | None:
        """The first instant after the last day to apply."""
        return closes_at(self.deadline) if self.deadline else None

    def takes_applications(self, at: datetime) -> bool:
        """Whether the ad is out and open at ``at``."""
        closes = self.closes_at
        return self.state == AdState.PUBLISHED and closes is not None and is_open(closes, at)

    @property
    def to_record(self) -> int:
        """How many the person who reads is to record the employment of."""
        return max(0, self.hired - self.employed - self.others_record)

    @property
    def to_write(self) -> int:
        """How many the person who reads is to write the outcome of."""
        return max(0, self.without_outcome - self.others_outcome)

    @property
    def to_offer_again(self) -> int:
        """Posts that one who declined or took an application back has left, and nobody else is to have yet."""
        return max(0, min(self.gave_up, self.posts - self.hired))

    def assessor(self, person_id: UUID) -> Assessor | None:
        """The person's place in the panel."""
        return next((one for one in self.panel if one.person_id == person_id), None)

    @property
    def handed_in(self) -> int:
        """How many of the panel have handed in, or have nobody to judge."""
        return sum(one.is_done(self.arrived) for one in self.panel)

    @property
    def has_leader(self) -> bool:
        """Whether somebody leads the panel: who did may have left the party."""
        return any(one.leads for one in self.panel)

    @property
    def assessed_by_one(self) -> bool:
        """Whether one person is the whole panel: then there is no disagreement to show, and nobody to meet."""
        return len(self.panel) == 1

    def assessed(self, at: datetime) -> bool:
        """All have handed in, or the last minute for it has passed."""
        over = self.hand_in_by is not None and at >= self.hand_in_by
        return bool(self.panel) and (over or self.handed_in == len(self.panel))

    def assesses(self, at: datetime) -> bool:
        """The panel is not through at ``at``, and some of those it judges have no outcome yet: one may be written early."""
        return bool(self.panel and self.without_outcome) and not self.assessed(at)

    @property
    def without_outcome(self) -> int:
        """Candidates of whom nothing has been recorded."""
        return self.arrived - self.with_outcome

    @property
    def lacks_reader(self) -> bool:
        """Whether nobody can open a code name, where there is one, or let one in, where somebody was to."""
        return self.reader_gone and not self.is_draft and not self.over

    @property
    def needs_other_reader(self) -> bool:
        """Whether there is one under a code name whom whoever reads may not open."""
        return self.reader_aside and not self.over

    @property
    def over(self) -> bool:
        """Ended; or the ad was taken back, which nobody ends, and everybody has their word."""
        return self.state == AdState.ENDED or (self.state == AdState.WITHDRAWN and self.released == self.arrived)


@dataclass(frozen=True, slots=True)
class Ending:
    """How many employments have this last day, how many of them have been renewed, and how many have turned permanent and go
    on whatever it says (LAS 5 a §)."""

    on: date
    count: int
    renewed: int = 0
    lasting: int = 0


SOON = timedelta(days=60)


def day_before(at: datetime) -> datetime:
    """The first instant of yesterday in Stockholm: what has come since then is new."""
    yesterday = at.astimezone(STOCKHOLM).date() - timedelta(days=1)
    return datetime.combine(yesterday, time(), STOCKHOLM)
