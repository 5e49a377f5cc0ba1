"""The private link of a draft, mailed when the address is first written: with it the draft goes on in any browser."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal import scope
from portal.ads.models import PublishedAd
from portal.applications import emails
from portal.applications.address import canonical
from portal.applications.models import Application
from portal.applications.services.drafting import KEPT, key_of
from portal.applications.services.withdrawing import let_go_of_mails
from portal.links.models import Purpose
from portal.links.services import make_link


def is_another_address(application: Application, email: str) -> bool:
    """Whether a draft's mails would go elsewhere than before with this address."""
    sealed = application.email_sealed
    former = key_of(application).open_text("application.email", sealed) if sealed else ""
    return canonical(former) != canonical(email)


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
