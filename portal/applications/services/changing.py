"""What was sent is changed before the deadline: the newest is what everybody reads, and each change has its instant.

An authority was sent the former too, and keeps it as the public record it is (TF 2:9): the change is a further arrival with a
number of its own. A party keeps the newest alone, and erases what it replaces (GDPR art. 5.1 c).
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from portal import scope
from portal.ads.models import PublishedAd
from portal.ads.queries import version_in_force
from portal.applications import emails
from portal.applications.changes import (
    OF_SLOT,
    OF_TEXT,
    AdIsGone,
    ApplyAgain,
    ChangesClosed,
    LiesSealed,
    Part,
    ProtectedStays,
    RecruitmentIsOver,
    TakenBack,
    may_change,
)
from portal.applications.completeness import missing_of
from portal.applications.meanwhile import Meanwhile, meanwhile
from portal.applications.models import Application, ApplicationChange
from portal.applications.queries import CHANGE_PLACE, changes_of, masked_texts_of
from portal.applications.questions import Reply
from portal.applications.services.drafting import SEALED, Written, read_written, texts_of, write_details, write_replies
from portal.applications.services.papers import Uploads, changed_since, leave_out_the_same, refuse_the_sixth, slots_in
from portal.applications.services.sending import missing_in
from portal.applications.services.withdrawing import is_erased_when_ended
from portal.applications.states import State
from portal.audit.services import CANDIDATE, record
from portal.documents.engines.child import LETTER
from portal.documents.models import Document
from portal.documents.queries import documents_of
from portal.documents.services import Sealed, add_document, remove_document
from portal.jobs.services import announce
from portal.posts.employer_model import Employer, model_for
from portal.register.kinds import Kind
from portal.register.services import enter_in_register
from portal.seen import Seen
from portal.vault.services import ApplicationKey


@dataclass(frozen=True, slots=True)
class Change:
    """What came in. ``letter`` is the typed letter as a sealed document; ``remove`` a document to take away."""

    texts: Mapping[str, str] = field(default_factory=dict)
    replies: Mapping[UUID, Reply] = field(default_factory=dict)
    uploads: Uploads = field(default_factory=Uploads)
    attachment_kind: str = ""
    letter: Sealed | None = None
    remove: UUID | None = None
    stay: frozenset[str] = frozenset()  # places whose file is not replaced: see `papers.changed_since`


def open_for_changes(application: Application, ad: PublishedAd, at: datetime) -> bool:
    """Whether what arrives at ``at`` still changes this application; never one under a code name."""
    return not application.protected and in_time_to_change(application, ad, at)


def in_time_to_change(application: Application, ad: PublishedAd, at: datetime) -> bool:
    """Whether there is time left for it; under a code name, to take it back and apply again."""
    return may_change(at=at, closes_at=ad.closes_at, withdrawn=ad.withdrawn, ended=ad.ended, state=application.state)


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of it: what another window had saved, which of what the ad asks for was to be taken away and stays, and
    the places where a file was put beside another window's."""

    beside: Meanwhile
    still_asked: frozenset[str] = frozenset()
    doubled: frozenset[str] = frozenset()


def closed_for(application: Application, ad: PublishedAd, at: datetime) -> ChangesClosed:
    """Why it cannot be changed."""
    if application.protected:
        return ApplyAgain() if in_time_to_change(application, ad, at) else ProtectedStays()
    if application.state == State.WITHDRAWN:
        return LiesSealed() if application.ran_out else TakenBack()
    if ad.withdrawn:
        return AdIsGone()
    return RecruitmentIsOver() if ad.ended else ChangesClosed()


def change_application(
    session: Session, *, application_id: UUID, key: ApplicationKey, ad: PublishedAd, change: Change, seen: Seen,
    at: datetime,
) -> Changed:  # fmt: skip
    """Put what came in place of what was there, as of ``at``; what another window has saved since ``seen`` stands, and is
    returned to be chosen between, and what the ad asks for is not taken away. The same again changes nothing. Raises
    `ChangesClosed`."""
    ad = version_in_force(session, ad.ad_id) or ad  # it may have been taken back while a file was read
    application = session.get_one(Application, application_id, with_for_update=True)
    if not open_for_changes(application, ad, at):
        raise closed_for(application, ad, at)
    before = read_written(session, application, key)
    stay = changed_since(documents_of(session, application.id), seen, application.version)
    change = replace(change, stay=stay)
    beside = meanwhile(
        texts_of(before), before.replies, change.texts, change.replies, seen=seen, version=application.version
    )
    texts = {name: text for name, text in change.texts.items() if _is_new(name, text, before, beside)}
    replies = {
        id: reply
        for id, reply in change.replies.items()
        if not beside.stands(id) and reply != before.replies.get(id, Reply())
    }
    leave_out_the_same(session, application, change.uploads, change.attachment_kind)
    still_asked = _would_lack(session, application, ad, change, texts)
    texts = {name: text for name, text in texts.items() if name not in still_asked}
    if still_asked.intersection(_removed_slot(session, application, change)):
        change = replace(change, remove=None)
    parts = _put_files(session, application, change, "letter" in texts, at)
    parts |= {OF_TEXT[name] for name in texts} | ({Part.ANSWERS} if replies else set())
    changed = Changed(beside, still_asked, _doubled(session, application, change))
    if not parts:
        return changed
    write_texts(session, application, key, ad, texts, replies, at)
    note_change(session, application, key, before=before, texts=texts, replies=replies, parts=parts, at=at)
    if Part.DETAILS in parts and before.email:  # whoever reads the address learns of it, as after the last day
        emails.post_details_changed(session, application, to=before.email, at=at)
    return changed


