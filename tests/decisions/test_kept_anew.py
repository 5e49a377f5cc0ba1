"""The kept file of an ad that was taken back, where a letter was registered after that: it has the last one too."""

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from portal import clock, scope
from portal.ads.services.publishing import withdraw_ad
from portal.applications.services.withdrawing import withdraw_application
from portal.audit.models import AuditLine
from portal.decisions.models import KeptFile
from portal.documents.models import FiledDocument
from portal.jobs.tasks import run_rounds
from tests.applicants import Sent
from tests.decisions.recruiting import address, closed_recruitment, decide, keep_decision_file, proofread, release
from tests.intake.registering import add_cv, begin, finish, intakes
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]


def rounds(world: World) -> None:
    for _ in range(2):  # the end is an event of its own
        run_rounds(world.app)


def withdraw(world: World, ad: Published) -> None:
    with world.writing(scope.party(ad.party_id)) as session:
        withdraw_ad(session, ad_id=ad.id, person_id=world.kansli, at=clock.now())
    rounds(world)


def take_back(world: World, one: Sent) -> None:
    with world.writing(scope.candidate(one.id)) as session:
        withdraw_application(session, application_id=one.id, at=clock.now())
    rounds(world)


def kept(world: World, ad: Published) -> dict[str, Any]:
    answer = world.browser(world.kansli).get(address(ad, "beslutsakt-sparad.json"))
    assert answer.status_code == 200
    found: dict[str, Any] = json.loads(answer.data)
    return found


def registered_after_withdrawal(world: World, set_clock: Clock) -> tuple[Published, Sent]:
    """A letter of 9 December, begun the 10th; the ad is taken back the 14th with nobody in it, and the letter registered the
    15th."""
    ad = publish_ad(world, deadline=date(2026, 12, 18))
    set_clock("2026-12-10T10:00")
    page = begin(world.browser(world.kansli), ad, "2026-12-09").location
    set_clock("2026-12-14T10:00")
    withdraw(world, ad)
    set_clock("2026-12-15T10:00")
    office = world.browser(world.kansli)
    assert add_cv(office, page).status_code == 303 and finish(office, page).status_code == 303
    ((_row, application),) = intakes(world, world.party)
    assert application is not None
    return ad, Sent(application.id, "Postens Petra", "", "", 0, application.id, 1, {})


def test_who_was_registered_last_is_in_the_file_with_their_word(world: World, set_clock: Clock) -> None:
    ad, petra = registered_after_withdrawal(world, set_clock)
    assert kept(world, ad)["candidates"] == [], "it was over, as far as anybody could tell"
    decide(world, ad, [petra])
    proofread(world, ad)
    set_clock("2026-12-16T10:00")
    release(world, ad)
    rounds(world)
    file = kept(world, ad)
    assert [one["name"] for one in file["candidates"]] == ["Postens Petra"]
    assert [(row["candidate"], row["told_at"][:10]) for row in file["outcomes"]] == [(str(petra.id), "2026-12-16")]
    with world.acting(scope.party(world.party)) as session:
        row = session.scalars(select(KeptFile)).one()
        assert (row.kept_at.date(), row.changed_at) == (date(2026, 12, 16), None)
        assert session.scalars(select(FiledDocument.id).where(FiledDocument.kind == "json")).all() == [row.document_id]
        verbs = [line.verb for line in session.scalars(select(AuditLine).order_by(AuditLine.number))]
    assert "decision_file.kept_anew" in verbs
    page = world.browser(world.kansli).get(address(ad, "beslut")).get_data(as_text=True)
    assert "16 december" in page and "Ändrat sedan akten sparades" not in page


def test_news_of_the_end_that_comes_late_keeps_nothing_while_somebody_waits(world: World, set_clock: Clock) -> None:
    ad, petra = registered_after_withdrawal(world, set_clock)
    decide(world, ad, [petra])
    keep_decision_file(world, ad)
    assert kept(world, ad)["candidates"] == []


def test_who_was_registered_last_and_took_it_back_is_in_it_too(world: World, set_clock: Clock) -> None:
    ad, petra = registered_after_withdrawal(world, set_clock)
    set_clock("2026-12-16T10:00")
    take_back(world, petra)
    assert [(one["name"], one["state"]) for one in kept(world, ad)["candidates"]] == [
        ("Postens Petra", "tillbakatagen")
    ]


def test_a_whole_file_is_kept_once_whatever_is_told_of_the_end_again(world: World, set_clock: Clock) -> None:
    ad, sent = closed_recruitment(world, set_clock, 2)
    withdraw(world, ad)
    decide(world, ad, sent)
    proofread(world, ad)
    release(world, ad)
    rounds(world)
    first = kept(world, ad)
    assert len(first["outcomes"]) == 2
    set_clock("2026-12-20T10:00")
    take_back(world, sent[0])
    keep_decision_file(world, ad)
    assert kept(world, ad) == first, "it says how it was; what has changed since is told beside it"
