"""Sending one mail: by SMTP, or, where the in-app mailbox is all there is, by leaving it in the outbox."""

import hashlib
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.policy import SMTP
from ipaddress import ip_address
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

import idna

ENCODED_WORD = "=?"
LONGEST_ADDRESS = 254  # octets, the brackets around it apart
_TIMEOUT_SECONDS = 20  # for each answer of the server but that it has the mail
_LONGEST_SECONDS = 240  # for all of them: less than a mail is claimed for
_TOO_LARGE = 552


class NotLetIn(smtplib.SMTPException):
    """The server, or our own care, ended it before any mail was shown: no mail's fault. ``code`` is the server's, or 0."""

    def __init__(self, why: str, code: int = 0) -> None:
        super().__init__(why)
        self.code = code


class Sender(Protocol):
    """Sends a mail or raises `OSError` (`smtplib.SMTPException` is one). ``try_it`` does all but that."""

    def send(self, message: EmailMessage) -> None: ...

    def try_it(self) -> None: ...


class MailboxSender:
    """The null twin: the demo's mailbox page reads the outbox itself."""

    def send(self, message: EmailMessage) -> None:
        """Nothing leaves the house."""
        message.as_bytes(policy=SMTP)

    def try_it(self) -> None:
        """It is there."""


class SmtpSender:
    """``smtp://user:password@host:587`` (STARTTLS where offered) or ``smtps://…`` (TLS from the start).

    The certificate must be good, by the machine's own authorities. No password goes to another machine in clear.
    """

    def __init__(self, url: str) -> None:
        self.url = urlsplit(url)

    def send(self, message: EmailMessage) -> None:
        """Done once the server has said that it has the mail. How it takes our leave changes nothing."""
        with self._entered() as server:
            _hand_over(server, message)

    def try_it(self) -> None:
        """Come as far as where a mail would be handed over, and take leave. Raises as `send` does."""
        with self._entered():
            pass

    @contextmanager
    def _entered(self) -> Iterator[smtplib.SMTP]:
        server = self._connect()
        try:
            self._enter(server)
            yield server
        finally:
            with suppress(OSError):
                server.quit()
            server.close()

    def _connect(self) -> smtplib.SMTP:
        """Raises `NotLetIn` where the server sends us away at the door, or says nothing that is an answer."""
        host, port = self.url.hostname or "localhost", self.url.port
        try:
            if self.url.scheme == "smtps":
                return _Tls(host, port or 465, timeout=_TIMEOUT_SECONDS, context=ssl.create_default_context())
            return _HungUp(host, port or 587, timeout=_TIMEOUT_SECONDS)
        except smtplib.SMTPResponseException as refusal:
            raise NotLetIn(str(refusal), code_of(refusal)) from refusal

    def _enter(self, server: smtplib.SMTP) -> None:
        """Encrypt where the server can, and log in where we are known. Raises `NotLetIn`, or what a hung up line does."""
        try:
            server.ehlo_or_helo_if_needed()  # only then does it say what it can
            is_private = self.url.scheme == "smtps" or _is_this_machine(self.url.hostname)
            if self.url.scheme == "smtp" and server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
                is_private = True
            if not self.url.username:
                return
            if not is_private:
                raise NotLetIn("the server offers no encryption, and the password is not sent in clear")
            server.login(unquote(self.url.username), unquote(self.url.password or ""))
        except (smtplib.SMTPResponseException, smtplib.SMTPNotSupportedError) as refusal:
            raise NotLetIn(str(refusal), code_of(refusal)) from refusal
        except UnicodeError as fault:  # a password that the library cannot say
            raise NotLetIn("the name or the password cannot be said to the server") from fault


