"""What a stranger writes stays text: in a mail's head it makes no header, and in the log it leaves nothing."""

import http.client
import re
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text as sql

from portal import clock, scope
from portal.applications.consent import VERSION
from portal.config import Settings
from portal.demo.engines.papers import cv
from portal.jobs.tasks import run_rounds
from portal.mail.services import Letter, post
from portal.web.fields import clean_line
from tests import traces
from tests.accounts.people import give_account
from tests.applications.paper import page_one, page_two, send
from tests.door import let_in_by
from tests.forms import submit
from tests.proofs.living import Living, living
from tests.proofs.plugin import Proof
from tests.proofs.visitor import Candidacy, Refused, Visitor, go_to_check_page
from tests.proofs.visitor import send as press_send
from tests.traces import LETTER, PERSON
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]
FOREIGN = "Bcc: ond@example.net"
BREAKS = (
    "\r\n",
    "\n",
    "\r",
    "\u0085",
    "\u2028",
    "\u2029",
    "\v",
    "\f",
    "\x1c",
    "\x00\r\n",
    "\r\n\r\n",
    "%0d%0a",
    "\\r\\n",
)
PAYLOADS = (
    *(f"Alma{one}{FOREIGN}" for one in BREAKS),
    *(f"Alma{one} {FOREIGN}" for one in ("\r\n", "\n")),
    "=?utf-8?q?Alma=0D=0ABcc:_ond=40example.net?=",
    "Alma <ond@example.net>, ond@example.net",
    "A" * 1200,
    "å" * 1100 + "\r\n" + FOREIGN,
)
HEADERS = [
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "Content-Type",
    "Content-Language", "MIME-Version",
]  # fmt: skip


@dataclass
class Kept:
    """A sender that keeps each mail as it would go over the wire."""

    mails: list[bytes] = field(default_factory=list)

    def send(self, message: EmailMessage) -> None:
        """Keep it."""
        self.mails.append(message.as_bytes(policy=SMTP))


