"""The private link of a draft, mailed when the address is first written: with it the draft goes on in any browser."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal import scope
from portal.accounts.address import canonical
from portal.ads.models import PublishedAd
from portal.applications import emails
from portal.applications.models import Application
from portal.applications.services.drafting import KEPT, key_of
from portal.applications.services.withdrawing import let_go_of_mails
from portal.links.models import Purpose
from portal.links.services import make_link, renew_link


def is_another_address(application: Application, email: str) -> bool:
    """Whether a draft's mails would go elsewhere than before with this address."""
    sealed = application.email_sealed
    former = key_of(application).open_text("application.email", sealed) if sealed else ""
    return canonical(former) != canonical(email)


def take_draft_over(session: Session, *, application_id: UUID, came_by: datetime, at: datetime) -> str:
    """The draft's token for a browser that has come by the mailed link and its code. ``came_by`` is when that link was made.

    Anybody can write somebody's address into a form. Whoever shows that it is theirs has the draft to themselves: the token
    from before the mail ends, and with it the browser in which the draft was begun, on a borrowed computer or by a
    stranger. Others that come by the same link share it.
    """
    session.get_one(Application, application_id, with_for_update=True)
    token = renew_link(session, purpose=Purpose.DRAFT, subject_id=application_id, since=came_by, at=at)
    return token or ""


def mail_link(session: Session, *, application: Application, ad: PublishedAd, to: str, at: datetime) -> None:
    """Mail the link to a draft. One that was mailed before, to an address that was mistyped, opens nothing any more."""
    let_go_of_mails(session, application.id, at)
    token = make_link(
        session,
        purpose=Purpose.APPLICATION,
        subject_id=application.id,
        scope=scope.candidate(application.id),
        at=at,
        expires_at=max(at, ad.closes_at) + 2 * KEPT,
    )
    emails.post_draft(session, application, to=to, token=token, at=at)
