"""Deputies: the first without jäv comes in, for that application alone, is asked first, counts, and is waited for."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.applications.models import Application
from portal.review.models import DeputyCall, PanelMember
from portal.review.queries.scores import Visible, seen_scores
from portal.review.services.standing_in import call_deputies
from tests.applicants import Sent, send_applications
from tests.forms import fields_of
from tests.review.panel import AFTER_LAST_MINUTE, Panel, panel_of
from tests.review.test_panel_and_calls import letters
from tests.stage import add_person
from tests.world import World

Clock = Callable[[str], datetime]


@pytest.fixture
def panel(world: World, set_clock: Clock, deputies: tuple[UUID, UUID]) -> Panel:
    """Gunnel (who leads) and Elof assess nine applications, Disa and Egil stand ready."""
    made = panel_of(world, set_clock, applications=9)
    made.name(world.gunnel, world.elof, deputies=deputies)
    return made


def calls(panel: Panel) -> set[tuple[UUID, UUID]]:
    """Person and application of every call."""
    with panel.world.acting(scope.party(panel.ad.party_id)) as session:
        rows = select(PanelMember.person_id, DeputyCall.application_id).join(
            PanelMember, PanelMember.id == DeputyCall.panel_member_id
        )
        return {(person, application) for person, application in session.execute(rows)}


def statuses(panel: Panel, person: UUID, sent: Sent) -> list[int]:
    """What a person gets where one candidate could be met."""
    browser = panel.world.browser(person)
    urls = (
        panel.score_url(sent),
        f"{panel.url}/sokande/{sent.id}",
        f"{panel.url}/sokande/{sent.id}/sida/{sent.document}/1",
        f"{panel.url}/sokande/{sent.id}/original/{sent.document}",
    )
    return [browser.get(url).status_code for url in urls]


def seen_by(panel: Panel, person: UUID) -> Visible:
    with panel.as_person(person) as (session, case):
        return seen_scores(session, case, clock.now())


def waiting_for(panel: Panel) -> list[UUID]:
    with panel.as_person(panel.world.kansli) as (session, case):
        return [one.person_id for one in seen_scores(session, case, clock.now()).waiting_for]


def test_a_deputy_who_is_not_called_in_learns_nothing(panel: Panel, deputies: tuple[UUID, UUID]) -> None:
    browser = panel.world.browser(deputies[0])
    for page in ("bedom", "jav", "varfor-sa-har", "din-bedomning", "ordning", "lamna-in", "gemensam", "sokande"):
        assert browser.get(f"{panel.url}/{page}").status_code == 404
    assert browser.get(panel.url).status_code == 404
    assert "Politisk sekreterare" not in browser.get("/arbete").get_data(as_text=True)
    assert [to for to, _, _ in letters(panel.world) if to == "disa@example.se"] == []


def test_the_first_deputy_is_called_in_by_a_mail_and_asked_about_that_name_alone(
    panel: Panel, deputies: tuple[UUID, UUID]
) -> None:
    known, other = panel.sent[:2]
    panel.declare(panel.world.elof, known, other)
    assert calls(panel) == {(deputies[0], known.id), (deputies[0], other.id)}
    ((subject, body),) = [(subject, body) for to, subject, body in letters(panel.world) if to == "disa@example.se"]
    assert subject == "Du är inkallad som ersättare"
    assert "Två ansökningar, cirka 10 minuter, lämna in senast torsdag kl. 18.00." in body
    assert "torsdag 17 december 2026" in body and f"http://localhost{panel.url}/bedom" in body
    assert not any(name in body for name in ("Elof", known.name, other.name, "Närvårdspartiet"))
    disa = panel.world.browser(deputies[0])
    assert statuses(panel, deputies[0], known) == [404] * 4
    assert disa.get(f"{panel.url}/bedom").headers["Location"].endswith("/varfor-sa-har")
    page = disa.get(f"{panel.url}/jav").get_data(as_text=True)
    assert {sent.name for sent in panel.sent if sent.name in page} == {known.name, other.name}


def test_a_deputy_scores_only_what_they_are_called_in_for(panel: Panel, deputies: tuple[UUID, UUID]) -> None:
    known, disa = panel.sent[0], deputies[0]
    panel.declare(panel.world.elof, known)
    panel.declare(disa)
    assert statuses(panel, disa, known) == [200] * 4
    for sent in panel.sent[1:]:
        assert statuses(panel, disa, sent) == [404] * 4
    browser = panel.world.browser(disa)
    for page in ("din-bedomning", "ordning", "lamna-in", "gemensam", "jav"):
        text = browser.get(f"{panel.url}/{page}").get_data(as_text=True)
        assert not any(sent.name in text for sent in panel.sent[1:]), page
    assert statuses(panel, panel.world.elof, known) == [404] * 4
    panel.score_all(disa)
    panel.hand_in(disa)
    assert "Inget att göra just nu" in browser.get("/arbete").get_data(as_text=True)


def test_the_deputys_votes_count_in_the_place_of_whom_has_jav(panel: Panel, deputies: tuple[UUID, UUID]) -> None:
    world, known, disa = panel.world, panel.sent[0], deputies[0]
    panel.declare(world.gunnel)
    panel.declare(world.elof)
    panel.score_all(world.elof, {known.id: [0, 0, 0]})
    panel.declare(world.elof, known)  # found later: the nought he gave counts no more
    panel.declare(disa)
    panel.score_all(world.gunnel)
    panel.score_all(disa, {known.id: [3, 3, 3]})
    for person in (world.gunnel, world.elof, disa):
        panel.hand_in(person)
    seen = seen_by(panel, world.kansli)
    steps = sorted(
        v.step for (_, application, _), v in seen.scores.items() if application == known.id and v.step is not None
    )
    assert steps == [2, 2, 2, 3, 3, 3]
    assert len({member for member, application, _ in seen.scores if application == panel.sent[1].id}) == 2
    page = world.browser(world.kansli).get(f"{panel.url}/gemensam").get_data(as_text=True)
    assert "Disa Person" in page and "J jäv" in page
    assert known.name not in world.browser(world.elof).get(f"{panel.url}/gemensam").get_data(as_text=True)


def test_all_have_handed_in_only_when_the_deputy_has_too(panel: Panel, deputies: tuple[UUID, UUID]) -> None:
    world, disa = panel.world, deputies[0]
    panel.declare(world.gunnel)
    panel.declare(world.elof, panel.sent[0])
    for person in (world.gunnel, world.elof):
        panel.score_all(person)
        panel.hand_in(person)
    seen = seen_by(panel, world.kansli)
    assert not seen.open and waiting_for(panel) == [disa]
    assert {application for _, application, _ in seen.scores} == {sent.id for sent in panel.sent[1:]}
    panel.declare(disa)
    panel.score_all(disa)
    panel.hand_in(disa)
    seen = seen_by(panel, world.kansli)
    assert seen.open and seen.waiting_for == []


def test_what_a_deputy_is_called_in_for_later_is_handed_in_anew(panel: Panel, deputies: tuple[UUID, UUID]) -> None:
    """The second application had arrived long before the deputy handed in the first one."""
    world, disa = panel.world, deputies[0]
    panel.declare(world.gunnel)
    panel.declare(world.elof, panel.sent[0])
    for person in (disa, world.elof, world.gunnel):
        panel.declare(person) if person == disa else None
        panel.score_all(person)
        panel.hand_in(person)
    assert seen_by(panel, world.kansli).open
    panel.declare(world.elof, panel.sent[0], panel.sent[1])
    seen = seen_by(panel, world.kansli)
    assert not seen.open and panel.sent[1].id not in {application for _, application, _ in seen.scores}
    panel.declare(disa)
    panel.score_all(disa)
    assert not seen_by(panel, world.kansli).open
    panel.hand_in(disa)
    assert seen_by(panel, world.kansli).open


def test_a_deputy_with_jav_gives_the_place_to_the_next(panel: Panel, deputies: tuple[UUID, UUID]) -> None:
    known = panel.sent[0]
    panel.declare(panel.world.elof, known)
    panel.declare(deputies[0], known)
    assert calls(panel) == {(deputies[0], known.id), (deputies[1], known.id)}
    assert statuses(panel, deputies[0], known) == [404] * 4
    waiting = panel.world.browser(deputies[0]).get(f"{panel.url}/bedom").get_data(as_text=True)
    assert "Du har jäv mot alla som du frågades om." in waiting and known.name not in waiting


def test_two_with_jav_are_replaced_by_two(panel: Panel, deputies: tuple[UUID, UUID]) -> None:
    for person in (panel.world.elof, panel.world.gunnel):
        panel.declare(person, panel.sent[0])
    assert calls(panel) == {(one, panel.sent[0].id) for one in deputies}


def test_declaring_twice_calls_nobody_twice(panel: Panel, deputies: tuple[UUID, UUID]) -> None:
    for _ in range(2):
        panel.declare(panel.world.elof, panel.sent[0])
        with panel.as_person(panel.world.kansli) as (session, case):
            assert call_deputies(session, case=case, hand_in_by=case.hand_in_by, at=clock.now()) == 0
    assert calls(panel) == {(deputies[0], panel.sent[0].id)}
    assert [to for to, _, _ in letters(panel.world)].count("disa@example.se") == 1


def test_a_deputy_who_has_applied_is_passed_over(panel: Panel, deputies: tuple[UUID, UUID]) -> None:
    send_applications(panel.world, panel.ad, 1, start=11, late=True, emails=("Disa@example.se",))
    panel.declare(panel.world.elof, panel.sent[0])
    assert calls(panel) == {(deputies[1], panel.sent[0].id)}


def test_all_have_jav_for_one_and_the_office_is_told_and_no_page_breaks(
    panel: Panel, deputies: tuple[UUID, UUID]
) -> None:
    world, known = panel.world, panel.sent[0]
    todo = "Alla bedömare har jäv mot en sökande: utse en ersättare"
    for person in (world.gunnel, world.elof, deputies[0]):
        panel.declare(person, known)
    kansli = world.browser(world.kansli)
    assert todo not in kansli.get("/arbete").get_data(as_text=True)  # Egil is asked
    panel.declare(deputies[1], known)
    assert todo in kansli.get("/arbete").get_data(as_text=True)
    assert "Alla bedömare har jäv mot en sökande" in kansli.get(f"{panel.url}/bedomare").get_data(as_text=True)
    assert "en sökande utan bedömare" in kansli.get(panel.url).get_data(as_text=True)
    for person in (world.gunnel, world.elof):
        panel.score_all(person)
        panel.hand_in(person)
    for person in (world.kansli, world.gunnel, world.elof, *deputies):
        browser = world.browser(person)
        assert browser.get("/arbete").status_code == 200
        for page in ("gemensam", "bedomare" if person == world.kansli else "din-bedomning"):
            assert browser.get(f"{panel.url}/{page}").status_code == 200, (person, page)
    seen = seen_by(panel, world.kansli)
    assert seen.open and known.id in {row.id for row in seen.applications}  # nobody's work is waited for
    third, _ = add_person(world, "tilda", "ledamot", party=world.party)
    panel.name(world.gunnel, world.elof, deputies=(*deputies, third))
    assert (third, known.id) in calls(panel)
    assert todo not in kansli.get("/arbete").get_data(as_text=True)


def test_jav_against_everybody_leaves_nothing_to_wait_for(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.elof)
    panel.declare(world.elof, *panel.sent)
    panel.declare(world.gunnel)
    panel.score_all(world.gunnel)
    panel.hand_in(world.gunnel)
    assert seen_by(panel, world.kansli).open
    assert "Se den gemensamma bilden" in world.browser(world.kansli).get("/arbete").get_data(as_text=True)
    elof = world.browser(world.elof)
    assert "Inget att bedöma" in elof.get(f"{panel.url}/bedom").get_data(as_text=True)
    assert "Inget att göra just nu" in elof.get("/arbete").get_data(as_text=True)


def test_a_candidate_who_withdraws_leaves_the_deputy_with_nothing_to_do(
    panel: Panel, deputies: tuple[UUID, UUID]
) -> None:
    known, disa = panel.sent[0], deputies[0]
    panel.declare(panel.world.elof, known)
    with panel.world.writing(scope.party(panel.ad.party_id)) as session:
        row = session.get_one(Application, known.id)
        row.state, row.withdrawn_at = "withdrawn", row.submitted_at
    browser = panel.world.browser(disa)
    for page in ("bedom", "varfor-sa-har"):
        text = browser.get(f"{panel.url}/{page}").get_data(as_text=True)
        assert "finns inte kvar" in text and known.name not in text
    for page in ("jav", "din-bedomning", "ordning", "lamna-in", "gemensam"):
        answer = browser.get(f"{panel.url}/{page}")
        assert answer.status_code == 200 and known.name not in answer.get_data(as_text=True), page
    assert "Inget att göra just nu" in browser.get("/arbete").get_data(as_text=True)


def test_a_deputy_called_in_after_the_last_minute_is_not_given_a_day_that_is_past(
    panel: Panel, deputies: tuple[UUID, UUID]
) -> None:
    panel.declare(panel.world.elof)
    panel.set_clock(AFTER_LAST_MINUTE)
    panel.declare(panel.world.elof, panel.sent[0])
    (body,) = [body for to, _, body in letters(panel.world) if to == "disa@example.se"]
    assert "lämna in så snart du kan" in body and "senast" not in body


def test_a_deputy_of_the_office_keeps_the_offices_view_of_the_others(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, applications=2)
    panel.name(world.gunnel, world.elof, deputies=(world.kansli,))
    assert statuses(panel, world.kansli, panel.sent[0])[1:] == [200] * 3
    panel.declare(world.elof, panel.sent[0])
    assert statuses(panel, world.kansli, panel.sent[0]) == [404] * 4  # asked, and has not answered
    assert statuses(panel, world.kansli, panel.sent[1])[1:] == [200] * 3
    panel.declare(world.kansli)
    assert statuses(panel, world.kansli, panel.sent[0]) == [200] * 4
    assert statuses(panel, world.kansli, panel.sent[1])[0] == 404


def test_a_deputy_who_becomes_an_assessor_is_asked_of_all_and_back_again_of_few(
    panel: Panel, deputies: tuple[UUID, UUID]
) -> None:
    world, disa = panel.world, deputies[0]
    panel.declare(world.elof, panel.sent[0])
    panel.name(world.gunnel, world.elof, disa)
    page = world.browser(disa).get(f"{panel.url}/jav")
    assert len(fields_of(page)["listed"]) == 9
    panel.declare(disa)
    panel.name(world.gunnel, world.elof, deputies=(disa,))
    assert statuses(panel, disa, panel.sent[0]) == [200] * 4
    assert statuses(panel, disa, panel.sent[1]) == [404] * 4
