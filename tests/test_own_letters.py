"""Names and folders with letters of their own, in the settings and in what is made of them."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.config import Misconfigured, Settings
from portal.db import db
from portal.jobs.tasks import run_rounds
from portal.mail.engines import SmtpSender
from portal.mail.models import OutgoingMail
from portal.mail.services import Letter, post
from tests.mail.test_engines import serving
from tests.test_settings import whole_settings
from tests.world import World


@pytest.fixture
def whole(tmp_path: Path) -> dict[str, str]:
    """The settings of a real installation."""
    return whole_settings(tmp_path)


def test_a_name_with_letters_of_its_own_is_said_as_machines_say_it(whole: dict[str, str]) -> None:
    own = {"PORTAL_BASE_URL": "https://jobb.räksmörgås.se:8443", "PORTAL_MAIL_FROM": "noreply@räksmörgås.se"}
    made = Settings.from_environment({**whole, **own})
    assert made.base_url == "https://jobb.xn--rksmrgs-5wao1o.se:8443"
    assert made.mail_from == "noreply@xn--rksmrgs-5wao1o.se"
    assert "jobb.xn--rksmrgs-5wao1o.se" in made.trusted_hosts
    with pytest.raises(Misconfigured, match="PORTAL_MAIL_FROM"):
        Settings.from_environment({**whole, "PORTAL_MAIL_FROM": "anställning@portal.example.se"})


@pytest.mark.parametrize("name", ["portal#2", "portal?", "100%41"])
def test_a_folder_whose_name_means_something_in_an_address_is_refused(
    whole: dict[str, str], tmp_path: Path, name: str
) -> None:
    """Documents of portal#2 would lie in portal, beside those of portal#1."""
    with pytest.raises(Misconfigured, match="PORTAL_INSTANCE_PATH"):
        Settings.from_environment({**whole, "PORTAL_INSTANCE_PATH": str(tmp_path / name)})


@pytest.mark.parametrize(
    "own",
    [
        {"PORTAL_BASE_URL": "https://jobb.räksmörgås.se"},  # a mail's id has it in it
        {"PORTAL_MAIL_FROM": "noreply@räksmörgås.se"},
    ],
)
def test_mails_of_a_portal_whose_name_has_letters_of_its_own_are_sent(
    whole: dict[str, str], world: World, own: dict[str, str]
) -> None:
    made = Settings.from_environment({**whole, **own})
    used = replace(world.app.config["SETTINGS"], base_url=made.base_url, mail_from=made.mail_from)
    with serving(enable_SMTPUTF8=False) as server:
        world.app.config["SETTINGS"] = used
        world.app.extensions["mail_sender"] = SmtpSender(f"smtp://127.0.0.1:{server.port}")
        with world.writing(scope.PLATFORM) as session:
            post(session, Letter("anna@example.se", "Kvitto", "Hej.\n"), once="receipt:own-letters", at=clock.now())
        run_rounds(world.app)
        with world.app.app_context():
            assert db.session.scalars(select(OutgoingMail)).one().last_fault == ""
    assert server.mails == [False]
