"""The demo's mailbox."""

from dataclasses import replace

from portal import clock, scope
from portal.mail.services import Letter, post
from tests.world import World


def test_links_lead_to_the_port_of_today_also_in_mails_of_another_one(world: World) -> None:
    letter = Letter("anna@example.se", "Din ansökan", "Läs den här:\nhttp://localhost:8000/ansokan/x\n")
    with world.writing(scope.PLATFORM) as session:
        post(session, letter, once="receipt:ports", at=clock.now())
    world.app.config["SETTINGS"] = replace(world.app.config["SETTINGS"], base_url="http://localhost:8100")
    page = world.app.test_client().get("/demo/brevlada").get_data(as_text=True)
    assert 'href="http://localhost:8100/ansokan/x"' in page
    assert "localhost:8000" not in page
