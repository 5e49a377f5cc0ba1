"""The mail with which somebody chooses a new password, and the one that tells that password or telephone is another."""

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


def post_changed_letter(session: Session, person: Person, *, kind: str, at: datetime) -> None:
    """Tell whoever's account it is that it has another password or telephone. kind: password or telephone. No link: one
    who was deceived by such a mail before does not learn to press."""
    letter = write_letter("account_changed", to=person.email, language="sv", kind=kind, name=person.name, at=at)
    post(session, letter, once=f"{kind}_changed:{person.id}:{at.isoformat()}", at=at)
