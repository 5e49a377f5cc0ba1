"""Publishing and after: each step makes a new, unchanging version of what the public reads."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from portal.ads.checks import Mark, marks_of, stopping
from portal.ads.models import Ad, AdContact, AdCriterion, PublishedAd
from portal.ads.parts import to_act_on
from portal.ads.queries import ad_of, contacts_of, criteria_of, current_version_of, hold_version
from portal.ads.services.parts import NoSuchAd, keep_limit, plan_of
from portal.ads.services.room import claim_posts, keep_posts
from portal.ads.snapshot import content_of
from portal.ads.states import AdState, WrongState, moved, require_editable
from portal.ads.window import closes_at, is_open
from portal.audit.services import SYSTEM, person_actor, record
from portal.jobs.services import announce
from portal.organisations.models import Party
from portal.organisations.queries import retention_rules_of
from portal.refusal import N_, Refusal
from portal.seen import NOT_TOLD, Seen, texts_of
from portal.swedish_dates import swedish_day


class NotReady(Refusal):
    """The ad has red marks. ``marks`` are they."""

    text = N_("Annonsen går inte att publicera än. Rätta det som är rött först.")

    def __init__(self, marks: Sequence[Mark] = ()) -> None:
        self.marks = tuple(marks)
        super().__init__()


class AlreadyPublished(Refusal):
    """Nothing has changed since the ad was published: a second press on the same button."""

    text = N_("Annonsen är redan publicerad precis så här.")
    status = 409


class ChangedSince(Refusal):
    """The ad is no longer what was looked at before the button was pressed."""

    text = N_("Annonsen har ändrats sedan sidan öppnades. Titta på förhandsvisningen och publicera sedan igen.")
    status = 409


class NotLater(Refusal):
    """An ad that people rely on is only ever given more time."""

    text = N_("%(deadline)s är inte senare än %(present)s. Välj en senare dag.")
    field = "deadline"


class ExtendedPastStart(Refusal):
    """Nobody can be chosen after the work is to have begun. A year mistyped is found here too."""

    text = N_("%(deadline)s är inte före tillträdet %(starts)s. Välj en tidigare dag, eller flytta tillträdet först.")
    field = "deadline"


class ExtendedSomethingElse(ChangedSince):
    """The same before a later last day, which publishes whatever has been saved."""

    text = N_("Annonsen har ändrats sedan sidan öppnades. Titta på förhandsvisningen och förläng sedan igen.")


class AlreadyClosed(Refusal):
    """The last day is over, and the work that follows may have begun."""

    text = N_("Ansökningstiden gick ut %(present)s, så den går inte att förlänga. Gör en ny annons från den här.")
    field = "deadline"


def marks_on(session: Session, ad: Ad, *, on: date) -> list[Mark]:
    """What the ad checker says of the ad as it is stored."""
    party = session.get_one(Party, ad.party_id)
    rules = retention_rules_of(session, party.id, party.authority_id)
    version = current_version_of(session, ad.id) if ad.state != AdState.DRAFT else None
    start = version.content.get("earliest_start") if version is not None else None
    return marks_of(
        ad, criteria_of(session, ad.id), contacts_of(session, ad.id), party=party, rules=rules, on=on,
        published_start=date.fromisoformat(start) if start else None,
    )  # fmt: skip


def content_now(session: Session, ad: Ad) -> dict[str, Any]:
    """What would be published of the ad as it is stored."""
    party = session.get_one(Party, ad.party_id)
    return content_of(ad, criteria_of(session, ad.id), contacts_of(session, ad.id), party, party.authority)


def shown_now(session: Session, ad: Ad) -> dict[str, str]:
    """The one text that tells whether the ad as it is stored is still what a page was opened with."""
    return texts_of({"content": content_now(session, ad)}) if ad.employer else {"content": ""}


def publish_ad(
    session: Session, *, ad_id: UUID, person_id: UUID, at: datetime, on: date, seen: Seen = NOT_TOLD
) -> PublishedAd:
    """Publish a draft, or the changes of an ad that is out, and claim its posts. ``seen`` is what was looked at before.

    Raises NotReady with the red marks, AlreadyPublished, ChangedSince, NoRoom where more is sought than the party has left.
    """
    ad = _locked(session, ad_id)
    hold_version(session, ad_id)  # that its last day is over is told once, of this one or of the next
    require_editable(ad.state)
    shown = shown_now(session, ad)
    version = _publish(session, ad, at=at, on=on)
    if seen.version is not None and not seen.shown("content", shown["content"]):
        raise ChangedSince
    announce(session, "ad.published", subject_id=ad.id, at=at)
    _record(session, ad, "ad.published", person_id, at)
    return version


def extend_ad(
    session: Session, *, ad_id: UUID, deadline: date, person_id: UUID, at: datetime, on: date,
    timetable: list[list[str]] | None = None, seen: Seen = NOT_TOLD,
) -> PublishedAd:  # fmt: skip
    """Give a published ad a later last day, and publish that, with all that has been saved of it: what was ``seen``. A
    decision day that is no longer after it is none any more. ``timetable`` is that of the new last day; None where it stays.

    Raises WrongState, AlreadyClosed, NotLater, ExtendedPastStart, ExtendedSomethingElse, NotReady.
    """
    ad = _locked(session, ad_id)
    if ad.state != AdState.PUBLISHED or ad.deadline is None:
        moved(ad.state, AdState.WITHDRAWN)  # says what the ad is
        raise WrongState(state=ad.state)
    hold_version(session, ad_id)
    present, version = swedish_day(ad.deadline), current_version_of(session, ad_id)
    moved_on = seen.version is not None and not seen.shown("content", shown_now(session, ad)["content"])
    if version is not None and moved_on and deadline == ad.deadline:
        return version  # pressed twice
    announced = version is not None and version.closing_announced_at is not None  # while this waited for its turn
    if announced or not is_open(closes_at(ad.deadline), at):
        raise AlreadyClosed(present=present)
    if deadline <= ad.deadline:
        raise NotLater(deadline=swedish_day(deadline), present=present)
    if ad.earliest_start is not None and deadline >= ad.earliest_start:
        raise ExtendedPastStart(deadline=swedish_day(deadline), starts=swedish_day(ad.earliest_start))
    if moved_on:
        raise ExtendedSomethingElse
    ad.deadline = deadline
    ad.timetable = ad.timetable if timetable is None else timetable
    if ad.expected_decision is not None and ad.expected_decision <= deadline:
        ad.expected_decision = None  # whom it is shown to is promised what the office has chosen, and no other day
    version = _publish(session, ad, at=at, on=on)
    announce(session, "ad.extended", subject_id=ad.id, at=at)
    _record(session, ad, "ad.extended", person_id, at)
    return version


def withdraw_ad(session: Session, *, ad_id: UUID, person_id: UUID, at: datetime) -> PublishedAd:
    """Take a published ad back: its address stays and says so. Those who have applied are told (`applications.tasks`). It
    keeps the posts of those who are to be employed from it. Twice changes nothing."""
    ad = _locked(session, ad_id)
    hold_version(session, ad_id)
    if ad.state == AdState.WITHDRAWN and (version := current_version_of(session, ad_id)) is not None:
        return version
    ad.state, ad.withdrawn_at = moved(ad.state, AdState.WITHDRAWN), at
    keep_posts(session, ad)
    version = _as_it_was(session, ad, at=at, withdrawn=True)
    announce(session, "ad.withdrawn", subject_id=ad.id, at=at)
    _record(session, ad, "ad.withdrawn", person_id, at)
    return version


def end_ad(session: Session, *, ad_id: UUID, person_id: UUID, at: datetime) -> PublishedAd:
    """The outcome is recorded: the ad is over, and its page says so. It keeps the posts of those who are to be employed."""
    ad = _locked(session, ad_id)
    hold_version(session, ad_id)
    ad.state, ad.ended_at = moved(ad.state, AdState.ENDED), at
    keep_posts(session, ad)
    version = _as_it_was(session, ad, at=at, ended=True)
    announce(session, "ad.ended", subject_id=ad.id, at=at)
    _record(session, ad, "ad.ended", person_id, at)
    return version


def announce_closing(session: Session, *, published_id: UUID, at: datetime) -> bool:
    """Tell later features, once, that an ad's last day is over. False where that is done or no longer so."""
    version = session.get(PublishedAd, published_id, with_for_update=True)
    if version is None or version.closing_announced_at is not None or version.superseded_at is not None:
        return False
    if version.withdrawn or version.closes_at > at:
        return False
    version.closing_announced_at = at
    announce(session, "ad.closed", subject_id=version.ad_id, at=at)
    record(session, chain=version.party_id, at=at, actor=SYSTEM, verb="ad.closed", object_id=version.ad_id)
    return True


