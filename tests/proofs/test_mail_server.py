"""A mail server that misbehaves at every stage: nothing missing, order kept, the same Message-ID, a worker that lives on."""

import re
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.config import Settings
from portal.mail.models import OutgoingMail
from portal.mail.services import Letter, post
from tests.proofs.around import call_round, wait_until
from tests.proofs.living import living
from tests.proofs.plugin import Proof
from tests.world import World

SILENT = "silent"  # takes the whole mail and hangs up without a word: it has kept it, and the sender cannot know
SLOW = "slow"  # thirty seconds for each answer
FAULTS = (
    SILENT, "DATA drop", "RCPT 450", "body 554", "greeting drop", "EHLO drop", "MAIL drop", "RCPT drop", "body drop",
    "greeting 421", "MAIL 451", "DATA 451", "body 452", "RCPT 550", "DATA 554", SLOW,
)  # fmt: skip


@dataclass
class BadServer:
    """Speaks just enough SMTP to fail at any stage. ``fault`` is one of `FAULTS`, or empty when all is well."""

    fault: str = ""
    refused_reader: str = "refused@example.se"  # always gets a 550
    taken: list[tuple[str, str, str]] = field(default_factory=list)  # reader, subject, Message-ID
    tried: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def begin(self, fault: str) -> None:
        """From now on fail like this; whoever waits for a slow answer gets it at once."""
        self.over.set()
        self.fault, self.tried, self.over = fault, 0, threading.Event()

    @property
    def taken_once(self) -> list[tuple[str, str, str]]:
        """What was taken, each Message-ID once, in the order it first came."""
        first: dict[str, tuple[str, str, str]] = {}
        for mail in self.taken:
            first.setdefault(mail[2], mail)
        return list(first.values())

    def at(self, stage: str) -> str:
        """What to do at a stage: ``drop``, a code, or nothing."""
        name, _, what = self.fault.partition(" ")
        return what if name == stage else ""


class _Hang(Exception):
    pass


