"""One who assesses without names registers what came by telephone by the address that was told, and learns no code name."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal import scope
from portal.applications.models import CandidateRequest
from portal.audit.models import AuditLine
from portal.review.models import ConflictAnswer, PanelMember
from tests.applicants import Sent
from tests.forms import submit
from tests.privacy.candidates import requests_in
from tests.privacy.test_asked_while_blind import blind as blind
from tests.privacy.test_registered import NEW
from tests.review.blind import code_name
from tests.review.panel import Panel

DAY = "2026-12-14"
FILLED = {"kind": "objection", "way": "telephone", "text": "Vill inte att ni frågar chefen.", "checked": True}


def register(panel: Panel, address: str, **more: object) -> TestResponse:
    office, place = panel.world.browser(panel.world.kansli), f"{NEW}?annons={panel.ad.id}"
    return submit(office, place, {"address": address, "came_on": DAY, **FILLED, **more}, "Registrera begäran")


def request_of(panel: Panel) -> CandidateRequest:
    (row,) = requests_in(panel.world)
    return row


def looks(panel: Panel) -> int:
    with panel.world.acting(scope.party(panel.world.party)) as session:
        rows = session.scalars(select(AuditLine).where(AuditLine.verb == "request.asker_sought")).all()
        assert {row.object_id for row in rows} <= {panel.ad.id}
        return len(rows)


def shown(panel: Panel, one: Sent, place: str) -> str:
    page = panel.world.browser(panel.world.kansli).get(place).get_data(as_text=True)
    assert one.name not in page and code_name(panel, one) not in page
    return page


@pytest.mark.parametrize("written", [str.lower, str.upper])
def test_it_is_joined_with_the_application_and_shows_whose_to_nobody_who_assesses(
    blind: Panel, written: Callable[[str], str]
) -> None:
    one = blind.sent[1]
    assert "utan att du får veta vilken det är" in shown(blind, one, f"{NEW}?annons={blind.ad.id}")
    answer = register(blind, written(one.email))
    assert answer.status_code == 303
    row = request_of(blind)
    assert (row.application_id, row.came_by, row.registered_by) == (one.id, "telephone", blind.world.kansli)
    assert "Visas inte" in shown(blind, one, answer.headers["Location"])
    shown(blind, one, "/arbete/begaran")
    assert looks(blind) == 1


def test_an_address_that_nobody_has_applied_from_is_refused_and_the_look_is_logged(blind: Panel) -> None:
    answer = register(blind, "okand@example.org")
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "Ingen ansökan här har den adressen" in page and FILLED["text"] in page
    assert requests_in(blind.world) == [] and looks(blind) == 1


def test_a_day_before_the_application_came_does_not_tell_which_day_it_did(blind: Panel) -> None:
    answer = register(blind, blind.sent[0].email, came_on="2026-11-01")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "hade ansökan inte kommit än" in page and "november" not in page


def test_nothing_is_registered_of_nobody(blind: Panel) -> None:
    answer = register(blind, "")
    assert answer.status_code == 422 and "eller skriv adressen" in answer.get_data(as_text=True)


def test_whom_one_has_jav_for_is_found_as_little_as_somebody_unknown(blind: Panel) -> None:
    one, world = blind.sent[0], blind.world
    with world.writing(scope.party(world.party)) as session:
        own = select(ConflictAnswer).join(PanelMember, PanelMember.id == ConflictAnswer.panel_member_id)
        theirs = PanelMember.person_id == world.kansli, ConflictAnswer.application_id == one.id
        row = session.scalars(own.where(*theirs)).one()
        row.has_conflict, row.ground = True, "narstaende"
    assert "Ingen ansökan här har den adressen" in register(blind, one.email).get_data(as_text=True)
    assert requests_in(world) == []
