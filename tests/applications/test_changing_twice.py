"""Two windows change what was sent: neither loses what the other has saved, and whoever comes second is told of it."""

from flask.testing import FlaskClient

from tests.applications.paper import apply, private_link
from tests.applications.test_changing import change, client, read_by_staff
from tests.documents import hostile
from tests.door import own_browser
from tests.forms import fields_of, submit, submit_page
from tests.world import World, publish_ad

__all__ = ["client"]  # a fixture


def test_two_windows_change_one_application_and_the_second_chooses(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    link = private_link(apply(client, ad))
    where = f"{link}/andra/handlingar"
    old = client.get(where)
    assert change(own_browser(world), link, {"letter": "Det första fönstrets brev."}) == 303
    both = submit_page(
        client, old, where, {"letter": "Det andra fönstrets brev.", "start": "genast"}, "Spara ändringarna"
    )
    assert both.status_code == 409
    page = both.get_data(as_text=True)
    assert "Det första fönstrets brev." in page
    assert fields_of(both)["letter"] == ["Det andra fönstrets brev."]
    assert "genast" in client.get(link).get_data(as_text=True)  # what did not collide is saved
    assert read_by_staff(world, ad)[0] == "Det första fönstrets brev."
    assert submit_page(client, both, where, {}, "Spara ändringarna").status_code == 303
    assert read_by_staff(world, ad)[0] == "Det andra fönstrets brev."


def test_a_cv_from_an_old_page_takes_the_place_of_the_one_that_the_page_has_shown(
    world: World, client: FlaskClient
) -> None:
    """Another window has saved something else: nothing of the candidate's is written over unseen."""
    ad = publish_ad(world)
    link = private_link(apply(client, ad))
    where = f"{link}/andra/handlingar"
    old = client.get(where)
    assert change(own_browser(world), link, {"letter": "Det första fönstrets brev."}) == 303
    assert submit_page(client, old, where, {}, "Spara CV", {"CV": (hostile.turned(), "nytt.pdf")}).status_code == 303
    assert read_by_staff(world, ad) == ("Det första fönstrets brev.", {"Personligt brev", "nytt.pdf"})


def test_a_cv_from_an_old_page_takes_no_newer_ones_place_and_both_are_told_of(
    world: World, client: FlaskClient
) -> None:
    ad = publish_ad(world)
    link = private_link(apply(client, ad))
    where = f"{link}/andra/handlingar"
    old = client.get(where)
    assert submit(own_browser(world), where, {}, "Spara CV", {"CV": (hostile.plain(), "nyast.pdf")}).status_code == 303
    both = submit_page(client, old, where, {"start": "genast"}, "Spara CV", {"CV": (hostile.plain(), "aldre.pdf")})
    page = both.get_data(as_text=True)
    assert both.status_code == 409 and "En annan flik eller enhet" in page and "nyast.pdf" in page
    assert submit_page(client, both, where, {}, "Ta bort aldre.pdf").status_code == 303
    copy = client.get(link).get_data(as_text=True)
    assert "nyast.pdf" in copy and "aldre.pdf" not in copy and "genast" in copy
