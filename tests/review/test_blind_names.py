"""Names and code names of a blind review: two lists of which no line of the one is told from a line of the other."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import select, update

from portal import clock, scope
from portal.applications.models import Application
from portal.audit.models import AuditLine
from portal.review import services
from portal.review.access import Standing, is_asked, judges, may_see_listed
from portal.review.blind.models import Masking
from portal.review.phases import Phase
from portal.review.queries.case import case_of
from portal.review.queries.scores import seen_scores
from portal.review.shuffle import shuffled
from tests.applicants import send_applications
from tests.forms import fields_of
from tests.review.blind import approve_all, blind_panel, code_name, machine_says, make_blind, work
from tests.review.panel import Panel, panel_of
from tests.world import World

ONE, OTHER = UUID(int=1), UUID(int=2)
BOTH = frozenset((ONE, OTHER))


@pytest.mark.parametrize("blind", [False, True])
def test_a_deputy_judges_what_they_are_called_in_for_and_in_a_blind_review_is_asked_about_all(blind: bool) -> None:
    deputy = Standing(
        named=True, called_for=frozenset([ONE]), clear=BOTH, blind=blind, phase=Phase.BLIND if blind else Phase.OPEN,
        approved=BOTH,
    )  # fmt: skip
    assert [judges(deputy, id) for id in (ONE, OTHER)] == [True, False]
    assert [is_asked(deputy, id) for id in (ONE, OTHER)] == [True, blind]
    assert [may_see_listed(deputy, id) for id in (ONE, OTHER)] == [True, False]


def names_on(panel: Panel, person: UUID) -> tuple[list[str], str]:
    """The names of the jäv page in their order, and the page; as many boxes as names."""
    answer = panel.world.browser(person).get(f"{panel.url}/jav")
    page = answer.get_data(as_text=True)
    names = sorted((one.name for one in panel.sent if f">{one.name}<" in page), key=page.index)
    assert len(fields_of(answer)["listed"]) == len(names)
    return names, page


def open_to(panel: Panel, person: UUID) -> set[UUID]:
    """Whose papers the person may score."""
    browser = panel.world.browser(person)
    return {one.id for one in panel.sent if browser.get(panel.score_url(one)).status_code == 200}


def test_a_deputy_of_a_blind_review_answers_about_every_name_and_meets_one_code_name(
    looked_at: Panel, deputies: tuple[UUID, UUID]
) -> None:
    panel, (gunnel, elof), (disa, _) = looked_at, looked_at.people, deputies
    first, second, _ = panel.sent
    panel.name(gunnel, elof, deputies=deputies)
    approve_all(panel)
    panel.declare(gunnel)
    panel.declare(elof, first)
    names, _ = names_on(panel, disa)
    assert set(names) == {one.name for one in panel.sent}
    assert open_to(panel, disa) == set()
    panel.declare(disa)
    assert open_to(panel, disa) == {first.id}
    browser = panel.world.browser(disa)
    for page in ("din-bedomning", "ordning", "lamna-in", "gemensam", "varfor-sa-har"):
        text = browser.get(f"{panel.url}/{page}").get_data(as_text=True)
        assert not any(word in text for one in panel.sent for word in (one.name, str(one.id)) if one != first), page
        assert code_name(panel, second) not in text and first.name not in text, page
    assert "Bedöm en ansökan" in browser.get("/arbete").get_data(as_text=True)
    office = panel.world.browser(panel.world.kansli).get(f"{panel.url}/bedomare").get_data(as_text=True)
    assert "inkallad för en" in office and "0 av 5" in office


def test_what_a_deputy_is_called_in_for_later_is_not_asked_about_again_but_handed_in_anew(
    looked_at: Panel, deputies: tuple[UUID, UUID]
) -> None:
    panel, (gunnel, elof), (disa, _) = looked_at, looked_at.people, deputies
    first, second, _ = panel.sent
    panel.name(gunnel, elof, deputies=deputies)
    approve_all(panel)
    panel.declare(gunnel)
    panel.declare(elof, first)
    panel.declare(disa)
    panel.score_all(disa)
    panel.hand_in(disa)
    panel.set_clock("2026-12-14T11:00")
    panel.declare(elof, first, second)
    with panel.as_person(disa) as (session, case):
        assert case.unanswered == () and {row.id for row in case.to_judge} == {first.id, second.id}
        assert {row.id for row in case.to_judge if case.is_handed_in(row)} == {first.id}
        assert disa in {one.person_id for one in seen_scores(session, case, clock.now()).waiting_for}
    panel.score_all(disa)
    panel.set_clock("2026-12-14T12:00")
    panel.hand_in(disa)
    with panel.as_person(disa) as (session, case):
        assert case.all_handed_in
        assert disa not in {one.person_id for one in seen_scores(session, case, clock.now()).waiting_for}


def test_who_comes_late_is_one_name_among_the_others_and_the_office_is_told_what_cannot_be_hidden(
    panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    blind_panel(panel, monkeypatch)
    elof, kansli = panel.world.elof, panel.world.browser(panel.world.kansli)
    before, _ = names_on(panel, elof)
    told = "Kom efter jävssvaren"
    assert told not in kansli.get(f"{panel.url}/maskera").get_data(as_text=True)
    assert latecomers_let_in(panel) == []
    panel.set_clock("2026-12-14T11:00")
    late = send_applications(panel.world, panel.ad, 1, start=3, late=True)[0]
    with panel.world.writing(scope.party(panel.ad.party_id)) as session:
        case = case_of(session, panel.ad.id)
        assert case is not None
        services.blinding.want_masks(session, case=case, at=clock.now())
    work(panel)
    panel.sent.append(late)
    names, page = names_on(panel, elof)
    assert set(names) == {*before, late.name} and [name for name in names if name in before] == before
    assert "Fyra namn" in page and "Listan har ändrats sedan du svarade" in page
    assert not any(word in page for word in ("nytt namn", "Namn som du redan", "Ett namn"))
    assert kansli.get(f"{panel.url}/maskera").get_data(as_text=True).count(told) == 1
    for one, words in ((late, True), (panel.sent[0], False)):
        text = kansli.get(f"{panel.url}/maskera/{one.id}").get_data(as_text=True)
        assert ("den som minns listorna kan para ihop dem" in text) is words
    panel.declare(elof)
    approve_all(panel, late)
    assert set(latecomers_let_in(panel)) == {late.id}
    assert late.id in open_to(panel, elof)
    for page in ("din-bedomning", "ordning"):
        text = panel.world.browser(elof).get(f"{panel.url}/{page}").get_data(as_text=True)
        assert code_name(panel, late) in text and "Sen ansökan" not in text


def latecomers_let_in(panel: Panel) -> list[UUID | None]:
    """Of whom the log says that the office let them into the blind queue all the same."""
    with panel.world.acting(scope.party(panel.ad.party_id)) as session:
        return list(session.scalars(select(AuditLine.object_id).where(AuditLine.verb == "masks.latecomer")))


def test_a_no_that_became_jav_does_not_make_anybody_a_latecomer(panel: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    blind_panel(panel, monkeypatch)
    panel.set_clock("2026-12-14T11:00")
    panel.declare(panel.world.elof, panel.sent[1])
    page = panel.world.browser(panel.world.kansli).get(f"{panel.url}/maskera").get_data(as_text=True)
    assert "Kom efter jävssvaren" not in page


def test_the_office_is_led_on_in_an_order_that_tells_no_name(panel: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    """In order of name the first code name to appear would be of the first name in the assessors' list."""
    machine_says(monkeypatch)
    make_blind(panel)
    work(panel)
    browser, led = panel.world.browser(panel.world.kansli), []
    for _ in panel.sent:
        page = browser.get(f"{panel.url}/maskera").get_data(as_text=True)
        head = page[: page.index("<table")]
        sent = next(one for one in panel.sent if f"/maskera/{one.id}" in head)
        led.append(code_name(panel, sent))
        approve_all(panel, sent)
    assert led == sorted(led) and len(set(led)) == 3


