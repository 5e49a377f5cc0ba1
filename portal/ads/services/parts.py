"""Saving the parts of an ad as one goes. Each verb flushes; what it refuses is a `Refusal` with its field.

``seen`` is what the page that is saved was opened with: what another has saved since is not written over unseen (PartMoved).
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from portal.ads.models import Ad, AdContact, AdCriterion
from portal.ads.parts import BY_KEY, Part
from portal.ads.queries import ROWS_OF, ad_of, values_of
from portal.ads.services.drafts import choose_controller, set_retention
from portal.ads.states import AdState, require_editable
from portal.ads.term import UNTIL_FURTHER_NOTICE, TermPlan, plan_term
from portal.audit.services import person_actor, record
from portal.clock import STOCKHOLM
from portal.organisations.models import Authority
from portal.organisations.queries import retention_of
from portal.posts.employer_model import Employer
from portal.refusal import N_, Moved, Refusal
from portal.scope import walls_of
from portal.seen import NOT_TOLD, Seen, Texts, between, texts_of
from portal.swedish_dates import swedish_day

_KINDS: Mapping[str, type[Any]] = {
    "criteria": AdCriterion,
    "contacts": AdContact,
}  # the parts that are rows of their own


class PartLocked(Refusal):
    """The part may not change any more, since people rely on what was published."""

    text = N_("Annonsen är publicerad, så ”%(part)s” går inte att ändra. Gör en ny annons från den här om det behövs.")
    status = 409


class PartMoved(Moved):
    """Somebody else has saved the part since the page was opened."""

    text = N_("Den här delen har ändrats sedan sidan öppnades. Läs det som är sparat och spara igen.")


class EmployerNotChosen(Refusal):
    """Nothing about the end can be said before it is known who employs."""

    text = N_("Ange först vem som anställer. Sista möjliga dag följer av det.")
    field = "latest_end"


class StartPassed(Refusal):
    """Nobody can begin on a day that is over."""

    text = N_("Tillträdet %(starts)s har passerat. Välj en ny dag.")
    field = "earliest_start"


class NoSuchAd(Refusal):
    """The ad is gone, or was never within this scope."""

    text = N_("Annonsen finns inte.")
    status = 404


class ForeverNotForAuthority(Refusal):
    """KL 4:33: an authority employs a political secretary for a limited time only."""

    text = N_("Tills vidare går inte när regionen eller kommunen anställer. Välj tidsbegränsad anställning.")
    field = "employment_form"


class KeptTooShort(Refusal):
    """An authority's records are disposed of by its own decision, and not before it (arkivlagen (1990:782) 10 §)."""

    text = "%(authority)s har beslutat att ansökningarna sparas i %(months)s månader. Skriv minst så många, eller lämna tomt."
    field = "retention_months"


def save_part(
    session: Session,
    *,
    ad_id: UUID,
    part: Part,
    values: Mapping[str, Any],
    person_id: UUID,
    at: datetime,
    seen: Seen = NOT_TOLD,
) -> Ad:
    """Store the plain fields of one part. Raises PartLocked, PartMoved, WrongState; ValueError for a foreign field."""
    ad, saved = _opened(session, ad_id, part)
    for field, value in values.items():
        if field not in part.fields:
            raise ValueError(f"{field} is no field of {part.key}")
        if field in part.fixed and ad.state != AdState.DRAFT:
            raise PartLocked(part=part.title)
        setattr(ad, field, value)
    _require_unmoved(session, ad, part, saved, seen)
    if "deadline" in values and ad.limit_latest_end is not None:
        # the decision is reckoned from the last day to apply
        keep_limit(ad, plan_of(ad, at.astimezone(STOCKHOLM).date()))
    return _changed(session, ad, part, person_id, at)


def set_employer(
    session: Session,
    *,
    ad_id: UUID,
    employer: Employer,
    retention: tuple[int | None, str],
    person_id: UUID,
    at: datetime,
    seen: Seen = NOT_TOLD,
) -> Ad:
    """Say who employs: with it the controller of the ad and all its rows. ``retention`` is (months, rule), each
    the employer's own where it is left empty, and where it is still what was saved for another employer.

    Refused once the ad is published, and so before any candidate's draft can exist under the other controller. Raises
    KeptTooShort for fewer months than an authority has decided.
    """
    part = BY_KEY["employer"]
    ad, saved = _opened(session, ad_id, part)
    of_another = ad.employer not in (None, employer) and retention == (ad.retention_months, ad.retention_rule)
    choose_controller(session, ad, employer)
    ad.retention_months, ad.retention_rule = retention
    ad.changed_at = at
    _require_unmoved(session, ad, part, saved, seen)
    if of_another:
        ad.retention_months, ad.retention_rule = None, ""
    set_retention(session, ad)  # what was left empty is the employer's own
    _require_kept_as_decided(session, ad, at)
    return _changed(session, ad, part, person_id, at)


