"""The ordinary day and the consented one: whichever is later, with two weeks' notice, and only of what the consent covers."""

import pytest
from flask import url_for
from sqlalchemy import select

from portal import clock, scope
from portal.applications.models import Answer, Application, DecisionWord
from portal.audit.models import AuditLine
from portal.decisions.models import Outcome
from portal.documents.models import Document
from portal.privacy.commands import sweep
from portal.privacy.rights.services.leaving import end_restrictions
from portal.privacy.services import disposing
from portal.privacy.services.disposing import Gone
from portal.privacy.services.holding import lift_hold, set_hold
from portal.review.models import ReviewCase, Score
from tests.applicants import Sent
from tests.applications.paper import letters
from tests.decisions.recruiting import closed_recruitment, decide, keep_decision_file, office, proofread, release
from tests.door import own_browser
from tests.forms import submit
from tests.privacy.candidates import Clock, copy_at, link_of, values_in
from tests.privacy.later import consents, listed, say_no_more, say_yes
from tests.privacy.test_disposing import DAY, TOLD, carried_out, ended, keyed, notices
from tests.review.panel import Panel
from tests.world import Published, World

ASSESSMENT = (Score, Outcome, DecisionWord)
LAST, AFTER = "2029-12-01T09:00", "2029-12-02T09:00"  # twelve months from the day of the yes, and the day after


def alone(world: World, set_clock: Clock) -> tuple[Published, list[Sent]]:
    """The ordinary day has come: the second is kept by their own consent, the third is gone."""
    ad, sent = ended(world, set_clock)
    carried_out(world, set_clock, TOLD)
    say_yes(world, link_of(world, sent[1]))
    assert carried_out(world, set_clock, DAY) == Gone(erased=1, left=1)
    return ad, sent


def test_the_later_day_holds_and_the_office_is_told_of_it(world: World, set_clock: Clock) -> None:
    ad, sent = alone(world, set_clock)
    assert keyed(world, sent) == [True, True, False]
    assert carried_out(world, set_clock, DAY) == Gone()
    case, office_page = f"/arbete/sparade/{ad.id}", world.browser(world.kansli)
    shown = office_page.get(case).get_data(as_text=True)
    assert "En ansökan som har sparats för senare raderas 2 december 2029." in shown and "Spara längre" not in shown
    assert carried_out(world, set_clock, "2029-11-17T09:00") == Gone()
    assert carried_out(world, set_clock, "2029-11-18T09:00") == Gone(told=1)
    mail = next(one for one in notices(world) if "2 december 2029" in one.subject)
    assert "skjuter du upp" not in mail.body and "den dagen går inte att skjuta upp" in mail.body
    assert carried_out(world, set_clock, LAST) == Gone()
    assert own_browser(world).get(link_of(world, sent[1])).status_code == 200  # the link lives as long
    assert carried_out(world, set_clock, AFTER) == Gone(erased=1)
    assert keyed(world, sent) == [True, False, False] and consents(world) == {}
    assert carried_out(world, set_clock, AFTER) == Gone()


def assessed(world: World, set_clock: Clock) -> tuple[Published, Sent]:
    """One of two, scored by one who assesses, with an outcome and a word, who has said yes as the ordinary day comes."""
    ad, sent = closed_recruitment(world, set_clock, 2, employer="party")
    panel = Panel(world, ad, sent, set_clock)
    panel.name(world.gunnel)
    panel.declare(world.gunnel)
    panel.score_all(world.gunnel)
    panel.hand_in(world.gunnel)
    decide(world, ad, sent)
    proofread(world, ad)
    release(world, ad)
    keep_decision_file(world, ad)
    assert assessment(world) == {kind: {one.id for one in sent} for kind in ASSESSMENT}
    assert world.browser(world.gunnel).get(papers(ad, sent[0])).status_code == 200
    set_clock("2028-12-01T09:00")
    say_yes(world, link_of(world, sent[0]))
    carried_out(world, set_clock, TOLD)
    assert carried_out(world, set_clock, DAY) == Gone(erased=1, left=1)
    return ad, sent[0]


def papers(ad: Published, one: Sent) -> str:
    return f"/arbete/rekryteringar/{ad.id}/sokande/{one.id}"


def assessment(world: World) -> dict[type, set[object]]:
    """Of whom there is what."""
    with world.acting(scope.party(world.party)) as session:
        return {kind: set(session.scalars(select(kind.application_id))) for kind in ASSESSMENT}


def test_from_the_ordinary_day_only_what_the_consent_covers_is_left(world: World, set_clock: Clock) -> None:
    ad, kept = assessed(world, set_clock)
    assert all(kept.id not in people for people in assessment(world).values())
    with world.acting(scope.party(world.party)) as session:
        for kind in (Document, Answer):
            assert set(session.scalars(select(kind.application_id))) == {kept.id}
    said = values_in(copy_at(world, link_of(world, kept))["uppgifter.json"])
    assert said["details"]["name"] == kept.name and said["application"]["later_until"] == "2029-12-01"
    assert said.keys().isdisjoint({"word", "scores", "krav"}) and not said["assessment"]
    filed = world.browser(world.kansli).get(f"/arbete/rekryteringar/{ad.id}/beslutsakt-sparad.json")
    assert filed.status_code in (200, 404) and kept.name not in filed.get_data(as_text=True)


