"""The mail with which somebody chooses a new password."""

from datetime import datetime
from uuid import UUID

from flask import current_app
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.mail.services import post, write_letter


def own_address(endpoint: str, **values: str) -> str:
    """The absolute address of a page of ours, for mails: also outside a request."""
    base: str = current_app.config["SETTINGS"].base_url
    return base + current_app.url_map.bind("").build(endpoint, values)


def post_password_letter(
    session: Session, person: Person, *, token: str, request_id: UUID, language: str, at: datetime
) -> None:
    """Post the letter with the link; once per request."""
    carried = {"lang": "en"} if language == "en" else {}
    link = own_address("accounts.new_password", token=token, **carried)
    letter = write_letter("password", to=person.email, language=language, name=person.name, link=link)
    post(session, letter, once=f"password:{request_id}", at=at)