def _require_kept_as_decided(session: Session, ad: Ad, at: datetime) -> None:
    if ad.employer != Employer.AUTHORITY:
        return
    authority = session.get_one(Authority, ad.authority_id)
    decided, _basis = retention_of(session, authority, at.astimezone(STOCKHOLM).date())
    if decided is not None and (ad.retention_months or 0) < decided:
        raise KeptTooShort(authority=authority.name, months=decided)


def save_term(
    session: Session,
    *,
    ad_id: UUID,
    values: Mapping[str, Any],
    person_id: UUID,
    at: datetime,
    on: date,
    seen: Seen = NOT_TOLD,
) -> Ad:
    """Store start and end. An end left out becomes the last possible day; one past the limit is refused (KL 4:33). A first
    day that is over is refused too, but of an ad that is out where it is as it was."""
    part = BY_KEY["term"]
    ad, saved = _opened(session, ad_id, part)
    if not ad.employer:
        raise EmployerNotChosen
    standing = ad.earliest_start if ad.state != AdState.DRAFT else None
    for field, value in values.items():
        setattr(ad, field, value)
    _require_unmoved(session, ad, part, saved, seen)
    if ad.employer == Employer.AUTHORITY and ad.employment_form == UNTIL_FURTHER_NOTICE:
        raise ForeverNotForAuthority
    if ad.earliest_start is not None and ad.earliest_start < on and ad.earliest_start != standing:
        raise StartPassed(starts=swedish_day(ad.earliest_start))
    plan = plan_of(ad, on)
    refusal = plan.refusal(reason_given=bool(ad.end_reason))
    if refusal is not None:
        raise refusal
    keep_limit(ad, plan)
    return _changed(session, ad, part, person_id, at)


def plan_of(ad: Ad, on: date) -> TermPlan:
    """The plan that the ad's stored days make. The ad's employer must be chosen."""
    return plan_term(
        employer=ad.employer or Employer.PARTY,
        on=on,
        deadline=ad.deadline,
        decided=ad.expected_decision,
        starts=ad.earliest_start,
        ends=ad.latest_end,
        form=ad.employment_form,
    )


def keep_limit(ad: Ad, plan: TermPlan) -> None:
    """Store the limit with the ad: reference day, election, last day and the version of the rule."""
    if plan.limit is None:
        return
    forever = plan.employer is Employer.PARTY and ad.employment_form == UNTIL_FURTHER_NOTICE
    ad.latest_end = None if forever else ad.latest_end or plan.limit.latest_end
    ad.limit_reference = plan.limit.reference_date
    ad.limit_election = plan.limit.election.day
    ad.limit_latest_end = plan.limit.latest_end
    ad.limit_rule = plan.limit.rule


def save_rows(
    session: Session,
    *,
    ad_id: UUID,
    part: Part,
    rows: Sequence[Mapping[str, Any]],
    person_id: UUID,
    at: datetime,
    seen: Seen = NOT_TOLD,
) -> Ad:
    """Make the krav and merits of the ad, or its contact persons, these, in this order. A row with the ``id`` of one there is
    changed, not remade. Raises PartLocked, PartMoved, WrongState; KeyError for a part without rows of its own."""
    ad, saved = _opened(session, ad_id, part)
    _replace(session, ad, _KINDS[part.key], ROWS_OF[part.key](session, ad.id), rows)
    _require_unmoved(session, ad, part, saved, seen)
    return _changed(session, ad, part, person_id, at)


def _replace(
    session: Session, ad: Ad, kind: type[Any], present: Sequence[Any], rows: Sequence[Mapping[str, Any]]
) -> None:
    known = {str(row.id): row for row in present}
    for place, values in enumerate(rows, 1):
        fields = {name: value for name, value in values.items() if name != "id"}
        row = known.pop(str(values.get("id") or ""), None)
        if row is None:
            session.add(kind(**walls_of(ad), ad_id=ad.id, position=place, **fields))
            continue
        row.position = place
        for name, value in fields.items():
            setattr(row, name, value)
    for gone in known.values():
        session.delete(gone)
    session.flush()


def _opened(session: Session, ad_id: UUID, part: Part) -> tuple[Ad, Texts]:
    """The ad, held, and what is saved of the part."""
    ad = ad_of(session, ad_id, lock=True)
    if ad is None:
        raise NoSuchAd
    require_editable(ad.state)
    if part.locked_once_published and ad.state != AdState.DRAFT:
        raise PartLocked(part=part.title)
    return ad, texts_of(values_of(session, ad, part))


def _require_unmoved(session: Session, ad: Ad, part: Part, saved: Texts, seen: Seen) -> None:
    written = texts_of(values_of(session, ad, part))
    beside = between(seen, saved, written)
    if beside.moved:
        raise PartMoved(written, asks=beside.asks)


def _changed(session: Session, ad: Ad, part: Part, person_id: UUID, at: datetime) -> Ad:
    ad.changed_at = at
    ad.unclear = [entry for entry in ad.unclear if entry["field"] not in part.fields]
    session.flush()
    record(
        session, chain=ad.party_id, at=at, actor=person_actor(person_id), verb="ad.changed", object_id=ad.id,
        reason=part.key,
    )  # fmt: skip
    return ad
