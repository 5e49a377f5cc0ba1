"""What has become of a mail: four states worked out from what its row says, and plain reasons for a no. PURE."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from portal.refusal import N_


class MailState(StrEnum):
    """Written → (tried →) handed over or given up. What happens after the server has taken a mail, no server tells."""

    WRITTEN = "written"  # waits for its turn
    TRIED = "tried"  # tried at least once, and tried again
    HANDED_OVER = "handed_over"  # the mail server said 250: it has it
    GIVEN_UP = "given_up"  # refused for good, or in vain for days; or let go of before it was sent


@dataclass(frozen=True, slots=True)
class MailStatus:
    """One mail of the outbox. ``fault`` is the kind of fault it met last, with the server's code; empty where none."""

    once: str
    written_at: datetime
    due_at: datetime
    sent_at: datetime | None
    given_up_at: datetime | None
    tries: int
    fault: str

    @property
    def state(self) -> MailState:
        """Which of the four it is in."""
        if self.sent_at is not None:
            return MailState.HANDED_OVER
        if self.given_up_at is not None:
            return MailState.GIVEN_UP
        return MailState.TRIED if self.tries and self.fault else MailState.WRITTEN

    @property
    def at(self) -> datetime:
        """When it came into that state; of one that is tried again, when that will be."""
        if self.state is MailState.TRIED:
            return self.due_at
        return self.sent_at or self.given_up_at or self.written_at

    def since(self, at: datetime | None) -> datetime | None:
        """That instant where it came after the mail was written: what its link leads to was opened, or answered."""
        return at if at is not None and at >= self.written_at else None

    @property
    def reason(self) -> str:
        """Why it has not been handed over, in a sentence to translate; empty where nothing went wrong."""
        if self.state is MailState.GIVEN_UP and not self.fault:
            return _LET_GO
        return reason_of(self.fault) if self.state in (MailState.TRIED, MailState.GIVEN_UP) else ""


_NO_SUCH_READER: Final = N_("Mottagarens e-postserver säger nej: adressen finns inte, eller tar inte emot.")
_NOT_NOW: Final = N_("Mottagarens e-postserver kan inte ta emot just nu.")
_NOT_THIS: Final = N_("E-postservern tar inte emot mejlet.")
_AWAY: Final = N_("E-postservern svarar inte.")
_NOT_LET_IN: Final = N_("E-postservern släpper inte in portalen. Den som driver portalen behöver titta på det.")
_UNKNOWN: Final = N_("Det gick inte att skicka mejlet. Den som driver portalen behöver titta på det.")
_CANNOT: Final = N_("Adressen går inte att skicka till.")
_LET_GO: Final = N_("Det blev aldrig skickat: adressen var ändrad, eller ansökan tillbakatagen, innan det hann gå.")

# By the name of the fault (`mail.services` keeps it with the server's code): what it means for a no and for a not yet.
_REASONS: Final = {
    "SMTPRecipientsRefused": (_NO_SUCH_READER, _NOT_NOW),
    "SMTPDataError": (_NOT_THIS, _NOT_NOW),
    "SMTPSenderRefused": (_NOT_THIS, _NOT_NOW),
    "NotLetIn": (_NOT_LET_IN, _NOT_LET_IN),
    "SMTPNotSupportedError": (_CANNOT, _CANNOT),
    "ValueError": (_CANNOT, _CANNOT),
    "UnicodeEncodeError": (_CANNOT, _CANNOT),
}
_SAYS_NOTHING: Final = {
    "BrokenPipeError",
    "ConnectionRefusedError",
    "ConnectionResetError",
    "OSError",
    "SMTPConnectError",
    "SMTPServerDisconnected",
    "SSLCertVerificationError",
    "SSLError",
    "TimeoutError",
    "gaierror",
}


def says_that_the_server_was_away(fault: str) -> bool:
    """Whether a fault as the outbox keeps it was the server's and not the mail's: see `engines.says_the_server_is_away`."""
    return fault.partition(" ")[0] in _SAYS_NOTHING | {"NotLetIn"}


def reason_of(fault: str) -> str:
    """The sentence for a fault as the outbox keeps it ("SMTPRecipientsRefused 550")."""
    name, _, code = fault.partition(" ")
    if name in _SAYS_NOTHING:
        return _AWAY
    for_good, for_now = _REASONS.get(name, (_UNKNOWN, _UNKNOWN))
    return for_now if code.startswith("4") else for_good