class _Talk(socketserver.StreamRequestHandler):
    server: "_Server"

    def handle(self) -> None:
        bad = self.server.bad
        bad.tried += 1
        try:
            self._say("greeting", "220 mail.example.se")
            while line := self.rfile.readline().decode().strip():
                self._command(bad, line)
        except (_Hang, OSError):
            return

    def _command(self, bad: BadServer, line: str) -> None:
        verb = line.split(" ")[0].split(":")[0].upper()
        if verb == "RCPT":
            self.reader = re.findall(r"<([^>]*)>", line)[0]
            if self.reader == bad.refused_reader:
                return self._send("550 no such person")
        if verb == "DATA":
            self._say("DATA", "354 go on")
            if not bad.at("DATA"):
                self._body(bad)
            return None
        if verb == "QUIT":
            self._send("221 bye")
            raise _Hang
        return self._say(verb, "250 OK")

    def _body(self, bad: BadServer) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                raise _Hang
            lines.append(line)
        if bad.fault == SILENT or not bad.at("body"):
            message = message_from_bytes(b"".join(lines), policy=default)
            bad.taken.append((self.reader, str(message["Subject"]), str(message["Message-ID"])))
        if bad.fault == SILENT:
            raise _Hang
        self._say("body", "250 kept")

    def _say(self, stage: str, answer: str) -> None:
        told = self.server.bad.at(stage)
        if told == "drop":
            raise _Hang
        if self.server.bad.fault == SLOW:
            self.server.bad.over.wait(30)
        self._send(f"{told} not now" if told else answer)
        if told == "421":
            raise _Hang

    def _send(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    bad: BadServer


@contextmanager
def bad_server() -> Iterator[tuple[BadServer, int]]:
    """The server and its port."""
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.bad = BadServer()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.bad, server.server_address[1]
        server.bad.over.set()
        server.shutdown()


@pytest.mark.proof(
    "Ingen post försvinner hur e-postservern än bär sig åt, och ingen får sina brev i fel ordning.",
    how="letters to two readers while a server drops, delays 30 s, answers 4xx and 5xx at each stage, or takes a mail and "
    "hangs up without a word, then is well again; beside them a reader who is always refused, an address the server cannot "
    "write and a letter that cannot be opened; the worker lives through it all",
    short={"faults": 4, "letters": 3},
    full={"faults": len(FAULTS), "letters": 12},
)
def test_a_mail_server_that_misbehaves(
    proof: Proof, world: World, settings: Settings, tmp_path: Path, set_clock: Callable[[str], datetime]
) -> None:
    said, begun = [], clock.now()
    world.app.extensions["wake"] = _waker(world)
    with bad_server() as (bad, port):
        with living(settings, log=tmp_path / "log", PORTAL_SMTP_URL=f"smtp://127.0.0.1:{port}") as portal:
            portal.start_worker()
            for number, fault in enumerate(FAULTS[: proof.size("faults")], 1):
                bad.begin(fault)
                _write(world, fault, proof.size("letters"))
                wait_until(lambda: bad.tried > 0, seconds=60)  # where it was away, the others leave it to the round
                set_clock(f"{begun + timedelta(hours=4 * number - 2):%Y-%m-%dT%H:%M}")
                call_round(world)
                wait_until(lambda: bad.tried > 3, seconds=20)
                said.append(portal.portal("check").stdout)
                bad.begin("")
                set_clock(f"{begun + timedelta(hours=4 * number):%Y-%m-%dT%H:%M}")
                expected = 2 * number * proof.size("letters")
                for _ in range(5):
                    call_round(world)
                    wait_until(lambda: len(bad.taken_once) >= expected, seconds=20)  # noqa: B023
            alive = portal.running["worker"].poll() is None
    missing, disordered, renamed = _compared(world, bad)
    proof.came_to(
        faults=proof.size("faults"), letters=expected, missing=missing, out_of_order=disordered,
        under_a_second_message_id=renamed, taken_twice=len(bad.taken) - len(bad.taken_once),
    )  # fmt: skip
    assert alive, "the worker died"
    assert (missing, disordered, renamed) == (0, 0, 0)
    assert all("mejl väntar på en e-postserver som inte tar emot dem" in told for told in said), said


def _waker(world: World) -> Callable[[str, str], None]:
    """The wake-up of the queue, which fixtures leave out."""
    queue = world.app.extensions["queue"]
    wake = queue._registry.string_to_task("portal.jobs.tasks.wake")

    def woken(what: str, id: str) -> None:
        queue.enqueue(wake((what, id), {}))

    return woken


READERS = ("alma@example.se", "bo@example.se")
IN_VAIN = ("refused@example.se", "åsa@example.se")


def _write(world: World, fault: str, letters: int) -> None:
    with world.writing(scope.PLATFORM) as session:
        post(session, Letter(READERS[0], "unreadable", "x\n"), once=f"unreadable:{fault}", at=clock.now())
        session.scalars(select(OutgoingMail).where(OutgoingMail.once == f"unreadable:{fault}")).one().sealed = b"\0\1"
    for number in range(letters):
        for reader in (*IN_VAIN, *READERS):
            subject = f"{fault} {number:02d} {reader}"
            with world.writing(scope.PLATFORM) as session:
                letter = Letter(reader, subject, "Hej.\n")
                post(session, letter, once=subject, at=clock.now(), controller_id=world.party)


def _compared(world: World, bad: BadServer) -> tuple[int, int, int]:
    """How many letters never came, how many came before an earlier one, how many under another Message-ID."""
    with world.acting(scope.PLATFORM) as session:
        rows = session.scalars(select(OutgoingMail).order_by(OutgoingMail.created_at)).all()
        written = [(row.once, row.message_id) for row in rows if row.once.endswith(READERS)]
    came = [subject for _reader, subject, _id in bad.taken_once]
    order = {subject: place for place, subject in enumerate(came)}
    disordered = 0
    for reader in READERS:
        places = [order[subject] for subject, _ in written if subject.endswith(f" {reader}") and subject in order]
        disordered += sum(1 for one, next in pairwise(places) if next < one)
    renamed = sum(1 for _reader, subject, id in bad.taken if (subject, id) not in written)
    return sum(1 for subject, _ in written if subject not in order), disordered, renamed
