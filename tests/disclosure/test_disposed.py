"""What has been disposed of keeps its line in the register, which says so and since when; no page says that all are there."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from xml.etree.ElementTree import fromstring

from sqlalchemy import select

from portal import clock, scope
from portal.contracts.decision.services.appealing import confirm_no_appeal
from portal.contracts.models import Employment
from portal.disclosure.export import NAMESPACE
from portal.disclosure.models import CoveredRecord
from tests.applicants import Sent
from tests.contracts.deciding import decide_and_announce
from tests.decisions.recruiting import office
from tests.disclosure.asking import covering, entries_of, note, take_decision, verbs
from tests.forms import submit, submit_page
from tests.privacy.test_disposing import carried_out, ended
from tests.world import Published, World

Clock = Callable[[str], datetime]
REGISTER = "/arbete/inkomna"
DESK = "/arbete/utlamnande"


def disposed(world: World, set_clock: Clock) -> tuple[Published, list[Sent]]:
    """One employed by the authority; the two others' papers have had their time after 8 January 2029."""
    ad, sent = ended(world, set_clock, "authority")
    papers_go(world, set_clock)
    return ad, sent


def papers_go(world: World, set_clock: Clock) -> None:
    """The employment is decided and stands, and the days pass."""
    with world.acting(scope.party(world.party)) as session:
        employment = session.scalars(select(Employment.id)).one()
    set_clock("2026-12-15T09:00")
    decide_and_announce(world, employment, by_authority=True)
    set_clock("2027-01-08T09:00")
    with world.writing(scope.party(world.party)) as session:
        confirm_no_appeal(session, on=clock.today(), employment_id=employment, actor=office(world), at=clock.now())
    carried_out(world, set_clock, "2028-12-26T09:00")
    assert carried_out(world, set_clock, "2029-01-09T09:00").disposed == 2


def test_the_register_says_what_is_disposed_of_and_since_when(world: World, set_clock: Clock) -> None:
    _ad, sent = disposed(world, set_clock)
    registrar = world.browser(world.region)
    page = registrar.get(REGISTER).get_data(as_text=True)
    assert "Gallrad 9 januari 2029" in page and sent[0].name in page
    one = registrar.get(f"{REGISTER}/{sent[1].id}").get_data(as_text=True)
    assert "Gallrad 9 januari 2029" in one

    with zipfile.ZipFile(io.BytesIO(registrar.get(f"{REGISTER}/register.zip").data)) as taken:
        rows = list(csv.DictReader(io.StringIO(taken.read("register.csv").decode("utf-8-sig")), delimiter=";"))
        records = list(fromstring(taken.read("register.xml")))
    assert {row["Status"] for row in rows if not row["Sökande"]} >= {"gallrad 2029-01-09"}
    assert {row["Status"] for row in rows if row["Sökande"]} == {""}
    told = [record.findtext(f"{{{NAMESPACE}}}gallrad") for record in records]
    assert told.count("2029-01-09") == sum(row["Status"] == "gallrad 2029-01-09" for row in rows) > 0


def test_all_of_a_case_can_be_asked_for_and_what_is_disposed_of_is_named_in_the_decision(
    world: World, set_clock: Clock
) -> None:
    ad, sent = disposed(world, set_clock)
    with world.writing(scope.authority(world.authority)) as session:
        request = note(session, world)
    registrar, url = world.browser(world.region), f"{DESK}/{request}"
    chosen = f"{url}/handlingar?arende={ad.id}"
    assert submit(registrar, chosen, button="Välj alla i ärendet").status_code == 303
    with world.acting(scope.authority(world.authority)) as session:
        rows = session.scalars(select(CoveredRecord).where(CoveredRecord.request_id == request)).all()
    gone = [row for row in rows if row.application_id != sent[0].id]
    assert gone and {(row.handed_out, row.reviewed_by) for row in gone} == {("hemlig", world.region)}
    assert {row.handed_out for row in rows if row.application_id == sent[0].id} == {""}, (
        "those are still to be reviewed"
    )
    assert verbs(world).count("record.hemlig") == len(gone)
    page = registrar.get(f"{url}/handlingar/{gone[0].id}").get_data(as_text=True)
    assert "Den lämnas inte ut, och" in page and "Spara prövningen" not in page

    for row in rows:
        if row not in gone:
            one = f"{url}/handlingar/{row.id}"
            assert submit(registrar, one, {"answer": "oppen"}, "Spara prövningen").status_code == 303
    proposed = registrar.get(f"{url}/beslut").get_data(as_text=True)
    assert "lämnar ut de begärda handlingar som finns kvar" in proposed
    told = "".join(re.findall(r"Nummer (.+): finns inte kvar, gallrad 9 januari 2029\.", proposed))
    numbers = {row.register_number for row in entries_of(world) if row.id in {one.entry_id for one in gone}}
    assert {int(number) for number in re.findall(r"\d+", told)} == numbers
    assert take_decision(registrar, request).status_code == 303


def test_what_a_request_covered_of_it_before_is_passed_by_one_press(world: World, set_clock: Clock) -> None:
    _ad, sent = disposed(world, set_clock)
    with world.writing(scope.authority(world.authority)) as session:
        request = note(session, world)
        (record,) = covering(session, world, request, sent[1], "application")
        row = session.get_one(CoveredRecord, record)
        row.handed_out, row.reviewed_by, row.reviewed_at = "", None, None
    registrar, url = world.browser(world.region), f"{DESK}/{request}"
    page = registrar.get(f"{url}/handlingar/{record}")
    for _press in range(2):
        answer = submit_page(registrar, page, f"{url}/handlingar/{record}", button="Lämnas inte ut")
        assert (answer.status_code, answer.headers["Location"]) == (303, url)
    proposed = registrar.get(f"{url}/beslut").get_data(as_text=True)
    assert "avslår begäran" in proposed and "finns inte kvar, gallrad 9 januari 2029." in proposed