def _locked(session: Session, ad_id: UUID) -> Ad:
    ad = ad_of(session, ad_id, lock=True)
    if ad is None:
        raise NoSuchAd
    return ad


def _publish(session: Session, ad: Ad, *, at: datetime, on: date) -> PublishedAd:
    marks = stopping(to_act_on(marks_on(session, ad, on=on), published=ad.state != AdState.DRAFT))
    if marks:
        raise NotReady(marks)
    criteria, contacts = criteria_of(session, ad.id), contacts_of(session, ad.id)
    keep_limit(ad, plan_of(ad, on))
    party = session.get_one(Party, ad.party_id)
    content = content_of(ad, criteria, contacts, party, party.authority)
    former = current_version_of(session, ad.id)
    if former is not None and former.content == content:
        raise AlreadyPublished
    if ad.state == AdState.DRAFT:
        ad.state, ad.published_at = moved(ad.state, AdState.PUBLISHED), at
    ad.changed_at = at
    _lock(criteria, at)
    _open_to_authority(ad, criteria, contacts)
    claim_posts(session, ad, content, posts=ad.posts, on=on)
    return _new_version(session, ad, content, former, at=at)


def _lock(criteria: Sequence[AdCriterion], at: datetime) -> None:
    """What candidates answer and are judged by stands fast from here on: words, kind, weight and number."""
    for row in criteria:
        row.locked_at = row.locked_at or at


