"""The SMTP sender before servers of every kind: what is encrypted, who is believed, and when a mail counts as sent."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from portal import clock
from portal.mail.engines import SmtpSender, code_of, compose, may_come_through, says_the_server_is_away
from tests.proofs.living import free_port


@dataclass
class Server:
    """A mail server that notes what came: each mail with whether it came encrypted, and each password likewise."""

    port: int
    mails: list[bool] = field(default_factory=list)
    passwords: list[tuple[bytes, bool]] = field(default_factory=list)

    def log_in(
        self, _server: SMTP, session: Session, _envelope: Envelope, _how: str, said: LoginPassword
    ) -> AuthResult:
        self.passwords.append((said.password, session.ssl is not None))
        return AuthResult(success=said.password == b"right", handled=False)

    async def handle_DATA(self, _server: SMTP, session: Session, _envelope: Envelope) -> str:
        self.mails.append(session.ssl is not None)
        return "250 kept"


@contextmanager
def serving(**how: Any) -> Iterator[Server]:
    handler = how.pop("handler", Server)(free_port())
    if how.get("auth_require_tls") is not None:
        how["authenticator"] = handler.log_in
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port, **how)
    controller.start()
    try:
        yield handler
    finally:
        controller.stop()


def a_mail() -> EmailMessage:
    return compose(
        sender="a@example.se", to="b@example.se", subject="Hej", body="Hej.\n", message_id="<1@x>", written=""
    )


class BadGoodbyes(Server):
    """Takes the mail, and is cross when one leaves."""

    async def handle_QUIT(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:
        return "421 too busy to say goodbye"


def test_a_mail_that_was_taken_is_sent_however_the_server_answers_the_goodbye() -> None:
    with serving(handler=BadGoodbyes) as server:
        SmtpSender(f"smtp://127.0.0.1:{server.port}").send(a_mail())
    assert server.mails == [False]


class Refuses(BadGoodbyes):
    """Takes no mail, and is cross when one leaves."""

    async def handle_DATA(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:
        return "554 not this one"


def test_a_refusal_is_told_as_it_was_and_not_as_the_goodbye_after_it() -> None:
    with serving(handler=Refuses) as server, pytest.raises(OSError, match="not this one"):
        SmtpSender(f"smtp://127.0.0.1:{server.port}").send(a_mail())


NAME = "mail.example.se"


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """The servers of these tests, by a name that is not this machine's."""
    found = socket.getaddrinfo

    def look_up(host: str, *how: Any, **more: Any) -> Any:
        return found("127.0.0.1" if host == NAME else host, *how, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


def certificate_for(name: str, folder: Path) -> Path:
    """A new key with a certificate that it has signed itself, in one file."""
    key, at = ec.generate_private_key(ec.SECP256R1()), clock.now()
    called = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    made = x509.CertificateBuilder(called, called, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(at - timedelta(days=1)).not_valid_after(at + timedelta(days=1))
    signed = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False).sign(
        key, hashes.SHA256()
    )
    place = folder / f"{name}.pem"
    key_bytes = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    place.write_bytes(key_bytes + signed.public_bytes(Encoding.PEM))
    return place


def showing(certificate: Path) -> ssl.SSLContext:
    """What a server needs to encrypt."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.mark.usefixtures("elsewhere")
def test_where_the_server_offers_encryption_mail_and_password_are_sent_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = certificate_for(NAME, tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serving(tls_context=showing(certificate), auth_require_tls=False) as server:
        SmtpSender(f"smtp://portal:right@{NAME}:{server.port}").send(a_mail())
        SmtpSender(f"smtp://{NAME}:{server.port}").send(a_mail())
    assert server.passwords == [(b"right", True)]
    assert server.mails == [True, True]


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize(("name", "is_known"), [(NAME, False), ("other.example.se", True)])
def test_a_server_whose_certificate_is_not_believed_gets_neither_password_nor_mail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, is_known: bool
) -> None:
    certificate = certificate_for(name, tmp_path)
    if is_known:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serving(tls_context=showing(certificate), auth_require_tls=False) as server:
        with pytest.raises(ssl.SSLCertVerificationError) as met:
            SmtpSender(f"smtp://portal:right@{NAME}:{server.port}").send(a_mail())
    assert (server.passwords, server.mails) == ([], [])
    assert says_the_server_is_away(met.value)


@pytest.mark.usefixtures("elsewhere")
def test_no_password_goes_in_clear_to_another_machine_and_the_mails_wait() -> None:
    with serving(auth_require_tls=False) as server:
        with pytest.raises(OSError, match="no encryption") as met:
            SmtpSender(f"smtp://portal:right@{NAME}:{server.port}").send(a_mail())
    assert (server.passwords, server.mails) == ([], [])
    assert says_the_server_is_away(met.value) and may_come_through(met.value)


def test_a_server_on_this_machine_may_be_told_the_password_in_clear() -> None:
    with serving(auth_require_tls=False) as server:
        SmtpSender(f"smtp://portal:right@localhost:{server.port}").send(a_mail())
    assert server.passwords == [(b"right", False)]
    assert server.mails == [False]


class NoEncryptionToday(Server):
    """Offers to encrypt, and then does not."""

    async def handle_EHLO(
        self, _server: SMTP, session: Session, _envelope: Envelope, name: str, can: list[str]
    ) -> list[str]:
        session.host_name = name
        return [*can[:-1], "250-STARTTLS", can[-1]]


def test_what_the_server_refuses_before_it_sees_a_mail_is_no_fault_of_the_mail() -> None:
    with serving(auth_require_tls=False) as server, pytest.raises(OSError) as wrong_password:
        SmtpSender(f"smtp://portal:wrong@127.0.0.1:{server.port}").send(a_mail())
    with serving() as server, pytest.raises(OSError) as no_passwords:
        SmtpSender(f"smtp://portal:right@127.0.0.1:{server.port}").send(a_mail())
    with serving(handler=NoEncryptionToday) as server, pytest.raises(OSError) as not_encrypted:
        SmtpSender(f"smtp://127.0.0.1:{server.port}").send(a_mail())
    met = [wrong_password.value, no_passwords.value, not_encrypted.value]
    assert [code_of(fault) for fault in met] == [535, 0, 454]
    assert all(says_the_server_is_away(fault) and may_come_through(fault) for fault in met)


@pytest.mark.parametrize("hostile", ["a\r\nBcc: b@example.se", "a\nb"])
def test_a_header_cannot_be_injected(hostile: str) -> None:
    with pytest.raises(ValueError, match="line"):
        compose(sender="a@example.se", to="b@example.se", subject=hostile, body="", message_id="<1@x>", written="")


@pytest.mark.parametrize(
    "to",
    [
        "b@example.se, c@example.se",
        "B <b@example.se>, c@example.se",
        "=?utf-8?q?b=0D=0A?=@x.se",
        f"b@{'x' * 243}.example.se",
    ],
)
def test_a_mail_has_one_reader(to: str) -> None:
    with pytest.raises(ValueError):
        compose(sender="a@example.se", to=to, subject="Hej", body="", message_id="<1@x>", written="")


def test_an_encoded_word_in_a_subject_is_text_and_makes_no_header() -> None:
    hostile = "=?utf-8?q?Alma=0D=0ABcc:_ond=40example.net?="
    made = compose(sender="a@example.se", to="b@example.se", subject=hostile, body="", message_id="<1@x>", written="")
    assert "Bcc" not in message_from_bytes(made.as_bytes(), policy=default)
    assert b"Bcc" in made.as_bytes()


def test_a_domain_with_letters_of_its_own_is_written_as_every_server_takes_it() -> None:
    with serving(enable_SMTPUTF8=False) as server:
        said = {"sender": "a@example.se", "subject": "Hej", "body": "Hej.\n", "message_id": "<1@x>", "written": ""}
        mail = compose(to="anna@malmö.example", **said)
        SmtpSender(f"smtp://127.0.0.1:{server.port}").send(mail)
    assert mail["To"] == "anna@xn--malm-8qa.example" and server.mails == [False]
