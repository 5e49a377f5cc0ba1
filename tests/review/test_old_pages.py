"""Pages that are old when they are sent: nothing of another window is written over, and nothing typed is lost."""

from portal import clock, scope
from portal.applications.services.withdrawing import withdraw_application
from portal.review.phases import Phase
from portal.review.queries.phases import plans_of
from portal.review.queries.scores import own_order, own_scores
from tests.forms import fields_of, submit, submit_page
from tests.review.panel import Panel


def test_a_date_that_another_has_set_is_not_taken_away_by_an_old_page(panel: Panel) -> None:
    world, url = panel.world, f"{panel.url}/faser"
    panel.declare(world.gunnel)
    office, lead = world.browser(world.kansli), world.browser(world.gunnel)
    old = office.get(url)
    submit(lead, url, {"beslut_day": "2027-01-20"}, "Spara datumen")
    assert submit_page(office, old, url, {"intervjuer_day": "2027-01-10"}, "Spara datumen").status_code == 303
    with panel.as_person(world.kansli) as (session, _):
        assert plans_of(session, panel.ad.id).keys() == {Phase.INTERVIEWS, Phase.DECISION}
    refused = submit_page(office, old, url, {"beslut_day": "2027-02-01"}, "Spara datumen")
    assert refused.status_code == 422
    assert "Någon annan har ändrat det här datumet" in refused.get_data(as_text=True)
    assert submit_page(office, refused, url, {}, "Spara datumen").status_code == 303, "what it tells of now is seen"
    with panel.as_person(world.kansli) as (session, _):
        assert {phase: f"{at:%m-%d}" for phase, at in plans_of(session, panel.ad.id).items()} == {
            Phase.INTERVIEWS: "01-10", Phase.DECISION: "02-01",
        }  # fmt: skip


def test_a_page_with_a_fault_still_tells_what_it_was_opened_with(panel: Panel) -> None:
    world, url = panel.world, f"{panel.url}/faser"
    panel.declare(world.gunnel)
    office, lead = world.browser(world.kansli), world.browser(world.gunnel)
    wrong = submit(office, url, {"intervjuer_day": "2027-13-45"}, "Spara datumen")
    assert wrong.status_code == 422
    submit(lead, url, {"beslut_day": "2027-01-20"}, "Spara datumen")
    assert submit_page(office, wrong, url, {"intervjuer_day": "2027-01-10"}, "Spara datumen").status_code == 303
    with panel.as_person(world.kansli) as (session, _):
        assert plans_of(session, panel.ad.id).keys() == {Phase.INTERVIEWS, Phase.DECISION}


def test_an_own_order_is_not_written_over_by_another_windows_old_page(panel: Panel) -> None:
    world, url = panel.world, f"{panel.url}/ordning"
    one, two, three = (sent.id for sent in panel.sent)
    panel.declare(world.gunnel)
    panel.score_all(world.gunnel)
    phone, desk = world.browser(world.gunnel), world.browser(world.gunnel)
    old = phone.get(url)
    placed = {f"place-{one}": "3", f"place-{two}": "2", f"place-{three}": "1"}
    assert submit(desk, url, placed, "Spara ordningen").status_code == 303
    mine = {f"place-{one}": "1", f"place-{two}": "3", f"place-{three}": "2"}
    refused = submit_page(phone, old, url, mine, "Spara ordningen")
    assert refused.status_code == 409
    assert "ändrad i ett annat fönster" in refused.get_data(as_text=True)
    assert fields_of(refused)[f"place-{two}"] == ["3"], "what was typed is there"
    with panel.as_person(world.gunnel) as (session, case):
        assert case.member and own_order(session, case.member, (one, two, three)) == ((three,), (two,), (one,))
    assert submit_page(phone, refused, url, {}, "Spara ordningen").status_code == 303
    with panel.as_person(world.gunnel) as (session, case):
        assert case.member and own_order(session, case.member, (one, two, three)) == ((one,), (three,), (two,))