def _open_to_authority(ad: Ad, criteria: Sequence[AdCriterion], contacts: Sequence[AdContact]) -> None:
    """From publishing on, the authority that employs may see the ad."""
    rows: list[Ad | AdCriterion | AdContact] = [ad, *criteria, *contacts]
    for row in rows:
        row.with_authority = ad.controller_id == ad.authority_id


def _as_it_was(session: Session, ad: Ad, *, at: datetime, **words: bool) -> PublishedAd:
    former = current_version_of(session, ad.id)
    if former is None:
        raise NoSuchAd
    ad.changed_at = at
    return _new_version(session, ad, former.content, former, at=at, **words)


def _new_version(
    session: Session, ad: Ad, content: dict[str, Any], former: PublishedAd | None, *, at: datetime, **words: bool
) -> PublishedAd:
    if former is not None:
        former.superseded_at = at
    version = PublishedAd(
        reference=ad.reference,
        version=1 if former is None else former.version + 1,
        ad_id=ad.id,
        party_id=ad.party_id,
        authority_id=ad.authority_id,
        employer=ad.employer or "",
        content=content,
        published_at=at,
        first_published_at=at if former is None else former.out_since,
        closes_at=closes_at(date.fromisoformat(content["deadline"])),
        closing_announced_at=None if former is None else former.closing_announced_at,
        **words,
    )
    session.add(version)
    session.flush()
    return version


def _record(session: Session, ad: Ad, verb: str, person_id: UUID, at: datetime) -> None:
    record(session, chain=ad.party_id, at=at, actor=person_actor(person_id), verb=verb, object_id=ad.id)
