"""An ad with several posts asks which of them are sought, where one person can hold more than one."""

import pytest
from flask.testing import FlaskClient

from portal import clock, scope
from portal.ads.models import Ad
from portal.ads.services.publishing import publish_ad as republish
from portal.applications.models import Application
from portal.applications.several_posts import as_text, choices, from_text, in_words
from portal.review.queries.papers import papers_of
from tests.applications.paper import PAPERS, applications_in, base, page_one, page_two, private_link, send
from tests.door import own_browser
from tests.world import World, publish_ad


@pytest.fixture
def client(world: World) -> FlaskClient:
    """A candidate's browser, which has the code of its link."""
    return own_browser(world)


@pytest.mark.parametrize(
    ("posts", "extent", "expected"),
    [
        (1, 100, ()),
        (1, 40, ()),
        (2, 100, ()),  # nobody holds two whole ones
        (2, 60, ()),
        (2, 40, ((1, 40), (2, 80))),
        (2, 50, ((1, 50), (2, 100))),
        (9, 30, ((1, 30), (2, 60), (3, 90))),
        (2, None, ()),
    ],
)
def test_what_one_person_can_hold_is_what_is_asked(
    posts: int, extent: int | None, expected: tuple[tuple[int, int], ...]
) -> None:
    assert choices({"posts": posts, "extent_percent": extent}) == expected


def test_what_was_chosen_is_kept_and_read_in_words() -> None:
    assert from_text(as_text({2, 1})) == (1, 2)
    assert from_text("") == from_text("odd") == ()
    content = {"posts": 2, "extent_percent": 40}
    assert in_words("1,2", content) == "en tjänst (40\xa0%), två tillsammans (80\xa0%)"
    assert in_words("2", content, extent_now=60) == "två tillsammans (80\xa0%), när annonsen gällde 40\xa0%"
    assert in_words("2", content, extent_now=40) == "två tillsammans (80\xa0%)"
    assert in_words("2", {"posts": 2, "extent_percent": 60}) == in_words("", content, extent_now=60) == ""


def test_one_of_two_or_both_is_chosen_and_the_assessor_reads_it_with_the_answers(
    world: World, client: FlaskClient
) -> None:
    ad = publish_ad(world, posts=2, extent_percent=40)
    page_one(client, ad)
    asked = client.get(f"{base(ad)}/handlingar").get_data(as_text=True)
    assert "Vilka av tjänsterna söker du?" in asked
    assert "2 tjänster tillsammans (80 %)" in asked.replace("\xa0", " ")
    assert page_two(client, ad, {**PAPERS, "posts": ["2", "7"]}).status_code == 303  # 7 is not offered
    send(client, ad)
    receipt = client.get(f"{base(ad)}/kvitto")
    for page in (receipt, client.get(private_link(receipt))):
        assert "2 tjänster tillsammans" in page.get_data(as_text=True)
        assert "En tjänst (40" not in page.get_data(as_text=True)
    (application,) = applications_in(world, ad)
    assert application.posts_sealed != b"2"
    with world.acting(scope.party(ad.party_id)) as session:
        papers = papers_of(session, session.get_one(Application, application.id))
        assert papers is not None
        assert papers.posts == "2"
    office = world.browser(world.kansli)
    shown = office.get(f"/arbete/rekryteringar/{ad.id}/sokande/{application.id}")
    assert "Två tillsammans (80" in shown.get_data(as_text=True)


def test_what_was_chosen_is_told_as_it_was_offered_once_the_ad_says_another_extent(
    world: World, client: FlaskClient
) -> None:
    ad = publish_ad(world, posts=2, extent_percent=40)
    page_one(client, ad)
    page_two(client, ad, {**PAPERS, "posts": ["2"]})
    send(client, ad)
    with world.writing(scope.party(ad.party_id)) as session:
        session.get_one(Ad, ad.id).extent_percent = 60
        republish(session, ad_id=ad.id, person_id=world.kansli, at=clock.now(), on=clock.today())
    receipt = client.get(f"{base(ad)}/kvitto")
    for page in (receipt, client.get(private_link(receipt))):
        assert "2 tjänster tillsammans (80" in page.get_data(as_text=True)
    (application,) = applications_in(world, ad)
    shown = world.browser(world.kansli).get(f"/arbete/rekryteringar/{ad.id}/sokande/{application.id}")
    page = shown.get_data(as_text=True).replace("\xa0", " ")
    assert "Två tillsammans (80 %), när annonsen gällde 40 %" in page and "120 %" not in page


def test_an_ad_with_one_post_asks_nothing(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    page_one(client, ad)
    assert "Vilka av tjänsterna" not in client.get(f"{base(ad)}/handlingar").get_data(as_text=True)