class _HungUp(smtplib.SMTP):
    """Hangs up on a server that answers line after line without an end: a time-out is for each reading alone."""

    _alarm: threading.Timer | None = None

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        made: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        self._alarm = threading.Timer(_LONGEST_SECONDS, self._hang_up)
        self._alarm.daemon = True
        self._alarm.start()
        return made

    def _hang_up(self) -> None:
        with suppress(OSError):  # closed meanwhile
            if self.sock is not None:
                self.sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """With the alarm, whoever closes."""
        if self._alarm is not None:
            self._alarm.cancel()
        super().close()

    def data(self, msg: Any) -> tuple[int, bytes]:
        """A server may look through a whole mail before it says that it has it (RFC 5321 4.5.3.2.6: for ten minutes). Whoever
        leaves before that sends the same mail again, and again."""
        if self.sock is not None:
            self.sock.settimeout(_LONGEST_SECONDS)
        try:
            return super().data(msg)
        finally:
            if self.sock is not None:
                self.sock.settimeout(_TIMEOUT_SECONDS)


class _Tls(_HungUp, smtplib.SMTP_SSL):
    """Encrypted from the start."""


def _hand_over(server: smtplib.SMTP, message: EmailMessage) -> None:
    """That our own address is refused is no mail's fault: the next one has the same. One that is too large is refused there
    too (RFC 1870), and is."""
    try:
        server.send_message(message)
    except smtplib.SMTPSenderRefused as refusal:
        if refusal.smtp_code == _TOO_LARGE:
            raise
        raise NotLetIn(str(refusal), code_of(refusal)) from refusal


def _is_this_machine(host: str | None) -> bool:
    """What is said to it crosses no network."""
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return host == "localhost"


def code_of(fault: Exception) -> int:
    """The server's own answer behind a fault: 4xx for later, 5xx for never; 0 where it gave none."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return max((code for code, _words in fault.recipients.values()), default=0)
    if isinstance(fault, NotLetIn):
        return fault.code
    return int(fault.smtp_code) if isinstance(fault, smtplib.SMTPResponseException) else 0


def says_the_server_is_away(fault: Exception) -> bool:
    """No answer, hung up, or not let in: the next mail would meet the same. A refusal of this one mail is no such thing."""
    if isinstance(fault, NotLetIn):
        return True
    return isinstance(fault, OSError) and code_of(fault) == 0 and not isinstance(fault, smtplib.SMTPNotSupportedError)


def may_come_through(fault: Exception) -> bool:
    """Whether trying for days is worth it: the server was away, or asked for it. Not a 5xx, and not a fault of ours."""
    return says_the_server_is_away(fault) or 400 <= code_of(fault) < 500


def open_sender(smtp_url: str) -> Sender:
    """The sender that ``PORTAL_SMTP_URL`` names; the mailbox when it is empty."""
    return SmtpSender(smtp_url) if smtp_url else MailboxSender()


def _for_every_server(address: str) -> str:
    """With a domain in letters of its own as IDNA has it: servers without SMTPUTF8 (RFC 6531) take nothing else. It means the
    same to the others, and pages show the address as it was typed."""
    local, at, domain = address.rpartition("@")
    if not domain.isascii():
        with suppress(UnicodeError):  # idna.IDNAError among them: it stays as it is, and is refused if it must be
            domain = idna.encode(domain, uts46=True).decode("ascii")
    return local + at + domain


def compose(
    *,
    sender: str,
    to: str,
    subject: str,
    body: str,
    message_id: str,
    written: str,
    html: str = "",
    language: str = "sv",
) -> EmailMessage:
    """A mail to one address, as plain text and, where ``html`` is given, as that too: the same bytes each time.

    Line breaks in subject or address raise `ValueError`, and so does a second address or one that no server takes (RFC 5321
    4.5.3.1.3): neither a header nor a reader can be injected. What looks like an encoded word ("=?utf-8?q?=0D=0A…") would be
    decoded by the library, line breaks and all: in the subject it is spelt apart, in an address it is refused.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = to = _for_every_server(to)
    if len(message["To"].addresses) != 1 or ENCODED_WORD in to or len(to.encode()) > LONGEST_ADDRESS:
        raise ValueError("a mail has one reader")
    message["Subject"] = subject.replace(ENCODED_WORD, "= ?")
    message["Date"] = written
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(body)
    if html:
        message.add_alternative(html, subtype="html")
        message.set_boundary(f"=_{hashlib.sha256(message_id.encode()).hexdigest()[:32]}")
    message["Content-Language"] = language  # last: what it says of the content moves with it into a part
    return message
