"""What is saved says so: by itself while one writes, or where the button stood; and nothing is said that is not so."""

import re

import pytest
from flask.testing import FlaskClient

from tests.applications.paper import CV, PAPERS, apply, base, page_one, page_two, private_link, send
from tests.door import inside
from tests.forms import fields_of, submit, submit_page
from tests.world import Published, World, publish_ad

JSON = {"Accept": "application/json"}


@pytest.fixture
def ad(world: World, client: FlaskClient) -> Published:
    """An ad with a draft at page two."""
    made = publish_ad(world)
    page_one(client, made)
    return made


def test_a_page_that_saves_by_itself_goes_on_from_what_it_saved(client: FlaskClient, ad: Published) -> None:
    where = f"{base(ad)}/handlingar"
    page = client.get(where)
    first = submit_page(client, page, where, {"letter": "Ett."}, headers=JSON)
    assert first.status_code == 200 and first.json["saved"] == "Sparat 10.00"
    known = {name: str(first.json[name]) for name in ("version", "marks")}
    second = submit_page(client, page, where, {"letter": "Ett och två.", **known}, headers=JSON)
    assert second.status_code == 200 and second.json["version"] > first.json["version"]
    assert fields_of(client.get(where))["letter"] == ["Ett och två."]


def test_a_page_that_saves_by_itself_again_and_again_never_writes_over_what_another_window_saved(
    client: FlaskClient, ad: Published
) -> None:
    where = f"{base(ad)}/handlingar"
    page = client.get(where)
    assert submit_page(client, client.get(where), where, {"start": "i mars"}, headers=JSON).status_code == 200
    known: dict[str, str] = {}
    for text in ("Ett.", "Ett och två.", "Ett, två och tre."):
        answer = submit_page(client, page, where, {"letter": text, **known}, headers=JSON)
        assert answer.status_code == 200, "nobody is asked: each has its own field"
        known = {name: str(answer.json[name]) for name in ("version", "marks")}
        saved = fields_of(client.get(where))
        assert (saved["letter"], saved["start"]) == ([text], ["i mars"])
    both = submit_page(client, page, where, {"start": "i april", "letter": text, **known}, headers=JSON)
    assert both.status_code == 409, "now it writes where the other has written"
    assert fields_of(client.get(where))["start"] == ["i mars"]


def test_a_draft_without_a_letter_is_saved_without_a_word_of_files(client: FlaskClient, ad: Published) -> None:
    where = f"{base(ad)}/handlingar"
    assert submit(client, where, {"start": "i mars"}, "Spara utkast").status_code == 303
    assert fields_of(client.get(where))["start"] == ["i mars"]


def test_of_a_field_that_is_not_kept_it_is_said_that_all_else_is(client: FlaskClient, ad: Published) -> None:
    where = f"{base(ad)}/handlingar"
    told = submit(client, where, {"salary": "mycket", "letter": "Jag söker."}, headers=JSON)
    assert told.status_code == 422 and fields_of(client.get(where))["letter"] == ["Jag söker."]
    assert re.fullmatch(r"Sparat \d\d\.\d\d, utom ett fält\. Skriv löneanspråket .+", told.json["fault"])
    told = submit(client, where, {"salary": "mycket", "start": "x" * 201}, headers=JSON)
    assert ", utom 2 fält. Det första: Skriv löneanspråket" in told.json["fault"]


def test_what_cannot_be_saved_by_itself_says_why_and_leaves_what_stands(client: FlaskClient, ad: Published) -> None:
    where = f"{base(ad)}/handlingar"
    old = client.get(where)
    long = submit_page(client, old, where, {"letter": "å" * 20_001}, headers=JSON)
    assert long.status_code == 422 and "Ta bort 1 tecken." in long.json["fault"]
    page_two(client, ad, {"letter": "Den andra fliken."}, {})
    both = submit_page(client, old, where, {"letter": "Den första fliken."}, headers=JSON)
    assert both.status_code == 409 and "version" not in both.json
    assert fields_of(client.get(where))["letter"] == ["Den andra fliken."]
    asked = submit_page(client, old, where, {"letter": "Den första fliken."}, "Spara utkast")
    assert asked.status_code == 409 and "keep_letter" in asked.get_data(as_text=True)