def _would_lack(
    session: Session, application: Application, ad: PublishedAd, change: Change, texts: Mapping[str, str]
) -> frozenset[str]:
    """What the ad asks for that would be missing afterwards and is not now, by the names of `missing_of`."""
    known = documents_of(session, application.id)
    lacked = {row.field for row in missing_in(application, ad.content, known)}
    gone = {one.id for one in _replaced(known, change, "letter" in texts)}
    filled = {name for name in SEALED if texts.get(name, getattr(application, f"{name}_sealed"))}
    slots = [*slots_in([one for one in known if one.id not in gone]), *change.uploads.sealed]
    consented = application.consented_at is not None
    after = missing_of(ad.content, filled=filled, slots=slots, consented=consented)
    return frozenset(row.field for row in after if not row.doubled) - lacked


def _doubled(session: Session, application: Application, change: Change) -> frozenset[str]:
    there = Counter(slots_in(documents_of(session, application.id))) if change.stay else Counter[str]()
    return frozenset(slot for slot in change.uploads.sealed if slot in change.stay and there[slot] > 1)


def _removed_slot(session: Session, application: Application, change: Change) -> set[str]:
    return {one.slot for one in documents_of(session, application.id) if one.id == change.remove}


def _is_new(name: str, text: str, before: Written, beside: Meanwhile) -> bool:
    return not beside.stands(name) and text != getattr(before, name)


def write_texts(
    session: Session, application: Application, key: ApplicationKey, ad: PublishedAd, texts: Mapping[str, str],
    replies: Mapping[UUID, Reply], at: datetime,
) -> None:  # fmt: skip
    """Texts and answers in place of the former; what a blind review had covered of those is begun anew."""
    write_details(session, application=application, key=key, texts=texts, ad=ad, language=application.language, at=at)
    write_replies(session, application=application, key=key, replies=replies)
    stale = {*(str(id) for id in replies), *texts}
    for masked in masked_texts_of(session, application.id):
        if masked.place in stale:
            session.delete(masked)
    session.flush()


def _put_files(session: Session, application: Application, change: Change, new_letter: bool, at: datetime) -> set[Part]:
    """Files in place of the former, and what is to go away; which parts that changed."""
    parts = set[Part]()
    for document in _replaced(documents_of(session, application.id), change, new_letter):
        _retire(session, application, document, at)
        parts.add(OF_SLOT[document.slot])
    refuse_the_sixth(session, application, change.uploads)
    for slot, sealed in change.uploads.sealed.items():
        kind = change.attachment_kind if slot == "attachment" else ""
        add_document(session, owner=application, slot=slot, sealed=sealed, at=at, attachment_kind=kind)
        parts.add(OF_SLOT[slot])
    if new_letter and change.letter is not None:
        add_document(session, owner=application, slot="letter", sealed=change.letter, at=at)
    return parts


def _replaced(known: Sequence[Document], change: Change, new_letter: bool) -> Iterator[Document]:
    """Those that go: another is put in their place, or they are taken away."""
    for document in known:
        typed = document.kind == LETTER
        taken = document.slot in change.uploads.sealed and document.slot != "attachment"
        replaced = taken and not typed and document.slot not in change.stay
        if replaced or (typed and new_letter) or (document.id == change.remove and not typed):
            yield document


def _retire(session: Session, application: Application, document: Document, at: datetime) -> None:
    if is_erased_when_ended(application):
        remove_document(session, document)
    else:
        document.replaced_at = at
        session.flush()


def note_change(
    session: Session, application: Application, key: ApplicationKey, *, before: Written, texts: Collection[str],
    replies: Collection[UUID], parts: Iterable[Part], at: datetime, by: str = CANDIDATE,
) -> None:  # fmt: skip
    """The change's own row, its audit line, and the news of it; the former texts where they are kept."""
    named, by_authority = sorted(parts), application.controller_id == application.authority_id
    numbered = by_authority and model_for(Employer.AUTHORITY).arrival_numbers
    change = ApplicationChange(
        id=uuid4(),
        application_id=application.id,
        party_id=application.party_id,
        authority_id=application.authority_id,
        controller_id=application.controller_id,
        with_authority=application.with_authority,
        number=len(changes_of(session, application.id)) + 1,
        arrived_at=at,
        parts=[part.value for part in named],
        former_sealed=key.seal_text(CHANGE_PLACE, _former(before, texts, replies)) if by_authority else None,
    )
    if numbered:
        (entry,) = enter_in_register(session, owner=change, records=[(Kind.CHANGE, change.id)], at=at)
        change.arrival_number = entry.register_number
    session.add(change)
    session.flush()
    record(
        session, chain=application.party_id, at=at, actor=by, verb="application.changed",
        object_id=application.id, reason=" ".join(named),
    )  # fmt: skip
    party = scope.party(application.party_id)
    announce(session, "application.changed", subject_id=application.id, at=at, scope=party)


def _former(before: Written, texts: Collection[str], replies: Collection[UUID]) -> str:
    """What stood there before, as it is sealed: the changed texts by name, and answers by criterion."""
    answers = {str(id): before.replies.get(id, Reply()).as_json() for id in replies}
    return json.dumps(
        {"texts": {name: getattr(before, name) for name in texts}, "answers": answers}, ensure_ascii=False
    )
