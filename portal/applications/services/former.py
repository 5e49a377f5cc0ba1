"""What an authority was sent before a change: the former texts and answers, and the files that were replaced, with when;
and what came with each arrival, whatever has come since."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.applications.queries import CHANGE_PLACE, changes_of
from portal.applications.questions import Reply
from portal.applications.services.drafting import read_written, texts_of
from portal.documents.engines.child import LETTER
from portal.documents.models import Document
from portal.documents.queries import all_documents_of
from portal.vault.services import ApplicationKey


@dataclass(frozen=True, slots=True)
class Former:
    """What one change put something else in place of. ``number`` is the arrival number of the change, ``texts`` are by the
    names of `drafting.SEALED`, empty where nothing stood there; ``documents`` are the files as rows with their names."""

    changed_at: datetime
    number: int | None
    texts: Mapping[str, str]
    answers: Mapping[UUID, Reply]
    documents: Sequence[tuple[Document, str]]


@dataclass(frozen=True, slots=True)
class Arrived:
    """What came with one arrival: texts by the names of `drafting.SEALED`, answers by criterion, and of a change the names of
    files that came with it and of those that went. A change brings what it changed alone; what it emptied is empty."""

    texts: Mapping[str, str]
    answers: Mapping[UUID, Reply]
    came: Sequence[str] = ()
    went: Sequence[str] = ()


def as_it_arrived(
    session: Session, application: Application, key: ApplicationKey, number: int | None = None
) -> Arrived | None:
    """What came with the change that has this arrival number, or without one what the application itself said. What stands
    there now is gone back from, change by change: neither says anything else when another change comes. None for a change
    that is not kept."""
    written = read_written(session, application, key)
    texts, answers = texts_of(written), dict(written.replies)
    for former in former_of(session, application, key):
        if former.number == number:
            came = [row for row in all_documents_of(session, application.id) if row.created_at == former.changed_at]
            return Arrived(
                {name: texts[name] for name in former.texts},
                {id: answers.get(id, Reply()) for id in former.answers},
                [key.open_text("document.name", row.name_sealed) for row in came if row.kind != LETTER],
                [name for row, name in former.documents if row.kind != LETTER],
            )
        texts.update(former.texts)
        answers.update(former.answers)
    return Arrived(texts, answers) if number is None else None


def former_of(session: Session, application: Application, key: ApplicationKey) -> list[Former]:
    """What is kept beside the newest, the latest change first. Empty where a party is controller: it keeps nothing."""
    replaced: dict[datetime, list[tuple[Document, str]]] = {}
    for document in all_documents_of(session, application.id):
        if document.replaced_at is not None:
            name = key.open_text("document.name", document.name_sealed)
            replaced.setdefault(document.replaced_at, []).append((document, name))
    found = []
    for change in reversed(changes_of(session, application.id)):
        if change.former_sealed is None:
            continue
        said = json.loads(key.open_text(CHANGE_PLACE, change.former_sealed))
        answers = {UUID(id): Reply.from_json(text) for id, text in said["answers"].items()}
        files = replaced.get(change.arrived_at, [])
        found.append(Former(change.arrived_at, change.arrival_number, said["texts"], answers, files))
    return found
