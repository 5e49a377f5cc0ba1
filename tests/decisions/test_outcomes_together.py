"""All the outcomes of the page in one form: what is typed of one candidate stands there when another's is saved."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal import clock, scope
from portal.applications.models import Application
from portal.decisions.outcomes import Result
from tests.applicants import Sent
from tests.decisions.recruiting import HIRED, NOT_FURTHER, address, closed_recruitment, decide, proofread, release
from tests.decisions.test_outcome import recorded, save
from tests.forms import fields_of
from tests.pages import parse
from tests.world import CRITERIA, Published, World

Clock = Callable[[str], datetime]


def of(one: Sent, ad: Published, reason: str, result: Result = NOT_FURTHER) -> dict[str, str]:
    said = {"result": result.value, "criterion": str(ad.criteria[0]), "reason": reason}
    return {f"{one.id}-{name}": text for name, text in said.items()}


def press(client: FlaskClient, page: TestResponse, ad: Published, one: Sent, *typed: dict[str, str]) -> TestResponse:
    data: dict[str, Any] = dict(fields_of(page))
    for more in typed:
        data |= more
    return client.post(address(ad, f"utfall/{one.id}"), data=data)


def stands(page: TestResponse, one: Sent) -> dict[str, str]:
    own = {name: values[0] for name, values in fields_of(page).items() if name.startswith(f"{one.id}-")}
    return {name: text for name, text in own.items() if not name.endswith("-marks")}


def said(page: TestResponse) -> str:
    return " ".join(page.get_data(as_text=True).split())


def withdraw(world: World, one: Sent) -> None:
    with world.writing(scope.party(world.party)) as session:
        row = session.get_one(Application, one.id)
        row.state, row.withdrawn_at = "withdrawn", clock.now()


def who_has_one(world: World) -> list[UUID]:
    return [row.application_id for row in recorded(world)]


def test_saving_one_leaves_what_is_typed_of_another_and_does_not_save_it(world: World, set_clock: Clock) -> None:
    ad, (one, other) = closed_recruitment(world, set_clock, 2)
    browser = world.browser(world.kansli)
    wish = of(other, ad, "Andra är vanare.")
    answer = press(browser, browser.get(address(ad)), ad, one, of(one, ad, "Andra skriver snabbare."), wish)
    assert answer.status_code == 200 and who_has_one(world) == [one.id]
    assert stands(answer, other) == wish and "står kvar, men är inte sparat än" in said(answer)
    assert press(browser, answer, ad, other).status_code == 303
    assert stands(browser.get(address(ad)), other) == wish


def test_what_is_only_begun_of_another_is_no_fault_and_stands_there(world: World, set_clock: Clock) -> None:
    ad, (one, other) = closed_recruitment(world, set_clock, 2)
    browser = world.browser(world.kansli)
    begun = {f"{other.id}-reason": "Andra är"}
    answer = press(browser, browser.get(address(ad)), ad, one, of(one, ad, "Andra skriver snabbare."), begun)
    assert answer.status_code == 200 and stands(answer, other)[f"{other.id}-reason"] == "Andra är"
    assert "aria-invalid" not in said(answer)


def test_a_fault_in_the_one_that_is_saved_leaves_what_is_typed_of_another(world: World, set_clock: Clock) -> None:
    ad, (one, other) = closed_recruitment(world, set_clock, 2)
    browser = world.browser(world.kansli)
    wish = of(other, ad, "Andra är vanare.")
    answer = press(browser, browser.get(address(ad)), ad, one, of(one, ad, " "), wish)
    assert answer.status_code == 422 and recorded(world) == []
    assert stands(answer, other) == wish and f'id="reason-{other.id}-error"' not in said(answer)
    assert "Allt annat är sparat." not in said(answer)


def test_where_nothing_is_typed_of_others_the_page_goes_back_to_the_one(world: World, set_clock: Clock) -> None:
    ad, (one, other, third) = closed_recruitment(world, set_clock, 3)
    decide(world, ad, [third])
    browser = world.browser(world.kansli)
    answer = press(browser, browser.get(address(ad)), ad, other, of(other, ad, "Andra skriver snabbare."))
    assert answer.status_code == 303 and answer.headers["Location"].endswith(f"#s-{other.id}")
    assert one.id not in who_has_one(world)


def test_a_colleagues_outcome_since_is_told_when_the_other_is_saved_at_last(world: World, set_clock: Clock) -> None:
    ad, (one, other) = closed_recruitment(world, set_clock, 2)
    decide(world, ad, [other])
    browser = world.browser(world.kansli)
    old = browser.get(address(ad))
    save(world.browser(world.kansli), ad, other.id, reason="Kollegans skäl.")
    wish = of(other, ad, "Mitt skäl.")
    between = press(browser, old, ad, one, of(one, ad, "Andra skriver snabbare."), wish)
    assert stands(between, other) == wish
    told = press(browser, between, ad, other)
    assert told.status_code == 422 and "Kollegans skäl." in said(told) and stands(told, other) == wish
    assert press(browser, told, ad, other).status_code == 303
    assert stands(browser.get(address(ad)), other) == wish


def test_what_was_typed_of_one_who_has_been_told_meanwhile_is_shown_to_be_copied(
    world: World, set_clock: Clock
) -> None:
    ad, (one, other) = closed_recruitment(world, set_clock, 2)
    decide(world, ad, [one], HIRED)
    browser = world.browser(world.kansli)
    old = browser.get(address(ad))
    proofread(world, ad)
    release(world, ad, offer=True)
    typed = of(one, ad, "För sent.", HIRED)
    answer = press(browser, old, ad, other, of(other, ad, "Andra skriver snabbare."), typed)
    assert answer.status_code == 200 and "För sent." in said(answer)


def test_enter_in_a_field_presses_nobody_elses_button(world: World, set_clock: Clock) -> None:
    ad, _ = closed_recruitment(world, set_clock, 2)
    page = parse(world.browser(world.kansli).get(address(ad)).get_data(as_text=True))
    buttons = [e for e in page.iter() if str(e.tag).endswith("button")]
    inside = [e for form in page.iter() if form.get("id") == "outcomes" for e in form.iter() if e in buttons]
    assert [button.get("disabled") is not None for button in inside] == [True]


def test_what_is_typed_of_another_stands_when_the_one_has_taken_the_application_back(
    world: World, set_clock: Clock
) -> None:
    ad, (one, other) = closed_recruitment(world, set_clock, 2)
    browser = world.browser(world.kansli)
    page = browser.get(address(ad))
    withdraw(world, one)
    answer = press(browser, page, ad, one, of(one, ad, "Andra skriver snabbare."), of(other, ad, "Andra är vanare."))
    assert answer.status_code == 409 and "Den sökande är inte kvar." in said(answer)
    assert stands(answer, other) == of(other, ad, "Andra är vanare.") and who_has_one(world) == []
    assert press(browser, page, ad, one).status_code == 404


def test_a_colleagues_outcome_is_told_also_after_a_fault_in_ones_own(world: World, set_clock: Clock) -> None:
    ad, (one, _) = closed_recruitment(world, set_clock, 2)
    mine, colleague = world.browser(world.kansli), world.browser(world.kansli)
    old = mine.get(address(ad))
    press(colleague, colleague.get(address(ad)), ad, one, of(one, ad, "Kollegans skäl."))
    faulty = press(mine, old, ad, one, of(one, ad, ""))
    assert faulty.status_code == 422
    told = press(mine, faulty, ad, one, of(one, ad, "Mitt skäl."))
    assert told.status_code == 422 and "Kollegans skäl." in said(told)


def test_a_reason_that_was_typed_of_one_who_is_gone_is_told_and_shown_to_be_copied(
    world: World, set_clock: Clock
) -> None:
    ad, (one, other) = closed_recruitment(world, set_clock, 2)
    browser = world.browser(world.kansli)
    old = browser.get(address(ad))
    own, wish = of(one, ad, "Svarade <b>bäst</b> om budgeten."), of(other, ad, "Andra är vanare.")
    withdraw(world, one)
    told = f"Går inte vidare. {CRITERIA[0][2]}. Svarade &lt;b&gt;bäst&lt;/b&gt; om budgeten."
    alone = press(browser, old, ad, one, own)
    assert alone.status_code == 409 and told in said(alone) and "Den sökande är inte kvar här" in said(alone)
    faulty = press(browser, old, ad, other, own, of(other, ad, " "))
    assert faulty.status_code == 422 and told in said(faulty) and recorded(world) == []
    beside = press(browser, old, ad, other, own, wish)
    assert beside.status_code == 200 and told in said(beside) and who_has_one(world) == [other.id]
    assert "Utfallet är sparat." in said(beside) and "om andra står kvar" not in said(beside)
    assert one.name not in said(beside)
    assert press(browser, old, ad, one).status_code == 404, "what nobody typed is nobody's loss"


def test_an_answer_that_was_typed_of_one_who_is_gone_is_shown_to_be_copied(world: World, set_clock: Clock) -> None:
    ad, (one, other) = closed_recruitment(world, set_clock, 2)
    decide(world, ad, [one], HIRED)
    decide(world, ad, [other])
    proofread(world, ad)
    release(world, ad, offer=True)
    browser = world.browser(world.kansli)
    old = browser.get(address(ad))
    withdraw(world, one)
    data = dict(fields_of(old)) | {f"{one.id}-answer": "tackat_nej", f"{one.id}-why": "Fick ett annat jobb."}
    answer = browser.post(address(ad, f"utfall/{one.id}/svar"), data=data)
    assert answer.status_code == 409 and "Har tackat nej. Fick ett annat jobb." in said(answer)
