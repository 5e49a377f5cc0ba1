"""The receipt as a paper of the candidate's own: what was sent, with checksums, when it arrived, and what happens when."""

from collections.abc import Iterator
from typing import Any

from flask import Response, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from portal.ads.models import PublishedAd
from portal.applications.engines import receipt_pdf
from portal.applications.models import Application
from portal.applications.queries import has_no_hour
from portal.applications.routes.blueprint import applications
from portal.applications.routes.guards import of_ad, of_link, published_ad
from portal.applications.routes.shown import answers_in, copy_of, promised_dates, terms
from portal.applications.services.sending import was_late
from portal.applications.states import State
from portal.db import db
from portal.documents.engines.setter import TooMuchToSet
from portal.links.models import Purpose
from portal.refusal import N_, Refusal
from portal.web.filters import day, day_and_time, sum_of_money
from portal.web.headers import shut
from portal.web.language import language
from portal.web.limits import PAPERS_PER_APPLICATION
from portal.web.rates import the_rates
from portal.web.readings import reads_own

Block = dict[str, Any]


class ReceiptUnset(Refusal):
    """More than can be printed while somebody waits."""

    text = N_("Ansökan är för lång för att skrivas ut som en fil. Skriv ut sidan i stället.")


class ReceiptOften(Refusal):
    """Each is set anew, in the one place where all papers are set."""

    text = N_("Kvittot har hämtats många gånger den senaste timmen. Vänta en timme, eller skriv ut sidan i stället.")
    status = 429


@applications.get("/annonser/<reference>/ansok/kvitto.pdf")
@of_ad
def receipt_paper(ad: PublishedAd, application: Application | None) -> AnyResponse:
    """For the browser that sent it, as long as it shows the receipt."""
    if application is None or application.state == State.DRAFT:
        return redirect(url_for("applications.apply", reference=ad.reference), 303)
    return _paper(ad, application)


@applications.get("/ansokan/<token>/kvitto.pdf")
@of_link(Purpose.APPLICATION)
@reads_own("application.receipt_read")
def private_paper(application: Application, token: str) -> AnyResponse:
    """For whoever holds the private link: what stands there now."""
    return _paper(published_ad(application), application)


def _paper(ad: PublishedAd, application: Application) -> AnyResponse:
    if the_rates().take(PAPERS_PER_APPLICATION, "papers of", str(application.id)):
        raise ReceiptOften
    title = gettext("Kvitto på din ansökan")
    try:
        pdf = receipt_pdf(title=title, language=language(), blocks=list(_blocks(ad, application)))
    except TooMuchToSet:
        raise ReceiptUnset from None
    answer = Response(pdf, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = 'attachment; filename="Kvitto.pdf"'  # neutral, whoever sees the folder
    return shut(answer)


def _blocks(ad: PublishedAd, application: Application) -> Iterator[Block]:
    copy = copy_of(ad, application, lambda _picture: "", checksums=True)
    yield from _arrival(ad, application)
    written = copy["written"]
    yield _heading(gettext("Uppgifter"))
    yield _pairs(
        (gettext("Namn"), written.name), (gettext("E-post"), written.email), (gettext("Telefon"), written.phone)
    )
    yield _heading(gettext("Lön och start"))
    salary = (
        f"{sum_of_money(int(written.salary))} {gettext('kr per månad, räknat på heltid')}" if written.salary else ""
    )
    yield _pairs(
        (gettext("Löneanspråk"), salary or gettext("Inte angivet")),
        (gettext("Söker"), copy["posts"]),
        (gettext("Kan börja"), written.start or gettext("Inte angivet")),
    )
    yield from _answers(ad, written)
    if written.letter:
        yield _heading(gettext("Personligt brev"))
        yield from (_text(part) for part in written.letter.split("\n") if part.strip())
    yield from _files(copy["documents"])


def _arrival(ad: PublishedAd, application: Application) -> Iterator[Block]:
    assert application.submitted_at is not None
    told, came = terms(ad), gettext("%(when)s, svensk tid", when=day_and_time(application.submitted_at))
    if has_no_hour(db.session, application):
        came = day(application.submitted_at)
    yield _pairs(
        (gettext("Tjänst"), _swedish(ad.content["title"])),
        (gettext("Kom in"), came),
        (gettext("Tas emot av"), told["controller"]),
        (gettext("Sen ansökan"), gettext("Ja, efter sista ansökningsdag") if was_late(application, ad) else ""),
    )
    yield _heading(gettext("Vad som händer när"))
    yield _pairs(*((str(row["text"]), _when(row)) for row in promised_dates(ad, application)))


def _when(row: dict[str, Any]) -> str:
    if row.get("at"):
        return day_and_time(row["at"])
    return day(row["on"]) if row.get("on") else str(row["when_text"])


def _answers(ad: PublishedAd, written: Any) -> Iterator[Block]:
    rows = answers_in(ad, written)
    if rows:
        yield _heading(gettext("Svar på frågorna ur annonsen"))
    for row in rows:
        yield {"kind": "asked", **_swedish(row["question"].text)}
        yield _text("\n".join(part for part in (row["choice"], row["text"]) if part) or gettext("Inte besvarad"))


def _files(documents: dict[str, list[dict[str, Any]]]) -> Iterator[Block]:
    yield _heading(gettext("Handlingar"))
    files = [file for slot in documents.values() for file in slot]
    if not files:
        yield _text(gettext("Inga filer"))
    for file in files:
        about = ", ".join(part for part in (file["kind_text"], file["pages_text"], file["size_text"]) if part)
        yield _pairs(
            (file["slot"], f"{file['name']} ({about})" if about else file["name"]),
            (gettext("Kontrollsumma (SHA-256)"), file["checksum"]),
        )


def _heading(text: str) -> Block:
    return {"kind": "heading", "text": text}


def _text(text: str) -> Block:
    return {"kind": "text", "text": text, "swedish": False}


def _swedish(text: str) -> dict[str, Any]:
    return {"text": text, "swedish": True}


def _pairs(*rows: tuple[str, Any]) -> Block:
    """Label and value; a row without a value is left out."""
    shown = [(label, value if isinstance(value, dict) else {"text": value, "swedish": False}) for label, value in rows]
    return {"kind": "pairs", "rows": [[label, value] for label, value in shown if value["text"]]}
