"""How an application came that the office has registered, for the candidate's own copy: the way, the day, and the consent."""

from typing import Any, Final

from flask_babel import gettext
from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.intake.models import Intake
from portal.intake.queries import FORM, FORM_NAME, finished
from portal.intake.ways import Consent, Way
from portal.refusal import N_
from portal.vault.services import ApplicationKey

_CAME: Final = {Way.POST: N_("Med post"), Way.MAIL: N_("Med e-post"), Way.HAND: N_("Lämnad på plats")}
_CONSENTED: Final = {
    Consent.FORM: N_("På en blankett som du skrev under"),
    Consent.LETTER: N_("I det du skickade"),
}


def registered_in(own: Session, application: Application) -> dict[str, Any]:
    """The fields of the application; none where it came by the portal. ``own`` acts for the party."""
    row = _row(own, application)
    if row is None:
        return {}
    return {
        "came": gettext(_CAME[Way(row.way)]),
        "arrived": row.arrived_on.isoformat(),  # nobody knows the hour
        "came_on": row.arrived_on.isoformat(),
        "consented_how": gettext(_CONSENTED[Consent(row.consent)]) if row.consent else "",
        "consented_on": row.consented_on.isoformat() if row.consented_on else None,
    }


def signed_form_of(own: Session, application: Application, key: ApplicationKey) -> tuple[str, bytes] | None:
    """The name and the bytes of the form that was signed; None where there is none."""
    row = _row(own, application)
    if row is None or row.form_sealed is None:
        return None
    name = key.open_text(FORM_NAME, row.form_name_sealed) if row.form_name_sealed else gettext("blankett")
    return name, key.open_bytes(FORM, row.form_sealed)


def _row(own: Session, application: Application) -> Intake | None:
    return finished(own, application.ad_id, application.id)
