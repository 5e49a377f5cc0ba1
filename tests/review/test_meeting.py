"""The meeting on its pages: when it opens, what stands on it, who writes, and what is refused."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from portal import clock, scope
from portal.organisations.models import Membership
from portal.review.meeting.models import JointText, Meeting, MeetingPoint, MeetingPresence
from portal.review.meeting.refusals import NobodyThere, StepUnfit
from portal.review.meeting.states import Step
from tests.decisions.recruiting import decide, proofread, release
from tests.review.meetings import (
    JSON,
    all_handed_in,
    disagreeing,
    page_of,
    posted,
    start,
    state_of,
    step,
    there,
    write,
    write_note,
)
from tests.review.panel import AFTER_LAST_MINUTE, Panel


def test_it_cannot_begin_before_all_have_handed_in_or_the_last_minute_has_passed(panel: Panel) -> None:
    gunnel = panel.world.gunnel
    panel.declare(gunnel)
    panel.score_all(gunnel)
    panel.hand_in(gunnel)
    assert "Mötet kan börja när alla har lämnat in" in page_of(panel, gunnel)
    refused = posted(panel, gunnel, "/starta")
    assert refused.status_code == 409 and "Mötet kan börja när" in refused.get_data(as_text=True)
    panel.set_clock(AFTER_LAST_MINUTE)
    assert "Starta mötet" in page_of(panel, gunnel)
    assert posted(panel, gunnel, "/starta").status_code == 303
    elof = page_of(panel, panel.world.elof)
    assert "Det öppnas för dig när du har lämnat in" in elof and panel.sent[0].name not in elof


def test_whoever_leads_hands_in_before_they_start_what_would_be_shut_to_them(panel: Panel) -> None:
    gunnel, elof = panel.world.gunnel, panel.world.elof
    panel.declare(gunnel)
    panel.declare(elof)
    panel.score_all(elof)
    panel.hand_in(elof)
    panel.set_clock(AFTER_LAST_MINUTE)
    page = page_of(panel, gunnel)
    assert "Starta mötet" not in page and "Du leder mötet. Det öppnas för dig när du har lämnat in" in page
    refused = posted(panel, gunnel, "/starta")
    assert refused.status_code == 409 and "Lämna in först och starta sedan." in refused.get_data(as_text=True)
    panel.score_all(gunnel)
    panel.hand_in(gunnel)
    assert posted(panel, gunnel, "/starta").status_code == 303


def test_where_the_recruitment_is_over_no_meeting_is_offered(panel: Panel) -> None:
    all_handed_in(panel)
    decide(panel.world, panel.ad, panel.sent)
    proofread(panel.world, panel.ad)
    assert release(panel.world, panel.ad) == len(panel.sent)
    for person in (panel.world.gunnel, panel.world.elof):
        page = page_of(panel, person)
        assert "Rekryteringen är avslutad. Något möte hölls inte här." in page
        assert "tarta mötet" not in page and "startar mötet" not in page


def test_the_agenda_has_the_disagreements_first_with_every_vote_and_reason(panel: Panel) -> None:
    gunnel, elof, (one, two, three) = panel.world.gunnel, panel.world.elof, panel.sent
    for person, text in ((gunnel, "Skrev ledaren själv."), (elof, "Ser bara rubriker.")):
        panel.declare(person)
        write_note(panel, person, one, 0, text)
    all_handed_in(panel, disagreeing(panel))
    start(panel)
    page = page_of(panel, gunnel)
    heads = re.findall(r'mote/sokande/([0-9a-f-]+)"', page)
    assert heads == [str(sent.id) for sent in (one, one, three, two)]
    first = page[page.index(heads[0]) : page.index("Två steg isär".lower())]
    assert "tre steg isär" in first
    assert "Gunnel Sundvall, du" in first and "Starkt 3" in first and "Skrev ledaren själv." in first
    assert "Elof Rehnström" in first and "Framgår inte 0" in first and "Ser bara rubriker." in first


def test_beginning_twice_is_one_meeting_and_the_agenda_stands_though_scores_change(panel: Panel) -> None:
    all_handed_in(panel, disagreeing(panel))
    assert start(panel) == start(panel)
    panel.step(panel.world.elof, panel.sent[0], 0, 3, "Läste om.")
    with panel.as_person(panel.world.gunnel) as (session, _case):
        assert session.scalar(select(func.count()).select_from(Meeting)) == 1
        steps = session.scalars(select(MeetingPoint.steps).order_by(MeetingPoint.position)).all()
    assert steps == [3, 2, 2, 0]


def test_only_who_leads_leads(panel: Panel) -> None:
    all_handed_in(panel)
    for person in (panel.world.elof, panel.world.kansli):
        assert posted(panel, person, "/starta").status_code == 404
        assert "Starta mötet" not in page_of(panel, person)
        assert "Gunnel Sundvall leder och startar mötet." in page_of(panel, person)
    start(panel)
    for tail in ("/pausa", "/avsluta", "/narvaro", "/omrostning"):
        assert posted(panel, panel.world.elof, tail).status_code == 404
    assert posted(panel, panel.world.rival_kansli, "/pausa").status_code == 404
    assert panel.world.browser(panel.world.rival_kansli).get(f"{panel.url}/mote").status_code == 404


def test_it_is_paused_gone_on_with_ended_and_opened_again_with_a_reason(panel: Panel) -> None:
    gunnel = panel.world.gunnel
    all_handed_in(panel)
    start(panel)
    assert posted(panel, gunnel, "/pausa").status_code == 303 and state_of(panel) == "paused"
    late = posted(panel, gunnel, f"/sokande/{panel.sent[0].id}", JSON, text="För sent.", version="0")
    assert late.status_code == 409 and "Mötet är inte i gång" in late.json["fault"]
    assert posted(panel, gunnel, "/fortsatt").status_code == 303 and state_of(panel) == "open"
    nobody = posted(panel, gunnel, "/avsluta")
    assert nobody.status_code == 422 and "Kryssa för vilka som är med" in nobody.get_data(as_text=True)
    assert posted(panel, gunnel, "/narvaro", people=str(gunnel)).status_code == 303
    assert posted(panel, gunnel, "/avsluta").status_code == 303
    assert posted(panel, gunnel, "/avsluta").status_code == 303  # twice ended is ended
    assert state_of(panel) == "ended"
    over = posted(panel, gunnel, f"/sokande/{panel.sent[0].id}", JSON, text="Efteråt.", version="0")
    assert over.status_code == 409 and "Mötet är avslutat" in over.json["fault"]
    assert posted(panel, gunnel, "/oppna-igen").status_code == 422
    assert posted(panel, gunnel, "/oppna-igen", reason="x" * 501).status_code == 422
    assert state_of(panel) == "ended"
    assert posted(panel, gunnel, "/oppna-igen", reason="Ett fel i ordningen.").status_code == 303
    assert state_of(panel) == "open"


@pytest.mark.parametrize("unfit", [Step.CONTINUE, Step.REOPEN])
def test_a_step_that_does_not_follow_is_refused(panel: Panel, unfit: Step) -> None:
    all_handed_in(panel)
    with pytest.raises(StepUnfit):
        step(panel, Step.PAUSE)  # not begun
    start(panel)
    if unfit is Step.CONTINUE:
        step(panel, unfit)  # it goes on already: nothing to do
    else:
        step(panel, Step.PAUSE)
        with pytest.raises(StepUnfit):
            step(panel, unfit, "Varför?")
    with pytest.raises(NobodyThere):
        step(panel, Step.END)


def test_who_is_there_is_noted_with_times_and_only_of_panel_and_office(panel: Panel) -> None:
    world = panel.world
    all_handed_in(panel)
    start(panel)
    there(panel, world.gunnel, world.elof, world.rival_kansli, uuid4())
    there(panel, world.gunnel, world.kansli)
    there(panel, world.gunnel, world.kansli)
    with panel.as_person(world.gunnel) as (session, _case):
        rows = {row.person_id: row.left_at for row in session.scalars(select(MeetingPresence))}
    assert set(rows) == {world.gunnel, world.elof, world.kansli}
    assert rows[world.gunnel] is rows[world.kansli] is None and rows[world.elof] is not None


def test_a_joint_text_is_kept_sealed_and_says_who_wrote_last(panel: Panel) -> None:
    gunnel, one = panel.world.gunnel, panel.sent[0]
    all_handed_in(panel)
    start(panel)
    saved = posted(panel, gunnel, f"/sokande/{one.id}", JSON, text="Skriver väl.\n\nVan vid press.", version="0")
    assert saved.status_code == 200 and saved.json["version"] == 1
    assert re.fullmatch(r"Sparat \d\d\.\d\d", saved.json["saved"])
    again = posted(panel, gunnel, f"/sokande/{one.id}", JSON, text="Skriver väl.\n\nVan vid press.", version="0")
    assert again.json["version"] == 1  # the answer was lost and the same is sent again
    with panel.as_person(gunnel) as (session, _case):
        row = session.scalars(select(JointText)).one()
        assert b"Skriver" not in row.text_sealed
    page = page_of(panel, panel.world.elof, f"mote/sokande/{one.id}")
    assert "<p>Skriver väl.</p><p>Van vid press.</p>" in page and "Skriven av Gunnel Sundvall" in page
    assert "<textarea" not in page  # the leader writes


def test_a_stale_save_is_refused_with_both_texts_and_nothing_lost(panel: Panel) -> None:
    gunnel, one = panel.world.gunnel, panel.sent[0]
    all_handed_in(panel)
    start(panel)
    write(panel, one, "Från telefonen.")
    url = f"/sokande/{one.id}"
    refused = posted(panel, gunnel, url, JSON, text="Från datorn.", version="0")
    assert refused.status_code == 409 and "Gunnel Sundvall har sparat en annan text" in refused.json["fault"]
    assert refused.json["beside"] == {"text": "Från telefonen.", "version": 1, "by": "Gunnel Sundvall"}
    page = posted(panel, gunnel, url, text="Från datorn.", version="0")
    html = page.get_data(as_text=True)
    assert page.status_code == 409 and "Från telefonen." in html and ">Från datorn.</textarea>" in html
    assert 'name="version" type="hidden" value="1"' in html
    for wrong in ("", "x", "-1", "9" * 30, "٣"):
        assert posted(panel, gunnel, url, JSON, text="Annan.", version=wrong).status_code in (409, 422)
    assert write(panel, one, "Båda.", 1) == 2


@pytest.mark.parametrize("text", ["x" * 2001, "å" * 20_000])
def test_a_huge_text_is_refused_and_stays_on_the_page(panel: Panel, text: str) -> None:
    all_handed_in(panel)
    start(panel)
    answer = posted(panel, panel.world.gunnel, f"/sokande/{panel.sent[0].id}", text=text, version="0")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "får vara högst 2\xa0000 tecken" in page and text in page


def test_hostile_text_is_shown_as_text(panel: Panel) -> None:
    all_handed_in(panel)
    start(panel)
    write(panel, panel.sent[0], "<script>alert(1)</script>{{ 7*7 }}")
    page = page_of(panel, panel.world.elof, f"mote/sokande/{panel.sent[0].id}")
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in page


def test_wrong_ids_are_pages_that_are_not_there(panel: Panel) -> None:
    all_handed_in(panel)
    start(panel)
    gunnel = panel.world.browser(panel.world.gunnel)
    for tail in (f"/sokande/{uuid4()}", "/sokande/x", "/annat"):
        assert gunnel.get(f"{panel.url}/mote{tail}").status_code == 404
    assert posted(panel, panel.world.gunnel, f"/sokande/{uuid4()}", text="x", version="0").status_code == 404
    assert posted(panel, panel.world.gunnel, "/forstor").status_code == 404


def test_where_nobody_leads_any_more_the_office_does(panel: Panel) -> None:
    all_handed_in(panel)
    with panel.world.writing(scope.PLATFORM) as session:
        session.get_one(Membership, panel.world.memberships[panel.world.gunnel]).ended_at = clock.now()
    assert "Starta mötet" in page_of(panel, panel.world.kansli)
    start(panel, panel.world.kansli)
    assert write(panel, panel.sent[0], "Kansliets ord.", person=panel.world.kansli) == 1


def test_when_the_case_is_over_nothing_changes(panel: Panel) -> None:
    all_handed_in(panel)
    start(panel)
    there(panel, panel.world.gunnel)
    step(panel, Step.END)
    decide(panel.world, panel.ad, panel.sent)
    proofread(panel.world, panel.ad)
    assert release(panel.world, panel.ad) is not None
    answer = posted(panel, panel.world.gunnel, "/oppna-igen", reason="En sak till.")
    assert answer.status_code == 409 and "Rekryteringen är avslutad" in answer.get_data(as_text=True)
    assert state_of(panel) == "ended"
