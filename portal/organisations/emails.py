"""The mails to people who are invited, or who bind their telephone anew. They name no party: a mail is read by many."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts.emails import own_address
from portal.accounts.models import Person
from portal.mail.services import post, write_letter
from portal.organisations.mail_names import mail_name
from portal.organisations.models import Membership

COLLEAGUE, DRIFT, COMMAND = "colleague", "drift", "command"


def invitation_address(token: str) -> str:
    """The absolute address of an invitation."""
    return own_address("accounts.invitation", token=token)


def post_invited_by_drift(session: Session, membership: Membership, *, to: Person, at: datetime) -> None:
    """Tell one of a party's or an authority's own that whoever runs the portal has invited somebody there. No link: who it
    is stands on a page that asks for a log-in."""
    letter = write_letter("invitation", to=to.email, language="sv", kind="by_drift", name=to.name, link="")
    post(session, letter, once=f"by_drift:{membership.id}:{to.id}", at=at)


def post_ended_by_drift(session: Session, membership: Membership, *, at: datetime) -> None:
    """Tell somebody that whoever runs the portal, and none of their own, has ended their membership."""
    person = membership.person
    letter = write_letter("invitation", to=person.email, language="sv", kind="ended", name=person.name, link="")
    post(session, letter, once=f"ended:{membership.id}", at=at)


def post_invitation(
    session: Session, membership: Membership, *, kind: str, link: str, asked_by: str = COLLEAGUE, at: datetime
) -> None:
    """Post the letter. kind: invitation, recovery, or elsewhere (the one who runs the portal has to do it). ``asked_by``: who
    asks for a recovery; by the command it may be anybody who is let in to the server, and there may be no colleague."""
    name = membership.person.name if membership.accepted_at else membership.invited_name
    values = {"kind": kind, "name": name, "link": link, "asked_by": asked_by}
    letter = write_letter("invitation", to=membership.person.email, language="sv", **values)
    post(session, letter, once=mail_name(kind, membership.id, at), at=at)
