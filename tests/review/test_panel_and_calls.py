"""Naming the panel with its mails, and the call to interview that opens the salary claim."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import func, select

from portal import scope
from portal.jobs.tasks import run_rounds
from portal.mail.models import OutgoingMail
from portal.mail.services import open_letter
from portal.review.models import InterviewCall, PanelMember
from tests.forms import fields_of, submit
from tests.review.panel import Panel, panel_of
from tests.world import World, publish_ad


def letters(world: World) -> list[tuple[str, str, str]]:
    """To whom, subject and body of every mail in the outbox."""
    with world.acting(scope.PLATFORM) as session:
        rows = session.scalars(select(OutgoingMail).order_by(OutgoingMail.created_at)).all()
        return [(one.to, one.subject, one.body) for one in (open_letter(session, row) for row in rows)]


def test_the_office_names_its_panel_and_each_gets_a_mail_that_says_how_much(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    panel = panel_of(world, set_clock, applications=9)
    kansli = world.browser(world.kansli)
    data = {
        "people": [str(world.gunnel), str(world.elof)], "leader": str(world.gunnel), "day": "2026-12-17", "hour": "18.00",
    }  # fmt: skip
    assert submit(kansli, f"{panel.url}/bedomare", data, "Spara bedömarna").status_code == 303
    assert submit(kansli, f"{panel.url}/bedomare", data, "Spara bedömarna").status_code == 303
    sent = letters(world)
    assert sorted(to for to, _, _ in sent) == ["elof@example.se", "gunnel@example.se"]
    for _to, subject, body in sent:
        assert "Nio ansökningar, cirka 40 minuter, lämna in senast torsdag kl. 18.00." in body
        assert f"http://localhost{panel.url}/bedom" in body
        assert not any(word in subject for word in ("Närvårdspartiet", "Elof", "Gunnel", "Politisk"))
    page = kansli.get(f"{panel.url}/bedomare").get_data(as_text=True)
    assert "Gunnel Sundvall" in page and "leder" in page


def test_a_panel_named_while_the_ad_is_open_is_invited_when_it_closes(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    panel = panel_of(world, set_clock)
    set_clock("2026-12-01T10:00")
    panel.name(world.elof)
    run_rounds(world.app)
    assert [to for to, _, _ in letters(world) if to == "elof@example.se"] == []
    set_clock("2026-12-12T00:01")
    run_rounds(world.app)
    run_rounds(world.app)
    assert [to for to, _, _ in letters(world)].count("elof@example.se") == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"people": []}, "Välj en till fem bedömare."),
        ({"leader": "kansli"}, "Den som leder måste vara en av bedömarna."),
        ({"day": "2026-12-14", "hour": "09.00"}, "Välj en tid efter måndag 14 december 2026"),
        ({"day": ""}, "Välj sista dagen att lämna in"),
    ],
)
def test_a_panel_that_cannot_be_is_told_beside_its_field(
    world: World, set_clock: Callable[[str], datetime], change: dict[str, object], sentence: str
) -> None:
    panel = panel_of(world, set_clock)
    data: dict[str, object] = {
        "people": [str(world.elof)], "leader": str(world.elof), "day": "2026-12-17", "hour": "18.00",
    } | {key: str(world.kansli) if value == "kansli" else value for key, value in change.items()}  # fmt: skip
    answer = submit(world.browser(world.kansli), f"{panel.url}/bedomare", data, "Spara bedömarna")
    assert answer.status_code == 422 and sentence in answer.get_data(as_text=True)


def test_nobody_from_another_party_can_be_named(world: World, set_clock: Callable[[str], datetime]) -> None:
    panel = panel_of(world, set_clock)
    data = {"people": [str(world.elof), str(world.rival_kansli)], "leader": str(world.elof), "day": "2026-12-17"}
    answer = submit(world.browser(world.kansli), f"{panel.url}/bedomare", data, "Spara bedömarna")
    assert answer.status_code == 422
    with world.acting(scope.party(world.party)) as session:
        assert session.scalar(select(func.count()).select_from(PanelMember)) == 0


def test_the_salary_claim_is_on_no_page_before_the_call_and_there_after(panel: Panel) -> None:
    world, called = panel.world, panel.sent[0]
    for person in panel.people:
        panel.declare(person, *([panel.sent[1]] if person == world.elof else []))
        panel.score_all(person)
        panel.hand_in(person)
    salaries = [f"{sent.salary // 1000}\u00a0{sent.salary % 1000}" for sent in panel.sent]
    urls = [f"{panel.url}/sokande", f"{panel.url}/gemensam", f"{panel.url}/din-bedomning"]
    urls += [f"{panel.url}/sokande/{sent.id}" for sent in panel.sent] + [panel.score_url(sent) for sent in panel.sent]

    def seen_by(person: UUID) -> set[str]:
        browser = world.browser(person)
        text = "".join(browser.get(url).get_data(as_text=True) for url in urls)
        plain = [str(sent.salary) for sent in panel.sent]
        return {said for said in (*salaries, *plain) if said in text}

    assert all(seen_by(person) == set() for person in (world.kansli, world.gunnel, world.elof))
    gunnel = world.browser(world.gunnel)
    page = f"{panel.url}/sokande/{called.id}"
    assert "<p class=small>När den sökande kallas öppnas löneanspråket" in gunnel.get(page).text.replace('"', "")
    assert submit(gunnel, page, {}, "Kalla till intervju").status_code == 303
    assert all(seen_by(person) == {salaries[0]} for person in (world.kansli, world.gunnel, world.elof))
    hidden = f"{panel.url}/sokande/{panel.sent[1].id}"
    assert submit(world.browser(world.kansli), hidden, {}, "Kalla till intervju").status_code == 303
    assert seen_by(world.elof) == {salaries[0]}  # jäv
    assert seen_by(world.gunnel) == set(salaries[:2])


def test_who_only_assesses_cannot_call_and_twice_is_once(panel: Panel) -> None:
    world, sent = panel.world, panel.sent[0]
    panel.declare(world.elof)
    page = f"{panel.url}/sokande/{sent.id}"
    assert "Kalla till intervju" not in world.browser(world.elof).get(page).get_data(as_text=True)
    kansli = world.browser(world.kansli)
    token = fields_of(kansli.get(page))["csrf_token"][0]
    for _ in range(2):
        assert kansli.post(f"{page}/kalla", data={"csrf_token": token}).status_code == 303
    with world.acting(scope.party(world.party)) as session:
        assert session.scalar(select(func.count()).select_from(InterviewCall)) == 1


def test_an_ad_that_nobody_has_published_has_no_review(world: World) -> None:
    ad = publish_ad(world, published_at=None, state="draft")
    assert world.browser(world.kansli).get(f"/arbete/rekryteringar/{ad.id}/bedomare").status_code == 404
