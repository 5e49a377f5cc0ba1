"""A new ad: blank, from an earlier one, or from the text of an existing posting."""

import secrets
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from portal.ads.models import Ad, AdContact, AdCriterion
from portal.ads.parts import BY_KEY
from portal.ads.queries import contacts_of, criteria_of
from portal.audit.services import person_actor, record
from portal.clock import STOCKHOLM
from portal.organisations.models import Party
from portal.organisations.queries import retention_of
from portal.posts.employer_model import Employer, model_for
from portal.refusal import Refusal
from portal.scope import scope_of, walls_of

NEW_EACH_TIME = frozenset(
    {*BY_KEY["term"].fields, *BY_KEY["deadline"].fields, "retention_months", "retention_rule"}
    - {"employment_form", "start_agreed"}
)


class NoPosting(Refusal):
    """Nothing that an ad says was found in the text."""

    text = "I texten hittades inget som en annons säger, så ingen annons är gjord. Klistra in hela annonsen som text."
    field = "text"


def create_draft(session: Session, *, person_id: UUID, at: datetime, id: UUID | None = None) -> Ad:
    """A blank draft in the party that the session acts for, under ``id`` where the form that makes it has one."""
    party = session.get_one(Party, scope_of(session).id)
    ad = Ad(
        id=id or uuid4(),
        party_id=party.id,
        authority_id=party.authority_id,
        controller_id=party.id,
        reference=secrets.token_hex(5),
        created_by=person_id,
        created_at=at,
        changed_at=at,
        employment_form="visstid",
        documents=["cv", "letter", "salary"],
    )
    session.add(ad)
    session.flush()
    record(
        session, chain=party.id, at=at, actor=person_actor(person_id), verb="ad.created", object_id=ad.id
    )  # fmt: skip
    return ad


def copy_ad(session: Session, *, earlier: Ad, person_id: UUID, at: datetime, id: UUID | None = None) -> Ad:
    """A draft with an earlier ad's employer, texts, krav and contacts. Dates are not copied: they are always new. How long
    applications are kept is the employer's rule of to-day; the earlier ad's where the employer has said none.
    """
    ad = create_draft(session, person_id=person_id, at=at, id=id)
    for key, part in BY_KEY.items():
        for field in part.fields:
            if field not in NEW_EACH_TIME and key not in ("criteria", "contacts"):
                setattr(ad, field, getattr(earlier, field))
    if earlier.employer:
        choose_controller(session, ad, Employer(earlier.employer))
        months, basis = _own_retention(session, ad)
        former = earlier.retention_months, earlier.retention_rule
        ad.retention_months, ad.retention_rule = (months, basis) if basis else former
    for row in criteria_of(session, earlier.id):
        _add(session, ad, AdCriterion, row, ("position", "kind", "judged", "text", "explanation", "weight"))
    for person in contacts_of(session, earlier.id):
        _add(session, ad, AdContact, person, ("position", "name", "title", "email", "phone"))
    session.flush()
    return ad


def make_draft_from_posting(
    session: Session, *, text: str, person_id: UUID, at: datetime, on: date, id: UUID | None = None
) -> Ad:
    """A draft with all that could be read in a posting; what could not is asked in ``ad.unclear``, field by field. Of a text
    that is no posting none is made: it would be empty, and the text gone with it. Raises: NoPosting.
    """
    from portal.ads.drafting import draft_from  # with all the words that a posting may use: few processes ever read one
    from portal.ads.reading.posting import read_posting

    posting = read_posting(text, on=on)
    if posting.is_none:
        raise NoPosting
    ad = create_draft(session, person_id=person_id, at=at, id=id)
    party = session.get_one(Party, ad.party_id)
    found = draft_from(posting, party_name=party.name)
    for field, value in found.fields.items():
        setattr(ad, field, value)
    ad.unclear = found.unclear
    if ad.employer:
        choose_controller(session, ad, Employer(ad.employer))
        set_retention(session, ad)
    for place, values in enumerate(found.criteria, 1):
        session.add(AdCriterion(**walls_of(ad), ad_id=ad.id, position=place, **values))
    for place, values in enumerate(found.contacts, 1):
        session.add(AdContact(**walls_of(ad), ad_id=ad.id, position=place, **values))
    session.flush()
    return ad


def choose_controller(session: Session, ad: Ad, employer: Employer) -> None:
    """Let the ad and its rows belong to the controller that the employer makes."""
    by_authority = model_for(employer).controller == "authority"
    ad.employer = employer.value
    rows: list[Any] = [ad, *criteria_of(session, ad.id), *contacts_of(session, ad.id)]
    for row in rows:
        row.with_authority = False
        row.controller_id = ad.authority_id if by_authority else ad.party_id


def set_retention(session: Session, ad: Ad) -> None:
    """The organisation's own rule for how long applications are kept, where none has been given."""
    months, basis = _own_retention(session, ad)
    ad.retention_months = ad.retention_months or months
    ad.retention_rule = ad.retention_rule or basis


def _own_retention(session: Session, ad: Ad) -> tuple[int, str]:
    party = session.get_one(Party, ad.party_id)
    model = model_for(Employer(ad.employer or Employer.PARTY))
    controller = party.authority if model.controller == "authority" else party
    months, basis = retention_of(session, controller, ad.changed_at.astimezone(STOCKHOLM).date())
    return months or model.retention_months, basis


def _add(session: Session, ad: Ad, kind: type[Any], row: Any, names: tuple[str, ...]) -> None:
    session.add(kind(**walls_of(ad), ad_id=ad.id, **{name: getattr(row, name) for name in names}))
