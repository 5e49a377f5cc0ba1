"""A password that is changed by two presses of the same button is changed once, and nothing says that it failed."""

from tests.accounts.people import PASSWORD, give_account
from tests.forms import submit_page
from tests.world import World

NEW = "sjutton gröna hattar"


def test_a_changed_password_twice_is_once(world: World) -> None:
    give_account(world, world.kansli)
    browser = world.browser(world.kansli)
    page = browser.get("/konto/losenord")
    typed = {"password": PASSWORD, "new_password": NEW}
    assert submit_page(browser, page, "/konto/losenord", typed).status_code == 303
    second = submit_page(browser, page, "/konto/losenord", typed)
    assert "stämmer inte" not in second.get_data(as_text=True)


def test_another_new_password_with_the_former_one_is_refused(world: World) -> None:
    give_account(world, world.kansli)
    browser = world.browser(world.kansli)
    page = browser.get("/konto/losenord")
    assert submit_page(browser, page, "/konto/losenord", {"password": PASSWORD, "new_password": NEW}).status_code == 303
    other = {"password": PASSWORD, "new_password": "arton röda kepsar"}
    assert "stämmer inte" in submit_page(browser, page, "/konto/losenord", other).get_data(as_text=True)


def test_a_wrong_present_password_is_wrong_also_where_the_new_one_is_the_present(world: World) -> None:
    give_account(world, world.kansli)
    browser = world.browser(world.kansli)
    typed = {"password": "något helt annat här", "new_password": PASSWORD}
    told = submit_page(browser, browser.get("/konto/losenord"), "/konto/losenord", typed)
    assert told.status_code == 422 and "stämmer inte" in told.get_data(as_text=True)
