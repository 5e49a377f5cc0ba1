"""The mail with which somebody chooses a new password."""

from datetime import datetime
from uuid import UUID

from flask import current_app
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.mail.services import post, write_letter


def own_address(path: str) -> str:
    """The absolute address of a path of ours, for mails."""
    base: str = current_app.config["SETTINGS"].base_url
    return base + path


def post_password_letter(session: Session, person: Person, *, path: str, request_id: UUID, language: str, at: datetime) -> None:
    """Post the letter with the link; once per request."""
    letter = write_letter("password", to=person.email, language=language, name=person.name, link=own_address(path))
    post(session, letter, once=f"password:{request_id}", at=at)
