"""Page two is kept: texts, answers and files together, whatever of it could be kept."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from portal import clock
from portal.applications.models import Application
from portal.applications.services.drafting import key_of
from portal.db import after_commit
from portal.documents.engines.child import LETTER
from portal.documents.engines.reader import BUDGET
from portal.documents.kinds import shown_name
from portal.documents.models import Document
from portal.documents.queries import documents_of
from portal.documents.reading import DocumentRefused, Verdict
from portal.documents.services import REFUSED, Sealed, add_document, delete_blobs, read_and_seal, remove_document
from portal.refusal import N_, Refusal
from portal.seen import NOT_TOLD, Seen
from portal.vault.services import ApplicationKey
from portal.web.bodies import KEPT_OF_A_FILE, KeptFile
from portal.web.filters import time_ahead
from portal.web.rates import in_seconds

MOST_ATTACHMENTS, OF_ONE = 5, ("cv", "letter")
NAME = "document.name"


class TogetherTooBig(Refusal):
    """Each file is small enough, but not all of them could be kept of one sending."""

    text = N_("Filerna blev för stora tillsammans, så %(name)s togs inte emot. Spara en fil i taget.")


class NoFileChosen(Refusal):
    """A file's own button was pressed with nothing chosen."""

    text = N_("Ingen fil är vald. Välj en fil och tryck sedan på knappen igen.")


class TooManyAttachments(Refusal):
    """The places for attachments are filled."""

    text = N_("Du har redan fem bilagor. Ta bort en av dem om du vill lägga till %(name)s.")


class TooManyFiles(Refusal):
    """The network has sent as many files as it may in an hour."""

    text = N_(
        "Det har kommit många filer från ditt nät den senaste timmen, så %(name)s togs inte emot. "
        "Välj den igen efter kl. %(time)s, eller på ett annat nät."
    )


@dataclass(slots=True)
class Uploads:
    """What became of the chosen files, by slot: sealed, or refused with a sentence. ``wait``: seconds, where to wait."""

    names: dict[str, str] = field(default_factory=dict)
    sealed: dict[str, Sealed] = field(default_factory=dict)
    refused: dict[str, Refusal] = field(default_factory=dict)
    wait: int = 0

    def with_let_go(self, told: Iterable[str]) -> "Uploads":
        """With the files that the page let go of by itself, each told as its slot, why and its name: they were never sent,
        and are refused with the same sentence. A file that was chosen instead is what counts."""
        for slot, _, rest in (one.partition(" ") for one in told):
            why, _, name = rest.partition(" ")
            if why in (Verdict.too_big, Verdict.wrong_kind) and slot not in self.names:
                self.refused[slot] = DocumentRefused(Verdict(why), name=shown_name(name))
        return self


def turn_away(files: Mapping[str, FileStorage], *, wait: int) -> Uploads:
    """Take none of the files in: the network has to wait so many seconds."""
    time = time_ahead(in_seconds(wait))
    refused = {slot: TooManyFiles(name=shown_name(file.filename or ""), time=time) for slot, file in files.items()}
    return Uploads(refused=dict(refused), wait=wait)


def take_in(files: Mapping[str, FileStorage], *, key: ApplicationKey, attachments: int) -> Uploads:
    """Read and seal the chosen files, outside every unit of work. Together they have the time of one file."""
    until = clock.monotonic() + BUDGET
    uploads = Uploads()
    for slot, file in files.items():
        name = uploads.names[slot] = shown_name(file.filename or "")
        try:
            _refuse_unkept(file, name)
            if slot == "attachment" and attachments >= MOST_ATTACHMENTS:
                raise TooManyAttachments(name=name)
            uploads.sealed[slot] = read_and_seal(file.read(), name=file.filename or "", key=key, until=until)
        except Refusal as refusal:
            uploads.refused[slot] = refusal
    return uploads


