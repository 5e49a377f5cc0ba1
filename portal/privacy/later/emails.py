"""The receipt of a choice about being kept for later. Neutral: that there is one, never what it is or to whom."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.applications.services.drafting import key_of
from portal.applications.services.sending import private_token
from portal.mail.services import post, write_letter
from portal.web.addresses import absolute


def post_choice(session: Session, application: Application, *, at: datetime) -> None:
    """Once for each choice; nothing to whoever has left no address."""
    if application.email_sealed is None:
        return
    token = private_token(session, application)
    letter = write_letter(
        "choice",
        to=key_of(application).open_text("application.email", application.email_sealed),
        language=application.language,
        link=absolute("privacy.later", language=application.language, token=token) if token else "",
    )
    once = f"choice:{at:%Y%m%d%H%M%S%f}:{application.id}"
    post(session, letter, once=once, at=at, controller_id=application.controller_id)
