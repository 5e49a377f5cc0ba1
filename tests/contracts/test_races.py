"""A candidate who takes their application back at the moment at which the office employs them."""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import select

from portal import clock, scope
from portal.contracts.models import Employment
from portal.contracts.services import record_employment
from portal.contracts.terms import Terms
from portal.posts.employer_model import Employer
from tests.at_once import second, taking_back
from tests.contracts.hiring import hired
from tests.decisions.recruiting import office
from tests.world import World


def test_nobody_is_employed_who_has_just_taken_their_application_back(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    ad, (one,) = hired(world, set_clock, employer="party")

    def employ() -> Employment | None:
        with world.writing(scope.party(ad.party_id)) as session:
            terms = Terms(Employer.PARTY, date(2026, 12, 14), date(2027, 2, 1), date(2030, 12, 31), 100)
            return record_employment(
                session, ad_id=ad.id, application_id=one.id, terms=terms, actor=office(world), at=clock.now(),
                on=clock.today(),
            )  # fmt: skip

    with second() as office_employs:
        with taking_back(world, one.id):
            office_employs.begins(employ)
        assert office_employs.ends() is None
    with world.acting(scope.party(ad.party_id)) as session:
        assert session.scalars(select(Employment)).all() == []