@pytest.mark.proof(
    "Ingenting som någon skriver blir ett brevhuvud.",
    how="line breaks of every kind and 1,200 letters in names, addresses, an ad's title, a mail's own head; then parsed",
    short={"payloads": 6},
    full={"payloads": len(PAYLOADS)},
)
def test_mail_headers_are_inert(proof: Proof, world: World, set_clock: Clock) -> None:
    world.app.test_client_class, kept = FlaskClient, Kept()
    world.app.extensions["mail_sender"] = kept
    give_account(world, world.kansli)
    step = max(1, len(PAYLOADS) // proof.size("payloads"))
    payloads = PAYLOADS[::step][: proof.size("payloads")]
    for number, payload in enumerate(payloads):
        set_clock(f"2026-11-23T{10 + number // 6:02}:{number % 6 * 10:02}")
        _write_everywhere(world, number, payload)
        run_rounds(world.app)
    faults = [fault for mail in kept.mails for fault in _faults_of(mail)]
    proof.came_to(payloads=len(payloads), mails=len(kept.mails), faults=len(faults))
    assert faults == []
    assert len(kept.mails) >= 3 * len(payloads)  # one that is refused holds up its own reader's next ones


def _write_everywhere(world: World, number: int, payload: str) -> None:
    office, client = world.browser(world.kansli), world.browser()
    submit(office, "/konto", {"Namn": payload})
    submit(client, "/losenord", {"E-post": "kansli@example.se"})
    submit(client, "/losenord", {"E-post": f"kansli@example.se{payload}"})
    for name, address in ((payload, f"ny{number}@example.se"), ("Ny", f"ny{number}{payload}@example.se")):
        submit(office, "/arbete/personer", {"Namn": name[:120], "E-post": address, "role": "ledamot"})
    ad = publish_ad(world, documents=[], title=str(clean_line(payload))[:200])
    page_one(client, ad, **{"E-post": f"alma{payload}@example.se"})
    assert page_one(client, ad, Namn=payload[:100], **{"E-post": f"alma{number}@example.se"}).status_code == 303
    page_two(client, ad, {"Personligt brev": payload}, {})
    assert send(client, ad).status_code == 303
    with world.writing(scope.PLATFORM) as session:
        for kind, letter in (
            ("subject", Letter("alma@example.se", payload, "Hej.\n")),
            ("body", Letter("alma@example.se", "Hej", f"{payload}\n{FOREIGN}\n.\n")),
            ("to", Letter(f"alma@example.se{payload}", "Hej", "Hej.\n")),
        ):
            post(session, letter, once=f"{kind}:{number}", at=clock.now())


def _faults_of(mail: bytes) -> list[str]:
    message = message_from_bytes(mail, policy=default)
    faults = [] if sorted(message.keys()) == sorted(HEADERS) else [f"headers: {message.keys()}"]
    addresses = [one.addr_spec for one in message["To"].addresses]
    if len(addresses) != 1 or addresses[0].endswith("@example.net"):
        faults.append(f"to: {addresses}")
    return faults + [f"a line of {len(line)}" for line in mail.split(b"\r\n") if len(line) > 998]


@pytest.mark.proof(
    "Ingenting om en sökande står i loggen, inte heller när något går fel.",
    how="a canary person applies, errs, is refused and meets faults on a living portal; its log searched in every spelling",
    short={"rounds": 1},
    full={"rounds": 10},
)
def test_the_log_names_nobody(proof: Proof, world: World, settings: Settings, tmp_path: Path) -> None:
    log = tmp_path / "log"
    ad = publish_ad(world, employer="party")
    tokens: list[str] = []
    with living(settings, log=log) as portal:
        portal.start_web()
        portal.start_worker()
        for _round in range(proof.size("rounds")):
            tokens += _apply_with_faults(portal, ad.reference)
        documents = settings.instance_path / "documents"
        documents.rename(tmp_path / "elsewhere")
        documents.write_text("no folder")
        _apply_with_faults(portal, ad.reference)
        _spoil_what_is_sealed(world)
        assert {_status_of(world, portal, token) for token in tokens} == {500}
    text = log.read_bytes()
    found = traces.traces(text) + [("token", token) for token in tokens if token.encode() in text]
    statuses = sorted({int(one) for one in re.findall(rb'"status": (\d+)', text)})
    lines = text.count(b'"endpoint"')
    proof.came_to(lines=lines, words=len(traces.WORDS), found=len(found), statuses=" ".join(map(str, statuses)))
    assert found == []
    assert b"127.0.0.1" not in text.replace(b"Listening at: http://127.0.0.1", b"")
    assert {200, 303, 400, 404, 413, 422, 503} <= set(statuses)
    assert (
        b'"unforeseen"' in text
        and b'"outage"' in text
        and b"Invalid request" in text
        and b"applications.apply_check" in text
    )


def _spoil_what_is_sealed(world: World) -> None:
    with world.writing(scope.party(world.party)) as session:
        session.execute(sql("UPDATE application SET name_sealed = :junk"), {"junk": f"{PERSON.name} skadad".encode()})


def _status_of(world: World, portal: Living, token: str) -> int:
    visitor, (cookie, handle) = Visitor(portal.address), let_in_by(world, token)
    status = visitor.open("GET", f"/ansokan/{handle}", None, {"Cookie": f"link={cookie}"}).status
    visitor.close()
    return status


def _apply_with_faults(portal: Living, reference: str) -> list[str]:
    """Apply as the canary, wrongly and rightly; the tokens that the pages showed."""
    visitor, (filename, file) = Visitor(portal.address), cv(PERSON, "classic")
    way, name = f"/annonser/{reference}/ansok", PERSON.name
    who = Candidacy(name, PERSON.email, file, filename, letter=LETTER)
    visitor.get(f"/annonser/finns-inte?namn={name.encode().hex()}")
    for path in (f"/{PERSON.place}", f"/ansokan/{PERSON.place}", f"/?q={PERSON.place}"):
        visitor.get(path)
    visitor.get(way)
    visitor.post(way, {"name": name, "email": f"{PERSON.email} fel", "consent": "y", "wording": VERSION})
    visitor.open("POST", way, f"name={PERSON.place}".encode(), {"Content-Type": "application/x-www-form-urlencoded"})
    visitor.post("/losenord", {"email": PERSON.email})
    visitor.post("/logga-in", {"email": PERSON.email, "password": f"{PERSON.place} gissar"})
    with suppress(OSError, http.client.HTTPException):  # the server may hang up before all of it is sent
        visitor.post("/logga-in", {"email": PERSON.place * 40_000})
    visitor.close()
    with suppress(Refused):
        go_to_check_page(visitor, reference, who)
        visitor.post(f"{way}/handlingar", {}, {"cv": (f"{name}.exe", b"MZ" + name.encode())})
        press_send(visitor, reference)
    receipt = visitor.get(f"{way}/kvitto").body.decode()
    links = re.findall(r'href="(/ansokan/\w{30})"', receipt)
    for link in links:
        visitor.get(link)
    visitor.close()
    for said in (f"GET /{PERSON.place}", PERSON.place, f"GET /{PERSON.place} HTTP/1.1\r\n{PERSON.place}"):
        with socket.create_connection(("127.0.0.1", portal.port), timeout=5) as raw:
            raw.sendall(f"{said} \r\n\r\n".encode())
            raw.recv(1000)
    return [link.rpartition("/")[2] for link in links]
