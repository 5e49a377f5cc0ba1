"""Who may do what at the meeting: pure predicates over what a person is to the recruitment and who leads it."""

from uuid import UUID

from portal.review.access import Standing, may_see_listed, may_take_part


def may_attend(who: Standing) -> bool:
    """Be at the meeting and read its minutes: the panel and the office, never anyone who has applied."""
    return may_take_part(who)


def may_lead_meeting(who: Standing, *, led: bool) -> bool:
    """Begin, pause and end it, note who is there, record votes: who leads the panel; the office where nobody does. ``led``:
    somebody leads whom the meeting is open to."""
    return may_attend(who) and (who.named and who.leads if led else who.office)


def may_write_joint_text(who: Standing, application_id: UUID, *, led: bool) -> bool:
    """Write the joint text of one candidate. ``led``: somebody leads who has no jäv for this one.

    Where nobody does, for instance because the leader has stepped out, any other who may see the candidate writes.
    """
    return may_attend(who) and may_see_listed(who, application_id) and ((who.named and who.leads) or not led)


def may_record_vote(who: Standing, *, led: bool) -> bool:
    """Record a vote between two. ``led``: somebody leads who has jäv for neither; where nobody does, any other at the meeting
    who judges without jäv for the two writes it down."""
    return may_lead_meeting(who, led=led) or (may_attend(who) and not led)


def may_set_order(who: Standing, *, led: bool) -> bool:
    """Set the agreed order. ``led``: somebody leads who has jäv for nobody.

    A leader with jäv orders those they may see; where they would place another, anybody at the meeting without jäv does.
    """
    return may_attend(who) and ((who.named and who.leads) or (not led and not who.conflicts))
