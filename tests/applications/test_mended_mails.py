"""An address is mended: what waited for the old one is let go of, and what waits for others about the application is not."""

from uuid import uuid4

from portal import clock, scope
from portal.jobs.tasks import run_rounds
from portal.mail.queries import statuses
from portal.mail.services import Letter, post
from portal.mail.states import MailState
from tests.applicants import send_applications
from tests.letterbox.test_waits_again import mend
from tests.world import World, publish_ad


def test_the_panels_mail_about_an_application_is_sent_though_its_address_is_mended(world: World) -> None:
    ad = publish_ad(world)
    (sent,) = send_applications(world, ad, 1)
    own, panels = f"step:assessed:{sent.id}", f"late:{uuid4()}:{sent.id}"
    with world.writing(scope.party(ad.party_id)) as session:
        letter = Letter(sent.email, "Läget är ett annat", "Hej.\n")
        post(session, letter, once=own, at=clock.now(), controller_id=world.authority)
        letter = Letter("gunnel@example.se", "En ansökan till att bedöma", "Hej.\n")
        post(session, letter, once=panels, at=clock.now())
    assert mend(world, ad, sent, "elin.hemma@example.com") == "sent"
    run_rounds(world.app)
    with world.acting(scope.PLATFORM) as session:
        found = {name: status.state for name, status in statuses(session, [own, panels]).items()}
    assert found == {own: MailState.GIVEN_UP, panels: MailState.HANDED_OVER}
