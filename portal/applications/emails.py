"""The candidate's mails. Neutral subject and text: no name of party, ad or person; links, times and checksums only."""

from datetime import date, datetime
from hashlib import sha256
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.applications.queries import has_no_hour
from portal.applications.states import Step
from portal.mail.queries import posted
from portal.mail.services import Letter, post, put, write_letter
from portal.web.addresses import absolute

RECEIPT: Final = "Kvittot"
STEPS: Final = {
    Step.ASSESSED: "Att ansökan bedöms",
    Step.INTERVIEW: "Kallelsen",
    Step.AD_WITHDRAWN: "Att annonsen är tillbakadragen",
}


def post_receipt(
    session: Session,
    application: Application,
    *,
    to: str,
    token: str,
    checksums: list[tuple[str, str]],
    by_day: bool,
    may_change: bool,
    at: datetime,
) -> None:
    """The receipt: when it arrived, the checksum of every file, and the private link. Once for each link. ``by_day``: of
    that the day alone is known. ``may_change``: the last day has not passed."""
    letter = write_letter(
        "receipt",
        to=to,
        language=application.language,
        application=application,
        by_day=by_day,
        checksums=checksums,
        may_change=may_change,
        link=absolute("applications.private", language=application.language, token=token),
    )
    _post_once_a_link(session, application, letter, kind="receipt", token=token, at=at)


def post_proposal(session: Session, application: Application, *, to: str, token: str, at: datetime) -> None:
    """The question to whoever reads the address: put the second one in place of the first, or keep the first. Once for
    each link."""
    letter = write_letter(
        "proposal",
        to=to,
        language=application.language,
        application=application,
        by_day=has_no_hour(session, application),
        link=absolute("privacy.proposal", language=application.language, token=token),
    )
    _post_once_a_link(session, application, letter, kind="proposal", token=token, at=at)


def post_alone(
    session: Session, application: Application, *, to: str, token: str, taken_back: bool, once: str, at: datetime
) -> None:
    """The same question where the first one was ``taken_back``, or has another address: is this one to count? ``once`` names
    the mail."""
    link = absolute("privacy.proposal", language=application.language, token=token)
    said = {
        "application": application,
        "taken_back": taken_back,
        "link": link,
        "by_day": has_no_hour(session, application),
    }
    letter = write_letter("proposal_alone", to=to, language=application.language, **said)
    _post(session, application.controller_id, letter, once=once, at=at)


def post_draft(session: Session, application: Application, *, to: str, token: str, at: datetime) -> None:
    """The private link of a draft. Once for each link."""
    letter = write_letter(
        "draft",
        to=to,
        language=application.language,
        link=absolute("applications.private", language=application.language, token=token),
    )
    _post(session, application.controller_id, letter, once=f"draft:{_mark(token)}:{application.id}", at=at)


def post_code(session: Session, application: Application, *, to: str, code: str, at: datetime) -> None:
    """The code that lets the browser that asked for it in. Each is a mail of its own."""
    letter = write_letter("code", to=to, language=application.language, code=code)
    _post(session, application.controller_id, letter, once=f"code:{uuid4()}:{application.id}", at=at)


def post_withdrawn(
    session: Session, application: Application, *, to: str, left: str, until: date | None, at: datetime
) -> None:
    """That the application was taken back, and what is left of it: ``erased``, ``kept`` until a day, ``record``, or
    ``record_alone`` where the copies are erased. Once each."""
    letter = write_letter("withdrawn", to=to, language=application.language, left=left, until=until, at=at)
    _post(session, application.controller_id, letter, once=f"withdrawn:{left}:{application.id}", at=at)


def post_step(
    session: Session, application: Application, *, step: Step, to: str, token: str | None, at: datetime
) -> None:
    """That how it stands is told by another word now; which word is read on their own page. Once for each."""
    link = absolute("applications.private", language=application.language, token=token) if token else ""
    letter = write_letter("step", to=to, language=application.language, link=link, asks=step is Step.INTERVIEW)
    _post(session, application.controller_id, letter, once=f"step:{step}:{application.id}", at=at)


def post_unreadable(
    session: Session, application: Application, document_id: UUID, *, to: str, token: str | None, may_change: bool,
    at: datetime,
) -> None:  # fmt: skip
    """That a file which was taken in unread turned out not to be one that can be. Once for each file. ``may_change``: another
    can still be sent."""
    link = absolute("applications.private", language=application.language, token=token) if token else ""
    letter = write_letter("unreadable", to=to, language=application.language, link=link, may_change=may_change)
    _post(session, application.controller_id, letter, once=f"unreadable:{document_id}:{application.id}", at=at)


def post_details_changed(session: Session, application: Application, *, to: str, at: datetime) -> None:
    """That name, address or telephone was changed. Without the link, for a former address may be a stranger's by now. Each
    change is a mail of its own."""
    letter = write_letter("details_changed", to=to, language=application.language, at=at)
    _post(session, application.controller_id, letter, once=f"details:{uuid4()}:{application.id}", at=at)


def names_of_mails(application_id: UUID, token: str | None) -> dict[str, str]:
    """The receipt and the mails about its steps, by their names in the outbox, with what each is in words. ``token`` is that
    of the private link."""
    receipts = {f"receipt:{application_id}": RECEIPT}
    if token is not None:  # a mended address has a receipt of its own
        receipts[f"receipt:{_mark(token)}:{application_id}"] = RECEIPT
    return receipts | {f"step:{step}:{application_id}": word for step, word in STEPS.items()}


def _post_once_a_link(
    session: Session, application: Application, letter: Letter, *, kind: str, token: str, at: datetime
) -> None:
    """The first mail of a kind is named by the application; where the address has been mended since, one by its new link."""
    first, anew = f"{kind}:{application.id}", f"{kind}:{_mark(token)}:{application.id}"
    there = posted(session, [first, anew])
    once = anew if first in there else first
    if once not in there:
        put(session, letter, once=once, at=at, controller_id=application.controller_id)


def _mark(token: str) -> str:
    """A name for what this link is told by: of its hash, so that nothing of the token is written down."""
    return sha256(token.encode()).hexdigest()[:12]


def _post(session: Session, controller_id: UUID, letter: Letter, *, once: str, at: datetime) -> None:
    post(session, letter, once=once, at=at, controller_id=controller_id)
