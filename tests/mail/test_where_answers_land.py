"""No mail to a candidate can be answered, and each says so: a reply address would tell whose recruitment it is about."""

from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

from portal import clock
from portal.mail.engines import MailboxSender
from portal.mail.services import send_due_mails, write_letter
from portal.paths import TEMPLATES
from tests.applications.paper import apply
from tests.world import World, publish_ad

LETTERBOX = "svara inte på det här mejlet. Skriv i brevlådan på sidan"
NOWHERE = "Svara inte på det här mejlet: svaret når ingen som kan hjälpa dig."
OF_THE_PAGE = (
    "interview_booked", "interview_off", "interview_reminder", "interview_times", "message", "outcome", "receipt", "step",
    "unreadable",
)  # fmt: skip
OF_NO_PAGE = (
    "choice", "code", "details_changed", "draft", "proposal", "proposal_alone", "request_answered", "waits", "withdrawn",
)  # fmt: skip
TO_COLLEAGUES = {"account_changed", "invitation", "password"}  # in both languages too, and from people whom they know


def body_of(world: World, name: str, link: str, language: str = "sv") -> str:
    at = clock.now()
    told = {"at": at, "slot": SimpleNamespace(starts_at=at, place="Regionens hus"), "code": "123 456", "left": "record"}
    with world.app.test_request_context():
        letter = write_letter(
            name, to="alma@example.se", language=language, link=link, application=SimpleNamespace(submitted_at=at),
            checksums=[], **told,
        )  # fmt: skip
    return letter.body


def test_every_mail_to_a_candidate_is_looked_at_here() -> None:
    in_both = {path.stem for path in (TEMPLATES / "mail").glob("*.txt") if "{{ _(" in path.read_text()}
    assert in_both == {*OF_THE_PAGE, *OF_NO_PAGE} | TO_COLLEAGUES


@pytest.mark.parametrize("link", ["http://localhost/ansokan/abc", ""])
@pytest.mark.parametrize("name", [*OF_THE_PAGE, *OF_NO_PAGE])
def test_each_says_that_it_is_not_answered_and_where_one_writes(world: World, name: str, link: str) -> None:
    body = body_of(world, name, link)
    said = LETTERBOX if name in OF_THE_PAGE else NOWHERE
    assert [part for part in body.split("\n\n") if said in part] != [], "a paragraph of its own"
    assert "do not reply" in body_of(world, name, link, "en").casefold()


def test_whoever_is_under_a_code_name_is_led_to_the_page_alone(world: World) -> None:
    body = body_of(world, "waits", "")
    assert "Skriv på sidan i stället." in body and "kontaktperson" not in body


def test_no_reply_address_of_the_ads_stands_in_a_mail(world: World, client: FlaskClient) -> None:
    """Whoever sees the mailbox would read whose recruitment it is."""
    sent: list[bytes] = []

    class Kept(MailboxSender):
        def send(self, message) -> None:  # type: ignore[no-untyped-def]
            sent.append(message.as_bytes())

    world.app.extensions["mail_sender"] = Kept()
    apply(client, publish_ad(world))
    send_due_mails(world.app)
    assert any(b"Kvitto" in mail for mail in sent)
    assert all(b"\nReply-To" not in mail for mail in sent)