def test_an_order_with_a_fault_still_tells_which_order_it_was_opened_with(panel: Panel) -> None:
    world, url = panel.world, f"{panel.url}/ordning"
    one, two, three = (sent.id for sent in panel.sent)
    panel.declare(world.gunnel)
    panel.score_all(world.gunnel)
    phone, desk = world.browser(world.gunnel), world.browser(world.gunnel)
    old = phone.get(url)
    submit(desk, url, {f"place-{one}": "3", f"place-{two}": "2", f"place-{three}": "1"}, "Spara ordningen")
    wrong = submit_page(phone, old, url, {f"place-{one}": "först"}, "Spara ordningen")
    assert wrong.status_code == 422
    assert submit_page(phone, wrong, url, {f"place-{one}": "1"}, "Spara ordningen").status_code == 409


def test_a_script_is_told_which_order_it_shows_from_now_on(panel: Panel) -> None:
    world, url = panel.world, f"{panel.url}/ordning"
    one, two, three = (sent.id for sent in panel.sent)
    panel.declare(world.gunnel)
    panel.score_all(world.gunnel)
    browser = world.browser(world.gunnel)
    sent = {name: values[0] for name, values in fields_of(browser.get(url)).items() if name != "move"}
    script = {"Accept": "application/json"}
    for places in (("2", "1", "3"), ("3", "2", "1")):
        typed = dict(zip((f"place-{id}" for id in (one, two, three)), places, strict=True))
        told = browser.post(url, data=sent | typed, headers=script)
        assert told.status_code == 200 and told.json is not None
        opened, sent["version"] = sent["version"], told.json["version"]
    moved = browser.post(url, data=sent | {"version": opened, f"place-{one}": "2", f"place-{two}": "3"}, headers=script)
    assert moved.status_code == 409 and moved.json is not None
    again = sent | {"version": moved.json["version"], f"place-{one}": "2", f"place-{two}": "3"}
    assert browser.post(url, data=again, headers=script).status_code == 200, "told of, the next one holds"


def test_who_has_left_is_left_out_of_a_full_matrix_and_the_rest_is_saved(panel: Panel) -> None:
    world, url = panel.world, f"{panel.url}/din-bedomning/fyll-i"
    panel.declare(world.gunnel)
    browser = world.browser(world.gunnel)
    page = browser.get(url)
    boxes = [name for name in fields_of(page) if name.startswith("v.") and any(str(one) in name for one in panel.scale)]
    with world.writing(scope.candidate(panel.sent[2].id)) as session:
        withdraw_application(session, application_id=panel.sent[2].id, at=clock.now())
    assert submit_page(browser, page, url, dict.fromkeys(boxes, "2")).status_code == 303
    assert "Inte sparat: 3 rutor" in browser.get(url).get_data(as_text=True)
    with panel.as_person(world.gunnel) as (session, case):
        assert case.member and len(own_scores(session, case.member)) == 6


def test_a_note_that_is_late_is_refused_with_what_is_so_and_comes_back(panel: Panel) -> None:
    world, one = panel.world, panel.sent[0]
    panel.declare(world.elof)
    url = f"{panel.score_url(one)}/anteckning"
    browser = world.browser(world.elof)
    form = fields_of(browser.get(panel.score_url(one)))
    sent = {"csrf_token": form["csrf_token"][0], "note": "Skriver bra."}
    assert browser.post(url, data=sent | {"version": form["version"][0]}).status_code == 303
    version = fields_of(browser.get(panel.score_url(one)))["version"][0]
    panel.set_clock("2026-12-17T18:01")
    browser = world.browser(world.elof)
    sent["csrf_token"] = fields_of(browser.get("/konto"))["csrf_token"][0]
    assert "version" not in fields_of(browser.get(panel.score_url(one))), "the page shows it as standing fast"
    answer = browser.post(url, data=sent | {"version": version, "note": "Skriver bra, men kort."})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Sista minuten har gått" in text and "Du har lämnat in" not in text
    assert "Skriver bra, men kort." in text and "Spara" not in text.split("<main")[1].replace(
        "Tillbaka utan att spara", ""
    )
