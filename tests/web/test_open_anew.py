"""Where a refusal says to press Öppna sidan på nytt, the page has the link: to reload an answer to a POST sends it again."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.ads.states import WrongState
from portal.refusal import OPEN_ANEW, Refusal
from tests.contracts.acts.changing import employ, post
from tests.contracts.onboarding_lists import add, begin, place, posted
from tests.pages import parse
from tests.world import World

REGISTER = "/arbete/anstallningar"


def link(answer: TestResponse) -> tuple[str, str | None]:
    """Where the link leads, and in which window."""
    found = [e for e in parse(answer.get_data(as_text=True)).iter() if e.text == OPEN_ANEW]
    assert len(found) == 1, answer.get_data(as_text=True)
    return found[0].get("href") or "", found[0].get("target")


def test_a_step_that_is_not_ticked_leads_to_the_list_itself(world: World) -> None:
    id = employ(world)
    begin(world, id)
    step = add(world, id)
    answer = posted(world, id, f"/{step}/angra")
    assert answer.status_code == 409 and "Tryck på Öppna sidan på nytt" in answer.get_data(as_text=True)
    assert link(answer) == (place(id), "_blank"), "what is typed stays in the window that it was typed in"
    opened = world.browser(world.kansli).get(place(id))
    assert opened.status_code == 200 and OPEN_ANEW not in opened.get_data(as_text=True)


def test_an_act_that_is_not_there_leads_to_the_page_of_changes(world: World) -> None:
    id = employ(world)
    answer = post(world, id, "/ta-tillbaka/1", {"seen": "0"})
    assert answer.status_code == 409 and "tryck på Öppna sidan på nytt" in answer.get_data(as_text=True)
    href, _window = link(answer)
    assert href == f"{REGISTER}/{id}/andra" and world.browser(world.kansli).get(href).status_code == 200


def test_a_fault_in_a_field_has_no_such_link(world: World) -> None:
    id = employ(world)
    answer = post(world, id, "/avsluta", {"slut-decided": ""})
    assert answer.status_code == 422 and OPEN_ANEW not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("path", "leads"),
    [
        ("/arbete/rekryteringar/{id}/utfall/{id}", "/arbete/rekryteringar/{id}/utfall"),
        ("/arbete/nagot-som-inte-finns", "/arbete"),
        ("/finns-inte", "/"),
    ],
)
def test_a_refusal_that_no_page_takes_leads_to_the_nearest_page_above(app: Flask, path: str, leads: str) -> None:
    id = str(uuid4())
    with app.test_request_context(path.format(id=id), method="POST"):
        page, status = app.handle_user_exception(WrongState(state="publicerad"))  # type: ignore[misc]
    assert status == 409
    assert f'href="{leads.format(id=id)}">{OPEN_ANEW}' in page


def kinds(of: type[Refusal]) -> Iterator[type[Refusal]]:
    yield of
    for each in of.__subclasses__():
        yield from kinds(each)


def test_no_refusal_says_to_reload(client: FlaskClient) -> None:
    said = [kind.text for kind in kinds(Refusal)]
    assert len(said) > 200
    assert [text for text in said if "ladda om" in text.lower()] == []