def test_what_is_left_is_read_by_the_office_which_asks_and_by_nobody_who_assessed(
    world: World, set_clock: Clock
) -> None:
    ad, kept = assessed(world, set_clock)
    assert world.browser(world.gunnel).get(papers(ad, kept)).status_code == 404
    browser = world.browser(world.kansli)
    assert kept.name in listed(world) and kept.name in browser.get(papers(ad, kept)).get_data(as_text=True)
    box = f"/arbete/rekryteringar/{ad.id}/brev/{kept.id}"
    assert submit(browser, box, {"text": "Passar en ny tjänst dig?"}, "Skicka brevet").status_code == 303
    assert len(letters(world, "message")) == 1


def test_no_list_of_names_tells_the_panel_or_whoever_decides_who_is_kept_for_later(
    world: World, set_clock: Clock
) -> None:
    """In a blind review all of the panel are asked about all names, and whoever decides is in every review."""
    ad, kept = assessed(world, set_clock)
    names = f"/arbete/rekryteringar/{ad.id}/jav"
    with world.writing(scope.party(world.party)) as session:
        review = session.scalars(select(ReviewCase).where(ReviewCase.ad_id == ad.id)).one()
        review.blind, review.decider_id, review.decider_named_at = True, world.elof, clock.now()
    assert kept.name in world.browser(world.kansli).get(names).get_data(as_text=True)
    for who in (world.gunnel, world.elof):
        answer = world.browser(who).get(names)
        assert (answer.status_code, kept.name in answer.get_data(as_text=True)) == (200, False)


