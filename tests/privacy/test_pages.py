"""The pages of how long applications are kept: what the office reads, decides and undoes, and who is not let in."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal import clock, scope
from portal.ads.models import Ad
from portal.ads.services.publishing import withdraw_ad
from portal.audit.models import AuditLine
from portal.db import db
from portal.privacy.models import LegalHold, RetentionCase
from portal.privacy.services.disposing import Gone, carry_out_due
from tests.applicants import Sent, send_applications
from tests.counting import statements
from tests.forms import fields_of, submit, submit_page
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]
LIST = "/arbete/sparade"


def broken_off(
    world: World, set_clock: Clock, employer: str = "party", n: int = 2, **ad: object
) -> tuple[Published, list[Sent]]:
    """A recruitment whose ad was taken back on 14 December 2026, with ``n`` who had applied."""
    published = publish_ad(world, employer=employer, **ad)
    sent = send_applications(world, published, n)
    set_clock("2026-12-14T10:00")
    with world.writing(scope.party(published.party_id)) as session:
        withdraw_ad(session, ad_id=published.id, person_id=world.kansli, at=clock.now())
    return published, sent


def page(ad: Published) -> str:
    return f"{LIST}/{ad.id}"


def verbs(world: World) -> list[str]:
    with world.app.app_context():
        written = db.session.scalars(select(AuditLine.verb)).all()
    return [verb for verb in written if verb.startswith(("hold", "retention")) and not verb.endswith(".read")]


def test_a_day_that_waits_for_the_two_weeks_says_so(world: World, set_clock: Clock) -> None:
    ad, _sent = broken_off(world, set_clock)
    why = "Tiden är ute 15 december 2028. Kansliet får veta det två veckor i förväg, så dagen är 19 december 2028."
    for instant, said in (("2028-11-20T10:00", False), ("2028-12-05T10:00", True)):
        set_clock(instant)
        shown = world.browser(world.kansli).get(page(ad)).get_data(as_text=True).replace("\u00a0", " ")
        assert (why in shown) is said


def test_the_office_reads_the_day_and_keeps_the_applications_longer(world: World, set_clock: Clock) -> None:
    ad, sent = broken_off(world, set_clock)
    set_clock("2028-12-05T10:00")
    office = world.browser(world.kansli)
    listed = office.get(LIST).get_data(as_text=True)
    assert "Två ansökningar raderas 19 december 2028." in listed and sent[0].name not in listed
    too_early = submit(office, page(ad), {"until": "2028-12-19", "reason": "En tvist."}, "Spara längre")
    assert too_early.status_code == 422
    said = too_early.get_data(as_text=True)
    assert "Välj en dag efter 19 december 2028" in said and "En tvist." in said
    nothing = submit(office, page(ad), {"until": "2029-03-01", "reason": " "}, "Spara längre")
    assert nothing.status_code == 422 and 'value="2029-03-01"' in nothing.get_data(as_text=True)
    done = submit(office, page(ad), {"until": "2029-03-01", "reason": "En tvist."}, "Spara längre")
    assert done.status_code == 303
    shown = office.get(page(ad)).get_data(as_text=True)
    assert "raderas 1 mars 2029" in shown and "Uppskjutet till" in shown and "En tvist." in shown
    assert verbs(world) == ["retention.postponed"]


def test_a_later_day_that_a_colleague_has_said_is_not_replaced_by_an_old_page(world: World, set_clock: Clock) -> None:
    ad, _sent = broken_off(world, set_clock)
    office = world.browser(world.kansli)
    old = office.get(page(ad))
    theirs = {"until": "2030-03-01", "reason": "Tvist i <b>tingsrätten</b>."}
    colleagues = office.get(page(ad))
    for _press in range(2):
        assert submit_page(office, colleagues, page(ad), theirs, "Spara längre").status_code == 303
    mine = {"until": "2029-03-01", "reason": "En tvist."}
    asked = submit_page(office, old, page(ad), mine, "Spara längre")
    shown = asked.get_data(as_text=True)
    assert asked.status_code == 409 and "&lt;b&gt;tingsrätten&lt;/b&gt;" in shown
    assert fields_of(asked)["reason"] == ["En tvist."]
    later = {"until": "2031-03-01", "reason": "En tvist."}
    assert submit_page(office, asked, page(ad), later, "Spara den nya dagen").status_code == 303


def test_a_hold_of_one_or_of_all_is_set_with_a_reason_and_lifted(world: World, set_clock: Clock) -> None:
    ad, sent = broken_off(world, set_clock)
    office = world.browser(world.kansli)
    one = {"whom": str(sent[0].id), "why": "DO har avbrutit preskriptionen."}
    assert submit(office, page(ad), one, "Stoppa").status_code == 303
    assert submit(office, page(ad), one, "Stoppa").status_code == 409
    assert submit(office, page(ad), {"why": "Alla hörs."}, "Stoppa").status_code == 303
    shown = office.get(page(ad)).get_data(as_text=True)
    assert "DO har avbrutit" in shown and "Alla hörs." in shown and "Stoppat tills någon häver det" in shown
    with world.acting(scope.party(world.party)) as session:
        holds = session.scalars(select(LegalHold)).all()
        assert all(b"avbrutit" not in row.reason_sealed for row in holds)
    for _ in holds:
        assert submit(office, page(ad), {}, "Häv stoppet").status_code == 303
    assert "DO har avbrutit" not in office.get(page(ad)).get_data(as_text=True)
    assert verbs(world) == ["hold.set", "hold.set", "hold.lifted", "hold.lifted"]


@pytest.mark.parametrize("employer", ["party", "authority"])
def test_whoever_holds_an_authoritys_open_recruitment_reads_that_own_notes_are_kept_too(
    world: World, set_clock: Clock, employer: str
) -> None:
    ad = publish_ad(world, employer=employer)
    send_applications(world, ad, 1)
    set_clock("2026-12-14T10:00")
    office = world.browser(world.kansli)
    told = "Det omfattar också egna anteckningar som en bedömare inte har lämnat in."
    assert (told in office.get(page(ad)).get_data(as_text=True)) == (employer == "authority")


def test_breaking_off_shortens_nothing_where_the_authority_employs(world: World, set_clock: Clock) -> None:
    ad, _sent = broken_off(world, set_clock, "authority")
    at = set_clock("2035-01-01T10:00")
    office = world.browser(world.kansli)
    with world.app.app_context():
        assert carry_out_due(at) == Gone()
    assert "dagen som den räknas från behöver skrivas in" in office.get(LIST).get_data(as_text=True)
    assert "Skriv från vilken dag ansökningarnas tid räknas" in office.get("/arbete").get_data(as_text=True)
    early = submit(office, page(ad), {"day": "2026-12-13", "basis": "RS § 8"}, "Spara dagen")
    assert early.status_code == 422 and "Att avbryta förkortar aldrig" in early.get_data(as_text=True)
    done = submit(office, page(ad), {"day": "2027-01-20", "basis": "RS § 8, laga kraft."}, "Spara dagen")
    assert done.status_code == 303
    assert "Två ansökningar gallras 15 januari 2035." in office.get(page(ad)).get_data(as_text=True)


def test_who_is_not_of_the_office_or_has_applied_finds_nothing(world: World, set_clock: Clock) -> None:
    ad = publish_ad(world, employer="party")
    send_applications(world, ad, 1, emails=("kansli@example.se",))
    other, _sent = broken_off(world, set_clock)
    for person in (world.rival_kansli, world.gunnel, world.region, world.drift):
        assert world.browser(person).get(page(other)).status_code == 404
    office = world.browser(world.kansli)
    assert office.get(page(ad)).status_code == 404
    listed = office.get(LIST).get_data(as_text=True)
    assert page(other) in listed and page(ad) not in listed
    foreign = submit(office, page(other), {"why": "Någon annans."}, "Stoppa")
    assert foreign.status_code == 303
    token = office.get(page(other)).get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
    elsewhere = {"csrf_token": token, "whom": str(uuid4()), "why": "Någon annans."}
    assert office.post(f"{page(other)}/stoppa", data=elsewhere).status_code == 422
    rivals = f"{LIST}/{other.id}/stoppa/{other.id}/hav"
    assert office.post(rivals, data={"csrf_token": token}).status_code == 404


@pytest.mark.counts
def test_the_number_of_questions_does_not_grow_with_the_recruitments(world: World, set_clock: Clock) -> None:
    counts: list[int] = []
    for more in (1, 1, 9):  # what is asked once per process is asked the first time
        for _ in range(more):
            broken_off(world, set_clock, n=1, posts=1)
        office = world.browser(world.kansli)
        with statements(world.app) as asked:
            assert office.get(LIST).status_code == 200
        counts.append(asked.count)
    assert counts[1] == counts[2]


def test_the_database_too_asks_for_a_reason(world: World, set_clock: Clock) -> None:
    ad, _sent = broken_off(world, set_clock)
    with pytest.raises(IntegrityError), world.writing(scope.party(world.party)) as session:
        row = session.get_one(Ad, ad.id)
        walls = {name: getattr(row, name) for name in ("party_id", "authority_id", "controller_id", "with_authority")}
        session.add(
            RetentionCase(
                **walls, ad_id=ad.id, postponed_to=date(2029, 1, 1), postponed_by=world.kansli, postponed_at=clock.now()
            )
        )
