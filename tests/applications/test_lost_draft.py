"""A browser that has lost its draft (cookies away in the middle of the letter): nothing that was typed is lost."""

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.applications.paper import DETAILS, PAPERS, SALARY, base, page_one
from tests.forms import fields_of, submit_page
from tests.world import Published, World, publish_ad

HERE = {"Sec-Fetch-Site": "same-origin"}
LETTER = "Brevet <b>med</b> å, ä och ö.\n\nDet är långt. " + "Ord för ord. " * 1500
TYPED = {**PAPERS, "Personligt brev": LETTER, SALARY: "42 500"}


@pytest.fixture
def ad(world: World) -> Published:
    """An open ad."""
    return publish_ad(world)


def lose(client: FlaskClient, ad: Published, *, all_of_them: bool = True) -> TestResponse:
    """Page two is filled in and sent, with the cookies away, or the draft's alone."""
    page_one(client, ad)
    where = f"{base(ad)}/handlingar"
    page = client.get(where)
    left = {key: one for key, one in client._cookies.items() if not all_of_them and one.key != "draft"}
    client._cookies = left
    return submit_page(client, page, where, TYPED, "Fortsätt", headers=HERE)


@pytest.mark.parametrize(
    ("all_of_them", "status"), [(True, 400), (False, 409)], ids=["all cookies", "the draft's alone"]
)
def test_the_letter_goes_along_on_page_one_into_a_new_draft(
    client: FlaskClient, ad: Published, all_of_them: bool, status: int
) -> None:
    lost = lose(client, ad, all_of_them=all_of_them)
    page = lost.get_data(as_text=True)
    assert lost.status_code == status
    assert "Det du skrev finns kvar" in page and "Brevet &lt;b&gt;med&lt;/b&gt; å, ä och ö." in page
    wrong = submit_page(client, lost, f"{base(ad)}/handlingar", {**DETAILS, "E-post": "alma"}, "Fortsätt")
    assert wrong.status_code == 422 and "Brevet &lt;b&gt;" in wrong.get_data(as_text=True)
    again = submit_page(client, wrong, base(ad), DETAILS, "Fortsätt")
    assert "Utkastet är påbörjat igen." in again.get_data(as_text=True)
    assert submit_page(client, again, base(ad), {}, "Skicka igen").status_code == 303
    kept = fields_of(client.get(f"{base(ad)}/handlingar"))
    assert (kept["letter"], kept["salary"]) == ([LETTER.strip()], ["42500"])


def test_a_form_that_a_foreign_page_has_sent_and_an_empty_one_bring_nothing_along(
    client: FlaskClient, ad: Published
) -> None:
    where = f"{base(ad)}/handlingar"
    foreign = client.post(where, data={"letter": LETTER}, headers={"Sec-Fetch-Site": "cross-site"})
    unknown = client.post(where, data={"letter": LETTER})
    empty = client.post(where, data={"letter": " ", "save": "letter"}, headers=HERE)
    assert (foreign.status_code, unknown.status_code, empty.status_code) == (400, 400, 400)
    assert "Brevet" not in "".join(answer.get_data(as_text=True) for answer in (foreign, unknown, empty))


def test_what_was_typed_for_another_ad_is_not_carried_to_this_one(
    world: World, client: FlaskClient, ad: Published
) -> None:
    sealed = fields_of(lose(client, ad))["parked"][0]
    other = publish_ad(world)
    page = client.get(base(other))
    token = fields_of(page)["csrf_token"][0]
    answer = client.post(base(other), data={**{"name": "A", "email": "x", "csrf_token": token}, "parked": sealed})
    assert answer.status_code == 422 and "Brevet" not in answer.get_data(as_text=True)