def test_no_page_falls_over_one_who_is_kept_without_an_assessment(world: World, set_clock: Clock) -> None:
    ad, kept = assessed(world, set_clock)
    for page in ("", "/mina-uppgifter", "/radera", "/ta-tillbaka", "/spara-for-senare"):
        assert own_browser(world).get(f"{link_of(world, kept)}{page}").status_code == 200, page
    shown, browser = 0, world.browser(world.kansli)
    with world.app.app_context():
        rules = [rule for rule in world.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    values = {"ad_id": ad.id, "application_id": kept.id, "criterion_id": ad.criteria[0]}
    for rule in rules:
        if "ad_id" in rule.arguments and rule.arguments <= values.keys():
            with world.app.test_request_context():
                place = url_for(rule.endpoint, **{name: values[name] for name in rule.arguments})
            for reader in (browser, world.browser(world.gunnel)):
                status = reader.get(place).status_code
                assert status < 500, place
                shown += status == 200
    assert shown > 20


def test_taken_back_after_the_ordinary_day_it_is_erased_at_once_as_the_page_says(
    world: World, set_clock: Clock
) -> None:
    _ad, sent = alone(world, set_clock)
    set_clock("2029-02-01T09:00")
    link = link_of(world, sent[1])
    page = own_browser(world).get(f"{link}/spara-for-senare").get_data(as_text=True)
    assert "raderas allt direkt" in page and "påverkar inget annat" not in page
    assert say_no_more(world, link, "Ta tillbaka och radera allt").endswith("/tillbakatagen")
    assert keyed(world, sent) == [True, False, False] and consents(world) == {}
    assert own_browser(world).get(link).status_code == 404
    with world.acting(scope.party(world.party)) as session:
        row = session.get_one(Application, sent[1].id)
        assert (row.state, row.name_sealed) == ("disposed", None)
        erased = select(AuditLine).where(AuditLine.verb == "application.erased", AuditLine.object_id == sent[1].id)
        assert session.scalars(erased).one().actor == "candidate"


def test_taken_back_before_it_the_ordinary_day_holds_again(world: World, set_clock: Clock) -> None:
    _ad, sent = ended(world, set_clock)
    carried_out(world, set_clock, TOLD)
    link = link_of(world, sent[1])
    say_yes(world, link)
    say_no_more(world, link)
    assert carried_out(world, set_clock, DAY) == Gone(erased=2)


def test_a_consent_that_ends_before_the_ordinary_day_lengthens_nothing(world: World, set_clock: Clock) -> None:
    _ad, sent = ended(world, set_clock)
    say_yes(world, link_of(world, sent[1]))
    carried_out(world, set_clock, TOLD)
    assert carried_out(world, set_clock, DAY) == Gone(erased=2)


def test_under_a_legal_hold_neither_the_day_nor_the_candidate_erases_it(world: World, set_clock: Clock) -> None:
    ad, sent = alone(world, set_clock)
    with world.writing(scope.party(world.party)) as session:
        about = {"ad_id": ad.id, "actor": office(world), "at": clock.now()}
        assert set_hold(session, application_id=sent[1].id, reason="DO har hört av sig.", **about)
    set_clock("2029-06-01T09:00")
    link = link_of(world, sent[1])
    assert "raderas allt direkt" not in own_browser(world).get(f"{link}/spara-for-senare").get_data(as_text=True)
    say_no_more(world, link)
    assert carried_out(world, set_clock, "2030-02-01T09:00") == Gone()
    assert keyed(world, sent) == [True, True, False] and consents(world) == {}


def test_taken_back_under_a_hold_after_the_ordinary_day_it_lies_sealed_from_the_panel_and_the_office(
    world: World, set_clock: Clock
) -> None:
    ad, one = assessed(world, set_clock)
    with world.writing(scope.party(world.party)) as session:
        about = {"ad_id": ad.id, "actor": office(world), "at": clock.now()}
        hold = set_hold(session, application_id=None, reason="DO har hört av sig.", **about)
        assert hold is not None
        of_it = hold.id
    link = link_of(world, one)
    said = own_browser(world).get(f"{link}/spara-for-senare").get_data(as_text=True)
    assert "ligger ansökan låst så länge kravet inte är avgjort" in said and "den vanliga tiden igen" not in said
    assert "påverkar inget annat" not in said
    say_no_more(world, link)
    for who in (world.gunnel, world.kansli):
        assert world.browser(who).get(papers(ad, one)).status_code == 404
    assert own_browser(world).get(link).status_code == 200 and keyed(world, [one]) == [True]
    with world.writing(scope.party(world.party)) as session:
        lift_hold(session, ad_id=ad.id, hold_id=of_it, actor=office(world), at=clock.now())
    end_at(world, set_clock, "2028-12-30T09:00")
    assert keyed(world, [one]) == [False]


@pytest.mark.parametrize("all_of_it", [True, False])
def test_so_too_where_the_consent_has_run_out_and_nobody_is_told_that_they_took_it_back(
    world: World, set_clock: Clock, all_of_it: bool
) -> None:
    ad, one = assessed(world, set_clock)
    with world.writing(scope.party(world.party)) as session:
        about = {"ad_id": ad.id, "actor": office(world), "at": clock.now()}
        hold = set_hold(session, application_id=None if all_of_it else one.id, reason="DO har hört av sig.", **about)
        assert hold is not None
        of_it = hold.id
    assert carried_out(world, set_clock, LAST) == Gone()
    assert world.browser(world.kansli).get(papers(ad, one)).status_code == 200
    for _ in range(2):
        assert carried_out(world, set_clock, AFTER) == Gone()
    for who in (world.gunnel, world.kansli):
        assert world.browser(who).get(papers(ad, one)).status_code == 404
    page = own_browser(world).get(link_of(world, one)).get_data(as_text=True)
    assert "har gått ut" in page and "låst" in page and "tog tillbaka" not in page and "Tillbakatagen" not in page
    assert letters(world, "withdrawn") == [] and keyed(world, [one]) == [True]
    with world.writing(scope.party(world.party)) as session:
        lift_hold(session, ad_id=ad.id, hold_id=of_it, actor=office(world), at=clock.now())
    end_at(world, set_clock, "2029-12-16T09:00")
    assert keyed(world, [one]) == [False]


def end_at(world: World, set_clock: Clock, instant: str) -> None:
    at = set_clock(instant)
    with world.app.app_context():
        end_restrictions(at)


def test_what_only_a_consent_keeps_is_not_postponed(world: World, set_clock: Clock) -> None:
    ad, _sent = alone(world, set_clock)
    browser, case = world.browser(world.kansli), f"/arbete/sparade/{ad.id}"
    token = browser.get(case).get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
    late = {"csrf_token": token, "postpone-until": "2031-01-01", "postpone-reason": "Bra att ha."}
    late |= {"until": "2031-01-01", "reason": "Bra att ha."}
    assert browser.post(f"{case}/spara-langre", data=late).status_code == 409


@pytest.mark.parametrize("broken", ["leave_alone", "finish_erasure", "take_out_erased", "forget_reasons"])
def test_killed_in_the_middle_it_ends_well_when_run_again(
    world: World, set_clock: Clock, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    _ad, sent = ended(world, set_clock)
    carried_out(world, set_clock, TOLD)
    say_yes(world, link_of(world, sent[1]))

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(disposing, broken, killed)
        carried_out(world, set_clock, DAY)
    assert world.app.test_cli_runner().invoke(sweep).exit_code == 0
    assert keyed(world, sent) == [True, True, False]
    assert consents(world)[sent[1].id].alone_at is not None
    assert carried_out(world, set_clock, DAY) == Gone()


def test_a_dry_run_counts_who_stays(world: World, set_clock: Clock) -> None:
    _ad, sent = ended(world, set_clock)
    carried_out(world, set_clock, TOLD)
    say_yes(world, link_of(world, sent[1]))
    set_clock(DAY)
    said = world.app.test_cli_runner().invoke(sweep, ["--dry-run"]).output
    assert "0 gallrade och 1 raderade ansökningar. 1 skulle sparas bara efter samtycke" in said
    assert keyed(world, sent) == [True] * 3
