"""The page of an invitation says in the reader's own language as what they are invited."""

import pytest

from tests.accounts.people import letters, link_in
from tests.forms import submit
from tests.world import World

ROLES = {
    "kansli": ("bjuder in dig som kansli.", "invites you to its office."),
    "ledamot": ("bjuder in dig som ledamot.", "invites you as an elected member."),
    "region": ("bjuder in dig som HR och registrator.", "invites you as HR and registrar."),
}


@pytest.mark.parametrize("role", list(ROLES))
def test_the_role_is_said_in_the_language_of_the_page(world: World, role: str) -> None:
    by = world.region if role == "region" else world.kansli
    form = {"Namn": "Ny Person", "E-post": "ny@example.se"} | ({} if role == "region" else {"role": role})
    assert submit(world.browser(by), "/arbete/personer", form).status_code == 303
    path = link_in(letters(world)[-1])
    swedish, english = ROLES[role]
    assert swedish in world.browser().get(path).get_data(as_text=True)
    page = world.browser().get(f"{path}?lang=en").get_data(as_text=True)
    assert english in page and swedish.partition(" som ")[2] not in page


def test_where_somebody_else_is_logged_in_the_page_says_that_they_are_let_go_of(world: World) -> None:
    office = world.browser(world.kansli)
    data = {"Namn": "Ny Person", "E-post": "ny@example.se", "role": "kansli"}
    assert submit(office, "/arbete/personer", data).status_code == 303
    link = link_in(letters(world)[-1])
    said = "Någon annan är inloggad i den här webbläsaren"
    assert said in office.get(link).get_data(as_text=True)
    assert said not in world.browser().get(link).get_data(as_text=True)
