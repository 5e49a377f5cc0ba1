"""Who may do what in one recruitment's review: pure predicates over what a person is to it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar
from uuid import UUID

from portal.review.phases import RIGHTS, Phase, Salary, Shown, may_meet, opens


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person is to one recruitment.

    ``conflicts`` and ``clear`` are the applications for which they have answered that they have jäv, and that they have
    not. A conflict binds the person for good, also after they have left the panel. ``called_for`` are the applications a
    deputy has been called in for; None for everybody else, who judges all. Of a blind review, ``approved`` are the
    applications that are masked and approved, and ``shortlisted`` those called to interview, whose names are open.
    ``later`` are kept by nothing but their candidates' consent to be asked about later posts: the office's alone.
    """

    office: bool = False
    named: bool = False  # in the panel and not removed; a deputy from the first call on
    leads: bool = False
    decides: bool = False  # named to decide; where nobody is, whoever leads
    has_applied: bool = False
    conflicts: frozenset[UUID] = field(default_factory=frozenset)
    clear: frozenset[UUID] = field(default_factory=frozenset)
    called_for: frozenset[UUID] | None = None
    phase: Phase = Phase.OPEN
    blind: bool = False
    approved: frozenset[UUID] = field(default_factory=frozenset)
    shortlisted: frozenset[UUID] = field(default_factory=frozenset)
    later: frozenset[UUID] = field(default_factory=frozenset)


class Identified(Protocol):
    """Whatever tells which application it is."""

    @property
    def id(self) -> UUID: ...


One = TypeVar("One", bound=Identified)


def alike(who: Standing, applications: Iterable[Identified]) -> list[tuple[bool, ...]]:
    """Of each application, which of the person's sets it is in: a rule below knows one from another by nothing else."""
    ids = [one.id for one in applications]
    sets = [one for one in (who.conflicts, who.clear, who.called_for, who.approved, who.shortlisted, who.later) if one]
    return list(zip(*(map(one.__contains__, ids) for one in sets), strict=True)) if sets else [()] * len(ids)


def those(
    rule: Callable[[Standing, UUID], bool],
    who: Standing,
    applications: Sequence[One],
    kinds: Sequence[tuple[bool, ...]] | None = None,
) -> tuple[One, ...]:
    """The applications of which a rule below says yes, in their order. It is asked once of all that are alike: of a thousand,
    a handful of times. ``kinds`` is what `alike` says of them, where several rules are asked."""
    if kinds is None:
        kinds = alike(who, applications)
    one_of_each = {kind: one.id for kind, one in zip(kinds, applications, strict=True)}
    said = {kind: rule(who, id) for kind, id in one_of_each.items()}
    return tuple([one for one, kind in zip(applications, kinds, strict=True) if said[kind]])


def is_asked(who: Standing, application_id: UUID) -> bool:
    """Whether the person is to answer about jäv for an application: each assessor for all, a deputy for what they judge,
    and whoever is named to decide for all.

    In a blind review a deputy too is asked about all. One name to answer about and one code name to judge would be a name
    and its code name. Nobody is asked about one who is kept for later: the question would tell who it is.
    """
    asked = who.decides or (who.named and (who.blind or judges(who, application_id)))
    return asked and application_id not in who.later


def is_asked_to_decide(who: Standing, application_id: UUID) -> bool:
    """Whether the person is to answer about jäv before they write what becomes of a candidate: the office too, which
    else is asked of nothing."""
    return who.office or is_asked(who, application_id)


def only_decides(who: Standing) -> bool:
    """Named to decide, and neither of the panel nor of the office."""
    return who.decides and not who.named and not who.office


def judges(who: Standing, application_id: UUID) -> bool:
    """Whether the person is to judge an application where they have no jäv: a deputy what they are called in for."""
    here = who.named and application_id not in who.later
    return here and (who.called_for is None or application_id in who.called_for)


def may_enter_case(who: Standing) -> bool:
    """Read what there is of the case: the office and the panel, and from the open phase on whoever decides. Never anyone
    who has applied."""
    return may_take_part(who) or (who.decides and may_meet(who.phase) and not who.has_applied)


def may_take_part(who: Standing) -> bool:
    """Meet and interview: the office and the panel. Whoever decides alone reads what came of it in the decision file."""
    return (who.office or who.named) and not who.has_applied


def may_answer_about_conflicts(who: Standing) -> bool:
    """See the bare names and say of each whether one has jäv: whoever assesses or decides, and the office."""
    return (who.office or who.named or who.decides) and not who.has_applied


def may_name_panel(who: Standing) -> bool:
    """Name and remove assessors, set the last day, see the list of all who have applied."""
    return who.office and not who.has_applied


