"""Whose name is shut to somebody of the office shows them no letter and no form either."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from portal import clock, scope
from portal.review.models import ConflictAnswer, PanelMember, ReviewCase
from tests.forms import submit
from tests.intake.registering import add_cv, begin, finish, intakes
from tests.intake.test_registering import PDF
from tests.world import World, publish_ad


@pytest.mark.parametrize("clear", [True, False])
def test_one_of_the_office_who_assesses_blind_is_shown_neither_link_nor_form(
    world: World, set_clock: Callable[[str], datetime], clear: bool
) -> None:
    ad = publish_ad(world, employer="party", deadline=date(2026, 12, 11))
    set_clock("2026-12-14T10:00")
    office = world.browser(world.kansli)
    page = begin(office, ad, "2026-12-09").location
    add_cv(office, page)
    given = {"consent": "form", "consent_day": "2026-12-10"}
    submit(office, page, given, "Spara samtycket", {"form_file": (PDF, "svar.pdf")})
    finish(office, page)
    assert [office.get(f"{page}/{tail}").status_code for tail in ("brev", "blankett")] == [200, 200]
    ((row, _),) = intakes(world, ad.party_id)
    walls = {"party_id": ad.party_id, "authority_id": world.authority, "controller_id": ad.party_id}
    with world.writing(scope.party(ad.party_id)) as session:
        seat = PanelMember(**walls, ad_id=ad.id, person_id=world.kansli, position=1, leads=True, added_at=clock.now())
        session.add_all([seat, ReviewCase(**walls, ad_id=ad.id, blind=clear, created_at=clock.now())])
        session.flush()
        session.add(
            ConflictAnswer(
                **walls, panel_member_id=seat.id, application_id=row.application_id, has_conflict=not clear,
                answered_at=clock.now(),
            )
        )  # fmt: skip
    assert [office.get(f"{page}/{tail}").status_code for tail in ("brev", "blankett")] == [404, 404]