def _refuse_unkept(file: FileStorage, name: str) -> None:
    stream = file.stream
    if isinstance(stream, KeptFile) and stream.too_big:
        if stream.size > KEPT_OF_A_FILE:
            raise DocumentRefused(Verdict.too_big, name=name)
        raise TogetherTooBig(name=name)


def shown_files(documents: Iterable[Document]) -> dict[str, str]:
    """Which CV and which letter lie there, as a page marks what it was opened with: see `portal.seen`."""
    ids = defaultdict(list)
    for document in documents:
        if document.slot in OF_ONE and document.kind != LETTER:
            ids[document.slot].append(str(document.id))
    return {f"file_{slot}": " ".join(sorted(there)) for slot, there in ids.items()}


def changed_since(documents: Iterable[Document], seen: Seen, version: int) -> frozenset[str]:
    """The places of a CV or letter in which another window has put a file since the page was opened with ``seen``: what the
    page brings takes no such file's place, and stands beside it until one of them is taken away."""
    if seen.version in (None, version):
        return frozenset()
    there = shown_files(documents)
    return frozenset(name.removeprefix("file_") for name, ids in there.items() if not seen.shown(name, ids))


def keep_uploads(
    session: Session, *, application: Application, uploads: Uploads, at: datetime, attachment_kind: str = "",
    seen: Seen = NOT_TOLD,
) -> None:  # fmt: skip
    """Write the rows of what was sealed. A new CV or letter takes the former one's place, but for `changed_since`.
    ``application`` is held; a draft lies on as long from here as from any other change."""
    application.changed_at = at
    leave_out_the_same(session, application, uploads, attachment_kind)
    refuse_the_sixth(session, application, uploads)
    former = documents_of(session, application.id)
    stay = changed_since(former, seen, application.version)
    for slot, sealed in uploads.sealed.items():
        for document in former:
            if document.slot == slot and slot in OF_ONE and slot not in stay:
                remove_document(session, document)
        kind = attachment_kind if slot == "attachment" else ""
        add_document(session, owner=application, slot=slot, sealed=sealed, at=at, attachment_kind=kind)


def slots_in(documents: Sequence[Document]) -> list[str]:
    """The places that hold a file that can be read."""
    return [document.slot for document in documents if document.state != REFUSED and document.kind != LETTER]


def leave_out_the_same(session: Session, application: Application, uploads: Uploads, attachment_kind: str = "") -> None:
    """Once the application is held: a file that is there already, of the same name, bytes and kind in the same place, is not
    added once more. A second press of its button sends it again. One that could not be read is sent anew to be read."""
    key = key_of(application)

    def what(slot: str, file: Document | Sealed, kind: str) -> tuple[str, str, str, str]:
        checksum = key.open_text("document.checksum", file.checksum_sealed)
        return slot, kind, checksum, key.open_text(NAME, file.name_sealed)

    there = {
        what(row.slot, row, row.attachment_kind or "")
        for row in documents_of(session, application.id)
        if uploads.sealed and row.kind != LETTER and row.state != REFUSED
    }
    for slot, sealed in list(uploads.sealed.items()):
        if what(slot, sealed, attachment_kind if slot == "attachment" else "") in there:
            after_commit(session, partial(delete_blobs, uploads.sealed.pop(slot).blobs))


def refuse_the_sixth(session: Session, application: Application, uploads: Uploads) -> None:
    """Once the application is held: no attachment where another window has filled the last place while it was read."""
    present = sum(document.slot == "attachment" for document in documents_of(session, application.id))
    if present < MOST_ATTACHMENTS or "attachment" not in uploads.sealed:
        return
    sealed = uploads.sealed.pop("attachment")
    uploads.refused["attachment"] = TooManyAttachments(name=uploads.names["attachment"])
    after_commit(session, lambda: delete_blobs(sealed.blobs))


def remove_own_document(session: Session, *, application: Application, document_id: UUID, at: datetime) -> None:
    """Take one of the draft's own documents away; an id that is not among them changes nothing."""
    application.changed_at = at
    for document in documents_of(session, application.id):
        if document.id == document_id:
            remove_document(session, document)