def may_move_on(who: Standing) -> bool:
    """Move the recruitment on from phase to phase, and set its dates: the office, or who leads the panel."""
    return (who.office or (who.named and who.leads)) and not who.has_applied


def may_assess(who: Standing) -> bool:
    """Answer about jäv, score, order and hand in."""
    return who.named and not who.has_applied


def shown_to(who: Standing, application_id: UUID) -> Shown | None:
    """What of one candidate's papers the person may open; None where nothing.

    An assessor opens what the phase says, and so does whoever decides. The office opens what is masked while the review is
    blind, the whole papers else; one of the office who assesses is an assessor like every other.
    """
    mine = judges(who, application_id) or _decides_alone(who, application_id)
    if not may_enter_case(who) or not _has_said_clear(who, application_id) or not (mine or who.office):
        return None
    shown = opens(who.phase, blind=who.blind, shortlisted=application_id in who.shortlisted, office=not mine)
    if shown is Shown.NAMES or (shown is Shown.MASKED and application_id not in who.approved):
        return None
    return shown


def may_see_listed(who: Standing, application_id: UUID) -> bool:
    """See one application in a list. An assessor of the office is bound by their own jäv like every other."""
    if not may_enter_case(who) or not _has_said_clear(who, application_id):
        return False
    bound = judges(who, application_id) or _decides_alone(who, application_id)
    return may_read_papers(who, application_id) if bound else who.office


def _decides_alone(who: Standing, application_id: UUID) -> bool:
    """As one who decides and does not judge: not of the panel, or of it as a deputy for others alone, and then from the phase
    on in which whoever decides is let in."""
    for_others = (
        who.named and who.called_for is not None and application_id not in who.called_for and may_meet(who.phase)
    )
    decides = who.decides and not who.office and (not who.named or for_others)
    return decides and application_id not in who.later


def _has_said_clear(who: Standing, application_id: UUID) -> bool:
    """Has no jäv, and has said so where they are asked."""
    return application_id not in who.conflicts and (application_id in who.clear or not is_asked(who, application_id))


def may_see_name(who: Standing, application_id: UUID) -> bool:
    """See by name, address and telephone whom one sees listed: else by code name."""
    open_to_all = not who.blind or application_id in who.shortlisted
    return may_see_listed(who, application_id) and (open_to_all or not reads_by_code_name(who))


def reads_by_code_name(who: Standing) -> bool:
    """Whether the person meets candidates under code names, but those who are called to interview."""
    return who.blind and (who.named or only_decides(who))


def may_read_papers(who: Standing, application_id: UUID) -> bool:
    """Open letter, answers and documents, masked or whole."""
    return shown_to(who, application_id) is not None


def may_read_whole_papers(who: Standing, application_id: UUID) -> bool:
    """Open what was sent as it was sent, the original files too."""
    return shown_to(who, application_id) is Shown.PAPERS


def may_score(who: Standing, application_id: UUID) -> bool:
    """Score one application: an assessor who has answered that they have no jäv, of what they may read."""
    return may_assess(who) and judges(who, application_id) and may_read_papers(who, application_id)


def may_mask(who: Standing) -> bool:
    """Cover what tells who has applied, on the pages of a blind review: the office."""
    return who.office and who.blind and not who.has_applied


def may_mask_application(who: Standing, application_id: UUID) -> bool:
    """Mask one application. Jäv binds here too: whoever assesses answers first, and a colleague masks the others."""
    return may_mask(who) and _has_said_clear(who, application_id)


def may_call(who: Standing, application_id: UUID) -> bool:
    """Record that a candidate is called to interview: the office, or who leads the panel."""
    return (who.office or (who.named and who.leads)) and may_see_listed(who, application_id)


def names_are_shut(who: Standing) -> bool:
    """Whether a call would open a name too early: in a blind review, before everybody has answered about jäv for names
    that stand by themselves, and while others still judge without names."""
    return who.blind and who.phase in (Phase.CONFLICTS, Phase.BLIND)


def may_try_requirements(who: Standing) -> bool:
    """Enter the page of krav: the office, or who leads the panel."""
    return may_enter_case(who) and (who.office or (who.named and who.leads))


def may_drop(who: Standing, application_id: UUID) -> bool:
    """Decide that a candidate falls on a krav or goes on, and take that back: never anyone who has jäv."""
    return may_try_requirements(who) and may_read_papers(who, application_id)


def may_see_salary(who: Standing, application_id: UUID, *, called: bool) -> bool:
    """Read the salary claim: sealed until the candidate has been called to interview, to an assessor as the phase says."""
    opened = not judges(who, application_id) or RIGHTS[who.phase].salary is Salary.OF_CALLED
    return called and opened and may_read_whole_papers(who, application_id)
