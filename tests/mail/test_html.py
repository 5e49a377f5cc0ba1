"""Every mail is plain text and the same as a page: neutral, without anything to fetch, the same bytes when sent again."""

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default

import pytest

from portal.mail.engines import compose
from portal.mail.paragraphs import Piece, paragraphs_of
from portal.mail.services import Letter
from tests.pages import faults_of, parse
from tests.world import World

SUM = "3f" * 32
BODY = f"Hej <b>Åsa</b>,\n\ndin ansökan kom in. Läs på\nhttps://portal.example/ansokan/abc-_1?lang=en\n\n{SUM}\n"


def test_paragraphs_and_lines_are_kept_and_links_are_links() -> None:
    first, second, third = paragraphs_of(BODY)
    assert first == ((Piece("words", "Hej <b>Åsa</b>,"),),)
    assert second[1] == (Piece("link", "https://portal.example/ansokan/abc-_1?lang=en"),)
    assert third == ((Piece("checksum", SUM),),)


@pytest.mark.parametrize(
    ("line", "link", "after"),
    [
        ("Se https://a.example/x.", "https://a.example/x", "."),
        ("(https://a.example/x)", "https://a.example/x", ")"),
        ("https://a.example/x?a=1&b=2", "https://a.example/x?a=1&b=2", ""),
        ("javascript:alert(1)", "", ""),
    ],
)
def test_a_link_ends_before_the_sentence_does(line: str, link: str, after: str) -> None:
    ((pieces,),) = paragraphs_of(line)
    assert next((piece.text for piece in pieces if piece.kind == "link"), "") == link
    assert "".join(piece.text for piece in pieces) == line
    assert not link or line.endswith(link + after)


def _sent(world: World, letter: Letter) -> bytes:
    with world.app.app_context():
        made = compose(
            sender="a@example.se", to=letter.to, subject=letter.subject, body=letter.body, message_id="<1@x>",
            written="", html=letter.html, language=letter.language,
        )  # fmt: skip
    return made.as_bytes(policy=SMTP)


def test_the_two_parts_say_the_same_and_nothing_is_fetched(world: World) -> None:
    letter = Letter("alma@example.se", "Kvitto & <tack>", BODY, "en")
    message = message_from_bytes(_sent(world, letter), policy=default)
    assert isinstance(message, EmailMessage)
    assert (message.get_content_type(), message["Content-Language"]) == ("multipart/alternative", "en")
    plain, html = (part.get_content().replace("\r\n", "\n") for part in message.iter_parts())
    assert plain == BODY
    assert [fault for fault in faults_of(html) if fault != "inline style on style"] == []
    page = parse(html)
    assert page.get("lang") == "en"
    words = " ".join("".join(page.itertext()).split())
    assert all(" ".join(line.split()) in words for line in BODY.splitlines())
    links = re.findall(r'(?:href|src|background|url)[=(]"?([^")>\s]+)', html)
    assert links == ["https://portal.example/ansokan/abc-_1?lang=en"]
    assert not re.search(r"<(img|link|script|iframe|object|form|video|b)\b|@import|url\(|[^-]color\s*:", html)


def test_a_mail_that_is_sent_again_is_the_same_to_the_byte(world: World) -> None:
    letter = Letter("alma@example.se", "Kvitto", BODY)
    assert _sent(world, letter) == _sent(world, letter)