def test_no_list_of_code_names_is_in_the_order_of_arrival_or_tells_when_anybody_came(
    world: World, set_clock: Callable[[str], datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.kansli, applications=9)
    machine_says(monkeypatch)
    make_blind(panel)
    work(panel)
    for person in panel.people:
        panel.declare(person)
    with panel.as_person(world.gunnel) as (session, case):
        for row in session.scalars(select(Masking).where(Masking.ad_id == case.ad.id)):
            row.approved_at, row.approved_by = clock.now(), world.kansli
    names = {one.id: code_name(panel, one) for one in panel.sent}
    for person, page in ((world.gunnel, "krav"), (world.kansli, "krav"), (world.kansli, "sokande")):
        text = world.browser(person).get(f"{panel.url}/{page}").get_data(as_text=True)
        order = sorted(names, key=lambda id: text.index(f">{names[id]}</a>"))
        with panel.as_person(person) as (_session, case):
            assert case.member is not None
            assert order == shuffled(case.member.id, names), page
        assert order != list(names)
        assert not any(word in text for word in ("i den ordning de kom", "kl. ", "Sen ansökan")), page
    with world.writing(scope.party(panel.ad.party_id)) as session:
        session.execute(update(Application).where(Application.id == panel.sent[0].id).values(state="late"))
    for page in ("sokande", "utfall"):
        assert "Sen ansökan" not in world.browser(world.kansli).get(f"{panel.url}/{page}").get_data(as_text=True)


def test_what_waits_to_be_masked_is_told_to_the_office_and_asked_of_nobody(looked_at: Panel) -> None:
    panel, kansli = looked_at, looked_at.world.browser(looked_at.world.kansli)
    approve_all(panel, panel.sent[0])
    for person in panel.people:
        panel.declare(person)
    assert kansli.get(f"{panel.url}/bedomare").get_data(as_text=True).count(">0 av 5<") == 2
    left = "Två ansökningar är inte maskerade och godkända än"
    for browser in (kansli, panel.world.browser(panel.world.gunnel)):
        assert left in browser.get(f"{panel.url}/krav").get_data(as_text=True)
    assert "Maskera ansökningarna · två kvar" in kansli.get(panel.url).get_data(as_text=True)
    approve_all(panel, *panel.sent[1:])
    assert kansli.get(f"{panel.url}/bedomare").get_data(as_text=True).count(">0 av 15<") == 2
    assert "inte maskerad" not in kansli.get(f"{panel.url}/krav").get_data(as_text=True)
