"""Krav first: the evidence, a person's decision with its reason, and how whoever has fallen is shown and never removed."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from portal import clock, scope
from portal.ads.services.publishing import end_ad
from portal.audit.models import AuditLine
from portal.refusal import Refusal
from portal.review.deciding.models import RequirementDecision
from portal.review.refusals import CaseOver, NotOpenToYou, NotOpenYet
from portal.review.requirements import DecidedAlready, NoSuchRequirement, NothingToTakeBack, ReasonUnsaid, Ruling
from tests.applicants import Sent
from tests.counting import statements
from tests.forms import fields_of, submit, submit_page
from tests.review.panel import AFTER_LAST_MINUTE, Panel, panel_of
from tests.world import World

WHY = "Svarar nej om körkort och har inget på tillträdesdagen."


def main_of(page: str) -> str:
    return page[page.index("<main") :]


def test_the_office_sees_what_was_answered_and_decides_with_a_reason(panel: Panel) -> None:
    world, sent = panel.world, panel.sent[0]
    office = world.browser(world.kansli)
    page = office.get(f"{panel.url}/krav").get_data(as_text=True)
    assert all(one.name in page for one in panel.sent) and "B-körkort" in page
    assert "egen bil" not in page, "a merit makes nobody fall"
    told = submit(office, panel.krav_url(sent), {"result": "faller", "reason": WHY}, "Spara beslutet")
    assert told.status_code == 303
    after = office.get(panel.krav_url(sent)).get_data(as_text=True)
    assert WHY in after and "Samira Hedvall" in after and "14 december 2026 kl. 10.00" in after.replace("\xa0", " ")
    with world.acting(scope.party(world.party)) as session:
        row = session.scalars(select(RequirementDecision)).one()
        verbs = session.scalars(select(AuditLine.verb).where(AuditLine.object_id == sent.id)).all()
    assert WHY.encode() not in row.reason_sealed and "requirement.faller" in verbs


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"result": "faller", "reason": " "}, "Skriv en rad om varför"),
        ({"result": "faller", "reason": "x" * 501}, "högst 500 tecken"),
        ({"reason": WHY}, "Välj Faller på detta krav eller Går vidare."),
    ],
)
def test_nobody_falls_without_a_choice_and_a_reason(panel: Panel, data: dict[str, str], said: str) -> None:
    office = panel.world.browser(panel.world.kansli)
    answer = submit(office, panel.krav_url(panel.sent[0]), data, "Spara beslutet")
    assert answer.status_code == 422 and said in answer.get_data(as_text=True)
    assert "Avgör" in answer.get_data(as_text=True)
    assert decisions(panel) == 0


def test_a_ruling_that_is_none_is_refused(panel: Panel) -> None:
    office = panel.world.browser(panel.world.kansli)
    token = fields_of(office.get(panel.krav_url(panel.sent[0])))["csrf_token"][0]
    data = {"csrf_token": token, "result": "<b>avslag</b>", "reason": WHY}
    answer = office.post(panel.krav_url(panel.sent[0]), data=data)
    assert answer.status_code == 422 and "<b>avslag" not in answer.get_data(as_text=True)
    assert decisions(panel) == 0


def decisions(panel: Panel) -> int:
    with panel.world.acting(scope.party(panel.ad.party_id)) as session:
        return session.scalar(select(func.count()).select_from(RequirementDecision)) or 0


def test_who_has_fallen_is_shown_as_fallen_everywhere_and_removed_nowhere(panel: Panel) -> None:
    world, fallen = panel.world, panel.sent[0]
    for person in panel.people:
        panel.declare(person)
        panel.score_all(person)
    panel.drop(world.kansli, fallen)
    for person in panel.people:
        panel.hand_in(person)
    for person, page in (
        (world.kansli, "/sokande"), (world.kansli, f"/sokande/{fallen.id}"), (world.kansli, "/krav"),
        (world.kansli, "/gemensam"), (world.elof, "/din-bedomning"), (world.elof, "/ordning"), (world.elof, "/gemensam"),
    ):  # fmt: skip
        text = main_of(world.browser(person).get(panel.url + page).get_data(as_text=True))
        assert fallen.name in text and "Föll på krav" in text, page
    queue = world.browser(world.elof).get(panel.score_url(panel.sent[1])).get_data(as_text=True)
    queue = queue[queue.index('class="queue"') :]
    assert f"{fallen.name} <small>föll på krav</small>" in queue and queue.count("<li><a") == 3


def test_who_has_fallen_is_not_offered_to_be_called_until_that_is_taken_back(panel: Panel) -> None:
    world, fallen, other = panel.world, panel.sent[0], panel.sent[1]
    for person in panel.people:
        panel.declare(person)
        panel.score_all(person)
    office = world.browser(world.kansli)

    def offered(one: Sent) -> bool:
        page = main_of(office.get(f"{panel.url}/sokande/{one.id}").get_data(as_text=True))
        assert ("Hen har fallit på ett krav och kallas inte" in page) != (">Kalla till intervju<" in page)
        return ">Kalla till intervju<" in page

    url = f"{panel.url}/sokande/{fallen.id}"
    opened = office.get(url)
    panel.drop(world.kansli, fallen)
    assert (offered(fallen), offered(other)) == (False, True)
    late = submit_page(office, opened, url, {}, "Kalla till intervju")
    assert late.status_code == 422 and "Ta tillbaka det på Krav först" in late.get_data(as_text=True)
    panel.take_back(world.kansli, fallen)
    assert offered(fallen)


def test_in_the_joint_view_the_fallen_stand_apart_without_a_place_and_with_their_votes(panel: Panel) -> None:
    world, fallen = panel.world, panel.sent[0]
    for person in panel.people:
        panel.declare(person)
        panel.score_all(person, {fallen.id: [3, 3, 3]})
        panel.hand_in(person)
    panel.drop(world.gunnel, fallen)
    page = main_of(world.browser(world.kansli).get(f"{panel.url}/gemensam").get_data(as_text=True))
    above, _, below = page.partition("<h2>Föll på krav</h2>")
    assert fallen.name not in above and all(one.name in above for one in panel.sent[1:])
    assert fallen.name in below and "Gunnel Sundvall" in below and '<span class="place"></span>' in below
    assert "<b>3,0</b>" in below
    panel.take_back(world.gunnel, fallen)
    again = main_of(world.browser(world.kansli).get(f"{panel.url}/gemensam").get_data(as_text=True))
    assert "Föll på krav" not in again and fallen.name in again


def test_of_whom_has_fallen_no_more_scores_are_asked_until_it_is_taken_back(panel: Panel) -> None:
    world, fallen = panel.world, panel.sent[0]
    panel.declare(world.elof)
    panel.drop(world.kansli, fallen)
    elof, walked = world.browser(world.elof), []
    url = elof.get(f"{panel.url}/bedom").headers["Location"]
    while "/bedom/" in url:
        walked.append(url)
        value = "yes" if url.rsplit("/", 1)[1] in (str(panel.ad.criteria[2]), str(panel.ad.criteria[4])) else "2"
        url = submit(elof, url, {"step": value}).headers["Location"]
    assert len(walked) == 10 and not any(str(fallen.id) in one for one in walked)
    panel.hand_in(world.elof)
    assert elof.get(panel.score_url(fallen)).status_code == 200, "it can still be read and judged"
    panel.take_back(world.kansli, fallen)
    assert "Fem kvar att bedöma" in elof.get(f"{panel.url}/din-bedomning").get_data(as_text=True)
    panel.step(world.elof, fallen, 0, 1)  # a missing score is no change and needs no reason


def test_a_decision_is_taken_back_with_a_reason_and_both_are_kept(panel: Panel) -> None:
    world, sent = panel.world, panel.sent[0]
    panel.drop(world.kansli, sent, reason=WHY)
    office = world.browser(world.kansli)
    bare = submit(office, panel.krav_url(sent), {"reason": ""}, "Ta tillbaka beslutet")
    assert bare.status_code == 422 and "Skriv en rad om varför" in bare.get_data(as_text=True)
    assert (
        submit(office, panel.krav_url(sent), {"reason": "Visade upp körkortet."}, "Ta tillbaka beslutet").status_code
        == 303
    )
    page = office.get(panel.krav_url(sent)).get_data(as_text=True)
    assert WHY in page and "Visade upp körkortet." in page and "Spara beslutet" in page
    with pytest.raises(NothingToTakeBack):
        panel.take_back(world.kansli, sent)


def test_of_two_who_decide_the_second_is_told_and_changes_nothing(panel: Panel) -> None:
    world, sent = panel.world, panel.sent[0]
    office, lead = world.browser(world.kansli), world.browser(world.gunnel)
    panel.declare(world.gunnel)
    first, second = (browser.get(panel.krav_url(sent)) for browser in (office, lead))
    form = {"result": "gar_vidare", "reason": "Räcker."}
    assert (
        office.post(panel.krav_url(sent), data={**form, "csrf_token": fields_of(first)["csrf_token"][0]}).status_code
        == 303
    )
    late = lead.post(
        panel.krav_url(sent), data={**form, "result": "faller", "csrf_token": fields_of(second)["csrf_token"][0]}
    )
    assert late.status_code == 409 and "redan avgjort" in late.get_data(as_text=True)
    assert decisions(panel) == 1


def test_the_database_lets_only_one_decision_stand(panel: Panel) -> None:
    panel.drop(panel.world.kansli, panel.sent[0])
    with panel.world.acting(scope.party(panel.ad.party_id)) as session:
        row = session.scalars(select(RequirementDecision)).one()
        copied = {
            name: getattr(row, name)
            for name in RequirementDecision.__table__.columns.keys()  # noqa: SIM118
            if name != "id"
        }
    with pytest.raises(IntegrityError), panel.world.writing(scope.party(panel.ad.party_id)) as session:
        session.add(RequirementDecision(**copied))


def test_only_the_office_and_the_lead_decide_and_never_one_with_jav(panel: Panel) -> None:
    world, sent = panel.world, panel.sent[0]
    panel.declare(world.elof)
    panel.declare(world.gunnel, sent)
    for person in (world.elof, world.gunnel):
        with pytest.raises(NotOpenToYou):
            panel.drop(person, sent)
    panel.drop(world.gunnel, panel.sent[1])
    lead = world.browser(world.gunnel)
    page = lead.get(f"{panel.url}/krav").get_data(as_text=True)
    assert sent.name not in page and panel.sent[1].name in page
    assert lead.get(panel.krav_url(sent)).status_code == 404
    for person in (world.elof, world.rival_kansli, world.region, world.drift):
        assert world.browser(person).get(f"{panel.url}/krav").status_code == 404


def test_nothing_is_decided_before_the_ad_closes_after_the_end_or_of_what_is_no_krav(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    panel = panel_of(world, set_clock, world.gunnel, applications=2)
    other = panel_of(world, set_clock, world.gunnel, applications=1)
    with pytest.raises(NoSuchRequirement):
        panel.drop(world.kansli, panel.sent[0], krav=4)
    with pytest.raises(NotOpenToYou):
        panel.drop(world.kansli, other.sent[0])
    for reason in ("", " \n ", "x" * 501):
        with pytest.raises(ReasonUnsaid):
            panel.drop(world.kansli, panel.sent[0], reason=reason)
    panel.drop(world.kansli, panel.sent[0])
    with pytest.raises(DecidedAlready):
        panel.drop(world.kansli, panel.sent[0], Ruling.GOES_ON)
    set_clock("2026-12-01T10:00")
    with pytest.raises(NotOpenYet):
        panel.drop(world.kansli, panel.sent[1])
    set_clock("2026-12-20T10:00")
    with world.writing(scope.party(world.party)) as session:
        end_ad(session, ad_id=panel.ad.id, person_id=world.kansli, at=clock.now())
    for verb in (lambda: panel.drop(world.kansli, panel.sent[1]), lambda: panel.take_back(world.kansli, panel.sent[0])):
        with pytest.raises(CaseOver) as no:
            verb()
        assert isinstance(no.value, Refusal) and no.value.status == 409
    browser = world.browser(world.kansli)
    listed = main_of(browser.get(f"{panel.url}/krav").get_data(as_text=True))
    assert "Rekryteringen är avslutad." in listed and "Avgör" not in listed and "du som avgör" not in listed
    undecided = f"{panel.url}/krav/{panel.sent[1].id}/{panel.ad.criteria[0]}"
    assert "något beslut om kravet fattades inte" in browser.get(undecided).get_data(as_text=True)


def test_what_assessors_say_is_shown_only_as_the_rule_lets_it(panel: Panel) -> None:
    world, sent = panel.world, panel.sent[0]
    for person in panel.people:
        panel.declare(person)
        panel.score_all(person)
    office, lead = world.browser(world.kansli), world.browser(world.gunnel)
    before = office.get(panel.krav_url(sent)).get_data(as_text=True)
    assert "Elof Rehnström" not in before and "inget från bedömarna som du får se än" in before
    panel.hand_in(world.elof)
    assert "Elof Rehnström" not in lead.get(panel.krav_url(sent)).get_data(as_text=True), "the lead has not handed in"
    panel.set_clock(AFTER_LAST_MINUTE)
    office, lead = world.browser(world.kansli), world.browser(world.gunnel)
    page = office.get(panel.krav_url(sent)).get_data(as_text=True)
    assert "Elof Rehnström</dt><dd>Ja" in page and "Elof Rehnström" not in lead.get(panel.krav_url(sent)).get_data(
        as_text=True
    )
    assert "E\xa0ja" in office.get(f"{panel.url}/krav").get_data(as_text=True)


def test_answers_that_were_shown_are_logged_as_opened(panel: Panel) -> None:
    panel.world.browser(panel.world.kansli).get(f"{panel.url}/krav")
    with panel.world.acting(scope.party(panel.ad.party_id)) as session:
        read = session.scalars(select(AuditLine.object_id).where(AuditLine.verb == "answers.read")).all()
    assert set(read) == {one.id for one in panel.sent} and len(read) == 3


@pytest.mark.counts
def test_the_krav_come_fifty_to_a_page_and_ask_the_same_at_one_and_at_sixty(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    asked = []
    for count in (1, 60):
        panel = panel_of(world, set_clock, world.gunnel, applications=count)
        office = world.browser(world.kansli)
        office.get(f"{panel.url}/krav")
        with statements(world.app) as ran:
            first = office.get(f"{panel.url}/krav").get_data(as_text=True)
        asked.append(sum(not one.startswith("INSERT") for one in ran))
    second = office.get(f"{panel.url}/krav?sida=2").get_data(as_text=True)
    assert asked == [13, 13]
    assert (first.count('class="part krav"'), second.count('class="part krav"')) == (50, 10)
    for odd in ("0", "3", "x", "-1", "²", "9" * 30):
        assert office.get(f"{panel.url}/krav?sida={odd}").get_data(as_text=True).count('class="part krav"') == 50