def test_a_draft_that_was_sent_from_elsewhere_tells_the_page_to_stop_and_where_the_application_is(
    client: FlaskClient, ad: Published
) -> None:
    where = f"{base(ad)}/handlingar"
    page_two(client, ad)
    page = client.get(where)
    assert send(client, ad).status_code == 303
    told = submit_page(client, page, where, {"letter": "Ett till."}, headers=JSON)
    assert (told.status_code, told.json["at"], told.json["over"]) == (410, f"{base(ad)}/kvitto", "Till kvittot")
    assert "redan skickad" in told.json["fault"]
    pressed = submit_page(client, page, where, {"letter": "Ett till."}, "Fortsätt")
    assert pressed.status_code == 409 and "Ett till." in pressed.get_data(as_text=True)


def test_a_browser_without_a_draft_is_told_so_and_a_press_gives_back_what_was_typed(
    client: FlaskClient, ad: Published
) -> None:
    where = f"{base(ad)}/handlingar"
    page = client.get(where)
    client.delete_cookie("draft", path=base(ad))
    told = submit_page(client, page, where, {"letter": "Ett."}, headers=JSON)
    assert told.status_code == 409 and "finns inte längre" in told.json["fault"] and "at" not in told.json
    assert "Ett." in submit_page(client, page, where, {"letter": "Ett."}, "Spara utkast").get_data(as_text=True)


def test_after_a_press_the_page_says_once_that_it_is_saved_and_takes_the_focus(
    client: FlaskClient, ad: Published
) -> None:
    where = f"{base(ad)}/handlingar"
    said = 'id="sparat" role="status" tabindex="-1">{}<'
    for button, files, words in (("Spara utkast", {}, "Sparat 10.00"), ("Spara CV", CV, "Filen är sparad.")):
        answer = submit(client, where, PAPERS, button, files)
        assert answer.headers["Location"] == f"{where}#sparat"
        assert said.format(words) in client.get(where).get_data(as_text=True)
        assert 'id="sparat"' not in client.get(where).get_data(as_text=True), "said once"
    removed = submit(client, where, {}, f"Ta bort {CV['CV'][1]}")
    assert removed.headers["Location"] == f"{where}#sparat"
    assert said.format("Filen är borttagen.") in client.get(where).get_data(as_text=True)


def test_a_change_is_told_on_the_private_page_in_a_candidates_words(world: World, client: FlaskClient) -> None:
    link = private_link(apply(client, publish_ad(world)))
    browser = world.browser()
    place = inside(world, browser, link)
    answer = submit(browser, f"{place}/andra/uppgifter", {"Namn": "Alma E. Ekdahl"}, "Spara ändringarna")
    assert answer.headers["Location"] == f"{place}#sparat"
    page = browser.get(place).get_data(as_text=True)
    assert "Ändringarna är sparade." in page and "du ändrade namn, e-post eller telefon." in page
    assert "Frågar du om en ändring, nämn när den kom in." in page
    submit(browser, f"{place}/ta-tillbaka", {}, "Ta tillbaka ansökan")
    gone = browser.get(place).get_data(as_text=True)
    assert "Inget är raderat: ansökan, filerna och dina ändringar finns kvar." in gone
    assert "Ändra det du skickade" not in gone and "Dina ändringar" in gone


def test_without_a_script_the_page_says_once_when_things_are_saved(client: FlaskClient, ad: Published) -> None:
    page = client.get(f"{base(ad)}/handlingar").get_data(as_text=True)
    assert "Sparas direkt" not in page, "that is said on the office's page, where each file is saved as it is chosen"
    assert page.count('<p class="dim" data-by-hand>Allt sparas när du trycker på en knapp.</p>') == 1
    assert page.count("data-by-script hidden") == 1


@pytest.mark.parametrize(("name", "longest"), [("letter", "20\u00a0000"), ("answer", "1\u00a0500")])
def test_a_text_that_is_too_long_comes_back_whole_with_how_much_is_to_go(
    world: World, client: FlaskClient, name: str, longest: str
) -> None:
    ad = publish_ad(world)
    page_one(client, ad)
    where = f"{base(ad)}/handlingar"
    page = client.get(where)
    assert "maxlength" not in page.get_data(as_text=True), "a browser cuts off what is pasted, and says nothing"
    field = next(one for one in fields_of(page) if one.startswith(name))
    text = "å" * 30_000
    refused = submit_page(client, page, where, {field: text}, "Fortsätt")
    over = "10\u00a0000" if name == "letter" else "28\u00a0500"
    assert refused.status_code == 422 and fields_of(refused)[field] == [text]
    assert f"högst {longest} tecken. Ta bort {over} tecken." in refused.get_data(as_text=True)
