"""What is said of mails is so: to whom one goes under a code name, and to whom none does."""

from datetime import datetime, timedelta

import pytest

from portal import clock, scope
from portal.ads.services.publishing import withdraw_ad
from portal.applications.models import Application
from portal.links.models import Purpose
from portal.links.services import make_link
from tests.applicants import send_applications
from tests.door import own_browser
from tests.forms import submit
from tests.protection.applying import apply, identities, name_as_reader
from tests.world import World, publish_ad

NONE = "så inget mejl skickas"


@pytest.mark.parametrize("address", ["", "neutral@example.org"])
def test_under_a_code_name_both_sides_read_whether_a_mail_goes(world: World, address: str) -> None:
    name_as_reader(world, world.kansli)
    ad, own = publish_ad(world), own_browser(world)
    page = apply(own, ad, address=address).location.removesuffix("/spara")
    shown = own.get(f"{page}/brev").get_data(as_text=True)
    assert (NONE in shown) == (not address) and ("ett mejl om att något väntar" in shown) == bool(address)
    (identity,) = identities(world)
    office, box = world.browser(world.kansli), f"/arbete/rekryteringar/{ad.id}/brev/{identity.application_id}"
    assert submit(office, box, {"text": "Hej."}, "Skicka brevet").status_code == 303
    told = office.get(box).get_data(as_text=True)
    assert ("Inget mejl" in told) == (not address) and ("får ett mejl om att något väntar" in told) == bool(address)


@pytest.mark.parametrize("has_address", [True, False])
def test_of_an_ad_that_is_taken_back_nobody_without_an_address_is_promised_a_mail(
    world: World, has_address: bool
) -> None:
    ad = publish_ad(world)
    (one,) = send_applications(world, ad, 1)
    with world.writing(scope.party(ad.party_id)) as session:
        withdraw_ad(session, ad_id=ad.id, person_id=world.kansli, at=clock.now())
        if not has_address:
            session.get_one(Application, one.id).email_sealed = None
        at: datetime = clock.now()
        token = make_link(
            session, purpose=Purpose.APPLICATION, subject_id=one.id, scope=scope.candidate(one.id), at=at,
            expires_at=at + timedelta(days=300),
        )  # fmt: skip
    shown = own_browser(world).get(f"/ansokan/{token}").get_data(as_text=True)
    assert ("du får ett mejl när det finns ett besked" in shown) == has_address
    assert ("När det finns ett besked står det här." in shown) == (not has_address)
