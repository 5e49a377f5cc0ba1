"""The candidate's mails. Neutral subject and text: no name of party, ad or person; links, times and checksums only."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.mail.services import Letter, post, write_letter
from portal.web.addresses import absolute


def post_receipt(
    session: Session, application: Application, *, to: str, token: str, checksums: list[tuple[str, str]], at: datetime
) -> None:
    """The receipt: when it arrived, the checksum of every file, and the private link. Once."""
    letter = write_letter(
        "receipt",
        to=to,
        language=application.language,
        application=application,
        checksums=checksums,
        link=absolute("applications.private", language=application.language, token=token),
    )
    _post(session, application.controller_id, letter, once=f"receipt:{application.id}", at=at)


def post_proposal(session: Session, application: Application, *, to: str, token: str, at: datetime) -> None:
    """The question to whoever reads the address: put the second one in place of the first, or keep the first. Once."""
    letter = write_letter(
        "proposal",
        to=to,
        language=application.language,
        application=application,
        link=absolute("applications.proposal", language=application.language, token=token),
    )
    _post(session, application.controller_id, letter, once=f"proposal:{application.id}", at=at)


def post_withdrawn(
    session: Session, application: Application, *, to: str, left: str, until: date | None, at: datetime
) -> None:
    """That the application was taken back, and what is left of it: ``erased``, ``kept`` until a day, or ``record``. Once."""
    letter = write_letter("withdrawn", to=to, language=application.language, left=left, until=until, at=at)
    _post(session, application.controller_id, letter, once=f"withdrawn:{application.id}", at=at)


def _post(session: Session, controller_id: UUID, letter: Letter, *, once: str, at: datetime) -> None:
    post(session, letter, once=once, at=at, controller_id=controller_id)
