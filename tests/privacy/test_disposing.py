"""Two weeks' notice, and the day: what is held or postponed stays, what is due goes, also after a run that was cut short."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

import pytest
from sqlalchemy import func, select, update
from structlog.testing import capture_logs

from portal import clock, scope
from portal.applications.models import Answer, Application
from portal.applications.states import State
from portal.audit.models import AuditLine
from portal.contracts.decision.services.appealing import confirm_no_appeal, note_appeal
from portal.contracts.decision.services.ruling import set_aside
from portal.contracts.models import Employment
from portal.decisions.models import KeptFile, Outcome
from portal.documents.models import Document, FiledDocument
from portal.jobs.tasks import run_rounds
from portal.links.models import Link, Purpose
from portal.mail.models import OutgoingMail
from portal.mail.services import Letter, open_letter
from portal.privacy.commands import sweep
from portal.privacy.models import LegalHold
from portal.privacy.services import disposing
from portal.privacy.services.disposing import Gone, carry_out_due
from portal.privacy.services.holding import lift_hold, postpone, set_hold
from portal.vault.services import the_vault
from tests.applicants import Sent
from tests.contracts.acts.changing import OFF, change
from tests.contracts.deciding import decide_and_announce
from tests.contracts.hiring import fill, hired
from tests.decisions.recruiting import decide, office, proofread, release
from tests.door import own_browser
from tests.forms import submit
from tests.privacy.candidates import agreed, link_of, row_of
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]
FILLED = date(2026, 12, 14)  # so 14 December 2028 is the last day, and a whole one
TOLD, DAY = "2028-12-01T09:00", "2028-12-15T09:00"


def ended(world: World, set_clock: Clock, employer: str = "party") -> tuple[Published, list[Sent]]:
    """One employed, two who were not, everybody told."""
    ad, sent = hired(world, set_clock, 3, employer=employer)
    answer = fill(world.browser(world.kansli), ad, sent[0])
    assert answer.status_code == 303
    decide(world, ad, sent[1:])
    proofread(world, ad)
    release(world, ad)
    return ad, sent


def carried_out(world: World, set_clock: Clock, instant: str) -> Gone:
    at = set_clock(instant)
    with world.app.app_context():
        return carry_out_due(at)


def states(world: World) -> dict[UUID, str]:
    with world.acting(scope.party(world.party)) as session:
        return {row.id: row.state for row in session.scalars(select(Application))}


def keyed(world: World, sent: list[Sent]) -> list[bool]:
    with world.app.app_context():
        return [the_vault().key_store.has(one.id) for one in sent]


def notices(world: World) -> list[Letter]:
    """The mails to the office that something goes."""
    with world.acting(scope.PLATFORM) as session:
        rows = session.scalars(select(OutgoingMail).where(OutgoingMail.once.startswith("retention:")))
        return [open_letter(session, row) for row in rows if row.sealed is not None]


def about(world: World, ad: Published) -> dict[str, object]:
    return {"ad_id": ad.id, "actor": office(world), "at": clock.now()}


def test_the_office_is_told_and_two_weeks_later_all_but_the_employed_ones_papers_are_gone(
    world: World, set_clock: Clock
) -> None:
    _ad, sent = ended(world, set_clock)
    assert carried_out(world, set_clock, "2028-11-30T09:00") == Gone()
    assert carried_out(world, set_clock, TOLD) == Gone(told=1)
    assert carried_out(world, set_clock, TOLD) == Gone()
    (letter,) = notices(world)
    assert "raderas fredag 15 december" in letter.body
    assert not any(word in letter.subject + letter.body for word in ("Närvårdspartiet", "sekreterare", sent[1].name))
    assert carried_out(world, set_clock, "2028-12-14T23:59") == Gone()
    assert carried_out(world, set_clock, DAY) == Gone(erased=2)
    assert carried_out(world, set_clock, DAY) == Gone()
    assert keyed(world, sent) == [True, False, False]
    assert states(world) == {sent[0].id: State.SENT, sent[1].id: State.DISPOSED, sent[2].id: State.DISPOSED}
    with world.acting(scope.party(world.party)) as session:
        for kind in (Document, Answer):
            assert set(session.scalars(select(kind.application_id))) == {sent[0].id}
        outcomes = {row.application_id: row.reason_sealed for row in session.scalars(select(Outcome))}
        assert outcomes.pop(sent[0].id) and outcomes == {sent[1].id: b"", sent[2].id: b""}  # counted, not told
        erased = select(AuditLine).where(AuditLine.verb == "application.erased")
        lines = session.scalars(erased).all()
    assert {(line.object_id, line.actor, line.reason) for line in lines} == {(one.id, "system", "") for one in sent[1:]}


def test_an_authoritys_clock_waits_for_laga_kraft(world: World, set_clock: Clock) -> None:
    _ad, sent = ended(world, set_clock, "authority")
    assert carried_out(world, set_clock, "2030-01-01T09:00") == Gone()
    page = world.browser(world.kansli).get("/arbete/sparade").get_data(as_text=True)
    assert "inte inskrivet när anställningsbeslutet fick laga kraft" in page
    with world.acting(scope.party(world.party)) as session:
        employment = session.scalars(select(Employment.id)).one()
    set_clock("2026-12-15T09:00")
    decide_and_announce(world, employment, by_authority=True)
    set_clock("2027-01-08T09:00")
    with world.writing(scope.party(world.party)) as session:
        final = confirm_no_appeal(
            session, on=clock.today(), employment_id=employment, actor=office(world), at=clock.now()
        )
        assert final is not None and final.final_on == date(2027, 1, 6)
    assert carried_out(world, set_clock, "2028-12-25T09:00") == Gone()
    assert carried_out(world, set_clock, "2028-12-26T09:00") == Gone(told=1)
    assert carried_out(world, set_clock, "2029-01-09T09:00") == Gone(disposed=2)  # trettondagen was a Saturday
    assert keyed(world, sent) == [True, False, False]
    page = world.browser(world.region).get("/arbete/inkomna").get_data(as_text=True)
    assert sent[0].name in page and sent[1].name not in page


def test_what_a_court_has_set_aside_is_counted_from_when_its_word_was_final(world: World, set_clock: Clock) -> None:
    _ad, sent = ended(world, set_clock, "authority")
    with world.acting(scope.party(world.party)) as session:
        employment = session.scalars(select(Employment.id)).one()
    set_clock("2026-12-15T09:00")
    decide_and_announce(world, employment, by_authority=True)
    set_clock("2027-06-02T09:00")
    about_it = {"employment_id": employment, "actor": office(world), "at": clock.now(), "on": clock.today()}
    with world.writing(scope.party(world.party)) as session:
        assert note_appeal(session, came=date(2027, 1, 4), case_number="1234-27", **about_it)
        assert set_aside(session, ruled_on=date(2027, 6, 1), **about_it)
    assert carried_out(world, set_clock, "2029-05-19T09:00") == Gone(told=1)
    assert carried_out(world, set_clock, "2029-06-02T09:00") == Gone(disposed=2)
    assert keyed(world, sent) == [True, False, False]


def test_a_hold_stops_one_or_all_until_somebody_lifts_it(world: World, set_clock: Clock) -> None:
    ad, sent = ended(world, set_clock)
    carried_out(world, set_clock, TOLD)
    own = scope.party(world.party)
    with world.writing(own) as session:
        hold = set_hold(session, application_id=sent[1].id, reason="DO har hört av sig.", **about(world, ad))
        assert hold is not None
        hold_id = hold.id
    assert carried_out(world, set_clock, DAY) == Gone(erased=1)
    assert keyed(world, sent) == [True, True, False]
    assert carried_out(world, set_clock, "2029-03-01T09:00") == Gone()
    with world.writing(own) as session:
        lift_hold(session, hold_id=hold_id, **about(world, ad))
    assert carried_out(world, set_clock, "2029-03-02T09:00") == Gone(told=1)  # told anew
    assert carried_out(world, set_clock, "2029-03-15T09:00") == Gone()
    assert carried_out(world, set_clock, "2029-03-16T09:00") == Gone(erased=1)
    assert keyed(world, sent) == [True, False, False]


def test_one_recruitment_that_cannot_be_let_go_keeps_none_of_the_others(world: World, set_clock: Clock) -> None:
    both = []
    for _ in range(2):
        both.append(ended(world, set_clock))
        run_rounds(world.app)
    (bad, _), (_, sent) = sorted(both, key=lambda one: str(one[0].id))
    assert carried_out(world, set_clock, TOLD) == Gone(told=2)
    with world.acting(scope.party(world.party)) as session:
        kept = session.scalars(select(KeptFile).where(KeptFile.ad_id == bad.id)).one()
        blob = session.get_one(FiledDocument, kept.document_id).blob
        the_vault().blobs.delete(blob)
        the_vault().blobs.put(blob, b"broken")
    set_clock(DAY)
    with capture_logs() as lines:
        told = world.app.test_cli_runner().invoke(sweep)
    assert told.exit_code == 1 and "1 rekryteringar gick inte att gallra" in told.output
    assert keyed(world, sent) == [True, False, False]
    assert [line["ad_id"] for line in lines if line["event"] == "not_disposed"] == [str(bad.id)]


def test_a_hold_is_set_and_lifted_in_its_own_recruitment_alone(world: World, set_clock: Clock) -> None:
    ad, sent = ended(world, set_clock)
    other, own = publish_ad(world), scope.party(world.party)
    with world.writing(own) as session:
        assert set_hold(session, application_id=sent[1].id, reason="DO.", **about(world, other)) is None
        assert session.scalars(select(LegalHold)).all() == []
        hold = set_hold(session, application_id=sent[1].id, reason="DO.", **about(world, ad))
        assert hold is not None
        assert lift_hold(session, hold_id=hold.id, **about(world, other)) is None
        assert hold.lifted_at is None


def test_a_hold_that_is_lifted_before_the_day_gives_two_new_weeks(world: World, set_clock: Clock) -> None:
    ad, sent = ended(world, set_clock)
    carried_out(world, set_clock, TOLD)
    with world.writing(scope.party(world.party)) as session:
        hold = set_hold(session, application_id=sent[1].id, reason="DO har hört av sig.", **about(world, ad))
        assert hold is not None
        lift_hold(session, hold_id=hold.id, **about(world, ad))
    assert carried_out(world, set_clock, "2028-12-02T09:00") == Gone(told=1)
    assert carried_out(world, set_clock, DAY) == Gone()
    assert carried_out(world, set_clock, "2028-12-16T09:00") == Gone(erased=2)


def test_papers_of_whoever_never_began_go_with_the_others_and_are_theirs_to_erase_before(
    world: World, set_clock: Clock
) -> None:
    ad, sent = ended(world, set_clock)
    with world.acting(scope.party(world.party)) as session:
        employment = session.scalars(select(Employment.id)).one()
    link = link_of(world, sent[0])
    assert "Du är eller har varit anställd" in own_browser(world).get(f"{link}/radera").get_data(as_text=True)
    assert change(world, employment, OFF, decided="2026-12-14", note="Tog ett annat arbete.").status_code == 303
    assert "Du är eller har varit anställd" not in own_browser(world).get(f"{link}/radera").get_data(as_text=True)
    page = world.browser(world.kansli).get(f"/arbete/sparade/{ad.id}").get_data(as_text=True)
    assert "Den anställdas handlingar" not in page
    carried_out(world, set_clock, TOLD)
    assert carried_out(world, set_clock, DAY) == Gone(erased=3)
    assert keyed(world, sent) == [False, False, False]


def test_what_is_postponed_is_told_of_anew(world: World, set_clock: Clock) -> None:
    ad, _sent = ended(world, set_clock)
    carried_out(world, set_clock, TOLD)
    with world.writing(scope.party(world.party)) as session:
        assert postpone(session, until=date(2029, 2, 1), reason="En tvist pågår.", **about(world, ad))
    assert carried_out(world, set_clock, DAY) == Gone()
    assert carried_out(world, set_clock, "2029-01-18T09:00") == Gone(told=1)
    assert carried_out(world, set_clock, "2029-02-01T09:00") == Gone(erased=2)


@pytest.mark.parametrize("broken", ["finish_erasure", "forget_words", "take_out_erased", "forget_reasons"])
def test_killed_in_the_middle_it_ends_well_when_run_again(
    world: World, set_clock: Clock, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    _ad, sent = ended(world, set_clock)
    carried_out(world, set_clock, TOLD)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(disposing, broken, killed)
        carried_out(world, set_clock, DAY)
    run = world.app.test_cli_runner()
    assert run.invoke(sweep).exit_code == 0
    run_rounds(world.app)
    assert keyed(world, sent) == [True, False, False]
    with world.acting(scope.party(world.party)) as session:
        assert set(session.scalars(select(Application.id).where(Application.name_sealed.is_not(None)))) == {sent[0].id}
        assert session.scalar(select(func.count()).where(Outcome.reason_sealed == b"")) == 2
        assert session.scalar(select(func.count()).where(AuditLine.verb == "application.erased")) == 2
    assert carried_out(world, set_clock, DAY) == Gone()


def test_the_command_says_what_would_go_in_counts_alone(world: World, set_clock: Clock) -> None:
    _ad, sent = ended(world, set_clock)
    run = world.app.test_cli_runner()
    set_clock(TOLD)
    assert "1 rekryteringar skulle aviseras" in run.invoke(sweep, ["--dry-run"]).output
    assert "1 rekryteringar aviserade" in run.invoke(sweep).output
    set_clock(DAY)
    said = run.invoke(sweep, ["--dry-run"]).output
    assert "0 gallrade och 2 raderade ansökningar" in said and keyed(world, sent) == [True] * 3
    assert not any(word in said for word in (sent[1].name, "sekreterare", "Närvårdspartiet"))
    assert "0 gallrade och 2 raderade ansökningar" in run.invoke(sweep).output
    assert keyed(world, sent) == [True, False, False]


def test_the_private_link_of_what_lies_sealed_lasts_as_long_as_it_does(world: World, set_clock: Clock) -> None:
    ad, (_, one, other) = ended(world, set_clock)
    agreed(world, ad)
    link = link_of(world, one)
    assert submit(own_browser(world), f"{link}/ta-tillbaka", {}, "Ta tillbaka ansökan").status_code == 303
    until = row_of(world, ad, one.id).restricted_until
    ends = datetime(2028, 1, 1, tzinfo=clock.STOCKHOLM)  # as where the word came long after it was sent
    of_both = Link.subject_id.in_([one.id, other.id]), Link.purpose == Purpose.APPLICATION
    with world.writing(scope.PLATFORM) as session:
        session.execute(update(Link).where(*of_both).values(expires_at=ends))
    carried_out(world, set_clock, "2027-12-15T09:00")
    assert until is not None and until > ends.date()
    with world.acting(scope.PLATFORM) as session:
        assert [row.expires_at.date() >= until for row in session.scalars(select(Link).where(*of_both))] == [True, True]
    set_clock("2028-01-15T09:00")
    assert own_browser(world).get(link).status_code == 200
