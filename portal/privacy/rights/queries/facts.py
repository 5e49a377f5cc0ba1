"""What decides whether an application is kept, read as the party sees it: a candidate's own scope sees no employment."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal import clock, scope
from portal.ads.models import PublishedAd
from portal.ads.queries import current_version_of
from portal.applications.models import Application
from portal.applications.queries import later_consent_of
from portal.contracts.queries import employment_for
from portal.contracts.written.queries import is_accepted
from portal.posts.employer_model import Employer, model_for
from portal.privacy.queries import kept_case
from portal.privacy.rights import keeping
from portal.privacy.rights.keeping import Facts, Kept, kept_because, kept_until
from portal.privacy.rights.queries import holds
from portal.scope import reading_for


@dataclass(frozen=True, slots=True)
class Keeping:
    """Why an application is kept, and the last day of it; no day where nobody can say it yet. Of one that a claim keeps and
    that is not taken back it is the earliest that the last day can be: it is kept with its recruitment."""

    why: Kept | None
    until: date | None
    restricted_until: date  # the last day, where it is taken back and kept sealed

    @property
    def sentence(self) -> str:
        """Marked for the catalogue; empty where nothing is kept."""
        return keeping.WHY[self.why] if self.why else ""

    @property
    def of_them(self) -> str:
        """The same to the office, of the candidate."""
        return keeping.OF_THEM[self.why] if self.why else ""


def keeping_of(session: Session, application: Application) -> Keeping:
    """Whether an application is kept though its candidate wants it gone, as it is now."""
    with reading_for(scope.party(application.party_id), within=session) as own:
        employed = _is_known_to_be_employed(own, application)
        until_worked = _last_of_worked(own, application) if employed else None
        hold = holds.held(own, application)
    later = later_consent_of(session, application.id)
    facts = Facts(
        by_authority=application.controller_id == application.authority_id,
        employed=employed,
        hold=hold,
        decided_as=application.decided_as,
        consent_version=application.consent_version,
        alone=later is not None and later.alone_at is not None,
    )
    why, until = kept_because(facts), _last_day(session, application)
    said = {Kept.CLAIMS: until, Kept.EMPLOYMENT: until_worked}
    return Keeping(why, said.get(why) if why else None, until)


def belongs_to_employment(session: Session, application: Application) -> bool:
    """Whether its candidate knows that an employment came of it, so that it cannot be taken back."""
    with reading_for(scope.party(application.party_id), within=session) as own:
        return _is_known_to_be_employed(own, application)


def _is_known_to_be_employed(own: Session, application: Application) -> bool:
    """Whether an employment came of the application and its candidate knows of it: they have had their word, have said yes to
    the contract, or work there. Until then it keeps nothing, or what they may do would tell them of the outcome."""
    employment = employment_for(own, application.id)
    if employment is None or employment.never_began:
        return False
    begun = employment.starts_on <= clock.today()
    return application.decided_at is not None or begun or is_accepted(own, employment.id)


def _last_of_worked(own: Session, application: Application) -> date | None:
    """The last day that the papers of an employment by a party that is over are kept, as the round over what has had its time
    counts it; None while it lasts, and of an authority's, which disposes of its records by a decision of its own."""
    if application.controller_id == application.authority_id:
        return None
    kept = kept_case(own, application.ad_id)
    return kept.last_of_worked(application.id) if kept is not None else None


def _last_day(session: Session, application: Application) -> date:
    """Counted from the word; where there is none, from to-day, on which it is taken back."""
    ad = current_version_of(session, application.ad_id)
    if application.restricted_until is not None:
        return application.restricted_until
    told = application.decided_at
    from_day = told.astimezone(clock.STOCKHOLM).date() if told else clock.today()
    return max(kept_until(from_day, months_of(ad)), clock.today())


def months_of(ad: PublishedAd | None) -> int:
    """How many months the ad promises that papers are kept."""
    assert ad is not None  # published, or nobody could have applied
    return int(ad.content.get("retention_months") or model_for(Employer(ad.employer)).retention_months)
