"""Mending an address that was mistyped, from the browser that sent the application or from the private page, while the
recruitment runs: a change of what was sent, and another address (`addressing`)."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.ads.models import PublishedAd
from portal.ads.queries import version_in_force
from portal.applications.changes import Part
from portal.applications.models import Application
from portal.applications.services.addressing import change_address
from portal.applications.services.changing import note_change
from portal.applications.services.drafting import key_of, read_written
from portal.applications.services.linking import is_another_address
from portal.applications.services.sending import Prepared
from portal.applications.states import CAN_BE_WITHDRAWN
from portal.audit.services import CANDIDATE
from portal.refusal import N_, Refusal


class AddressStays(Refusal):
    """The application is over, or the recruitment: from then on the private page alone puts details right."""

    text = N_("Adressen går inte att ändra längre.")
    status = 409


def mend_address(session: Session, *, prepared: Prepared, email: str, ad: PublishedAd, at: datetime) -> None:
    """Let the application have this address, as a change of what was sent. Raises `AddressStays`, and what `change_address`
    does. Who ends the recruitment at this moment is waited for."""
    ad = version_in_force(session, ad.ad_id) or ad
    application = session.get_one(Application, prepared.application_id, with_for_update=True)
    if application.state not in CAN_BE_WITHDRAWN or ad.ended or application.protected:
        raise AddressStays
    if not is_another_address(application, email):  # of two clicks the second changes nothing
        return
    key = key_of(application)
    before = read_written(session, application, key)
    change_address(session, application=application, prepared=prepared, email=email, ad=ad, actor=CANDIDATE, at=at)
    note_change(session, application, key, before=before, texts=["email"], replies=(), parts=[Part.DETAILS], at=at)
