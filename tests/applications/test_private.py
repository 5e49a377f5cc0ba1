"""The private link and the question about a second sending: GET shows, POST acts, and nobody else learns anything."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal import scope
from portal.applications.models import Answer, Application
from portal.documents.models import Document, PagePicture
from portal.jobs.models import Event
from portal.vault.keystore import KeyGone
from portal.vault.services import the_vault
from tests.applications.paper import applications_in, apply, base, letters, private_link
from tests.door import inside, show, submit_inside
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]


def rows_of(world: World) -> str:
    """A picture of everything that a scanner must not be able to change."""
    with world.acting(scope.party(world.party)) as session:
        applications = session.scalars(select(Application).order_by(Application.id)).all()
        events = session.scalar(select(func.count(Event.id)))
        return repr([(a.id, a.state, a.changed_at, a.withdrawn_at, a.name_sealed) for a in applications]) + str(events)


def question_link(world: World) -> str:
    """The path in the mail about a second sending."""
    return re.search(r"http://localhost(/ansokan/fraga/\S+)", letters(world, "proposal")[-1].body)[1]  # type: ignore[index]


def test_a_scanner_that_opens_every_link_changes_nothing(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    link = private_link(apply(client, ad))
    apply(world.browser(), ad)
    before = rows_of(world)
    scanner = world.browser()
    for path in (link, f"{link}/ta-tillbaka", question_link(world)):
        for method in ("HEAD", "GET", "GET", "GET"):
            assert scanner.open(path, method=method).status_code == 200
    assert rows_of(world) == before


@pytest.mark.parametrize("employer", ["authority", "party"])
def test_the_private_page_shows_status_dates_and_what_was_sent(
    world: World, client: FlaskClient, set_clock: Clock, employer: str
) -> None:
    ad = publish_ad(world, employer=employer)
    link = private_link(apply(client, ad))
    browser = world.browser()
    place = inside(world, browser, link)
    page = browser.get(place).get_data(as_text=True)
    for said in ("Mottagen", "Alma Ekdahl", "alma-cv.pdf", "Sista ansökningsdag", "42\xa0500"):
        assert said in page
    picture = re.search(rf'src="({place}/sida/[^"]+)"', page)
    assert picture is not None
    answer = browser.get(picture[1])
    assert answer.mimetype == "image/png"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "no-store"
    set_clock("2026-12-12T00:00:01")
    assert "Bedöms" in show(world, link).get_data(as_text=True)


def test_what_an_authority_was_sent_is_kept_when_it_is_taken_back(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    link = private_link(apply(client, ad))
    page = submit_inside(world, f"{link}/ta-tillbaka", {}, "Ta tillbaka ansökan", follow_redirects=True)
    assert "Tillbakatagen" in page.get_data(as_text=True)
    assert "allmän handling" in page.get_data(as_text=True)
    (application,) = applications_in(world, ad)
    assert application.state == "withdrawn"
    assert application.name_sealed is not None
    assert "alma-cv.pdf" in show(world, link).get_data(as_text=True)
    assert len(letters(world, "withdrawn")) == 1
    again = client.get(inside(world, client, f"{link}/ta-tillbaka"))
    assert again.headers["Location"] == inside(world, client, link)


def test_with_the_consent_taken_back_nothing_is_left_at_a_party(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world, employer="party")
    link = private_link(apply(client, ad))
    (before,) = applications_in(world, ad)
    page = submit_inside(world, f"{link}/ta-tillbaka", {}, "Ta tillbaka ansökan", follow_redirects=True)
    assert "Ansökan är raderad" in page.get_data(as_text=True)
    (after,) = applications_in(world, ad)
    sealed = [getattr(after, n) for n in vars(Application) if n.endswith("_sealed")]
    assert (after.state, after.address_print, set(sealed)) == ("withdrawn", None, {None})
    with world.acting(scope.party(world.party)) as session:
        for table in (Answer, Document, PagePicture):
            assert session.scalar(select(func.count(table.id))) == 0
        assert list(the_vault().blobs.names()) == []
        with pytest.raises(KeyGone):
            the_vault().key_store.get(before.id)
    assert letters(world, "receipt") == []
    assert [mail.to for mail in letters(world, "withdrawn")] == ["alma@example.se"]
    unknown = client.get("/ansokan/" + "x" * 24)
    assert client.get(link).data == unknown.data
    assert client.get(link).status_code == 404
    with world.acting(scope.PLATFORM) as session:
        told = session.scalars(select(Event).where(Event.kind == "application.withdrawn")).one()
        assert (told.scope_kind, told.scope_id, told.subject_id) == ("party", world.party, before.id)


def test_a_link_of_another_purpose_expired_or_unknown_opens_the_same_nothing(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    ad = publish_ad(world)
    link = private_link(apply(client, ad))
    apply(world.browser(), ad)
    question = question_link(world)
    nothing = client.get("/ansokan/AAAAAAAAAAAAAAAAAAAAAAAA")
    swapped = ["/ansokan/" + question.rsplit("/", 1)[1], "/ansokan/fraga/" + link.rsplit("/", 1)[1]]
    cookie = client.get_cookie("draft", path=base(ad))
    assert cookie is not None
    for path in (*swapped, f"/ansokan/{cookie.value}", f"/ansokan/{cookie.value}/ta-tillbaka"):
        answer = world.browser().get(path)
        assert (answer.status_code, answer.data) == (404, nothing.data)
    set_clock("2026-12-31T00:00")
    assert client.get(question).data == nothing.data
    set_clock("2031-01-01T00:00")
    assert client.get(link).data == nothing.data


def test_one_candidate_cannot_open_the_pages_of_another(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    mine = apply(client, ad)
    other = world.browser()
    theirs = apply(other, ad, **{"E-post": "bo@example.se"})
    picture = re.search(r'src="[^"]*/sida/([^"]+)"', mine.get_data(as_text=True))
    assert picture is not None
    assert show(world, f"{private_link(mine)}/sida/{picture[1]}").status_code == 200
    assert show(world, f"{private_link(theirs)}/sida/{picture[1]}").status_code == 404
    assert other.get(f"{base(ad)}/sida/{picture[1]}").status_code == 404
    assert world.browser().get(f"{base(ad)}/sida/{picture[1]}").status_code == 404


def test_the_rival_party_sees_nothing_of_it(world: World, client: FlaskClient) -> None:
    apply(client, publish_ad(world))
    for who in (scope.party(world.rival), scope.authority(world.rival), scope.PUBLIC):
        with world.acting(who) as session:
            for table in (Application, Answer, Document, PagePicture):
                assert session.scalar(select(func.count(table.id))) == 0
    with world.acting(scope.authority(world.authority)) as session:
        assert session.scalar(select(func.count(Application.id))) == 1


def test_a_second_sending_from_the_address_meets_the_same_page_as_the_first(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    first = apply(client, ad)
    alone = show(world, private_link(first)).get_data(as_text=True)
    stranger = world.browser()
    second = apply(stranger, ad, **{"E-post": " ALMA@Example.SE"})
    assert masked(first.get_data(as_text=True)) == masked(second.get_data(as_text=True))
    pages = [show(world, private_link(r)).get_data(as_text=True) for r in (first, second)]
    assert masked(alone) == masked(pages[1]), "whoever sent the second learns nothing of the first"
    assert ["En ansökan till väntar på ditt svar" in page for page in (alone, *pages)] == [False, True, False]
    assert sorted(row.state for row in applications_in(world, ad)) == ["proposal", "sent"]
    assert len(letters(world, "receipt")) == 1
    (mail,) = letters(world, "proposal")
    assert mail.to.casefold() == "alma@example.se"
    assert "Närvårdspartiet" not in mail.subject + mail.body


def masked(page: str) -> str:
    """A page without what differs between any two applications: ids, tokens, numbers, address as typed."""
    page = re.sub(r"[0-9a-f]{64}|[0-9a-f-]{36}|(?<=/ansokan/)[\w-]{12,30}|(?<=value=\")[\w.-]{60,}", "·", page)
    return re.sub(r"(?i)alma@example\.se", "·", page)


@pytest.mark.parametrize("employer", ["authority", "party"])
def test_the_address_may_put_the_second_in_the_firsts_place(world: World, client: FlaskClient, employer: str) -> None:
    ad = publish_ad(world, employer=employer)
    old = private_link(apply(client, ad))
    other = world.browser()
    new = private_link(apply(other, ad, Namn="Alma E. Ekdahl"))
    done = submit_inside(world, question_link(world), {}, "Byt ut den första", follow_redirects=True)
    assert "Svaret är mottaget" in done.get_data(as_text=True)
    assert sorted(row.state for row in applications_in(world, ad)) == ["replaced", "sent"]
    assert "Ansökan är utbytt" in show(world, old).get_data(as_text=True)
    assert "Alma E. Ekdahl" in show(world, new).get_data(as_text=True)
    replaced = next(row for row in applications_in(world, ad) if row.state == "replaced")
    assert (replaced.name_sealed is None) == (employer == "party")
    assert world.browser().get(question_path(done, world)).status_code == 404


def test_each_of_three_from_one_address_may_take_the_place_of_the_one_before(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    for browser in (client, world.browser(), world.browser()):
        apply(browser, ad)
    questions = [
        re.search(r"http://localhost(/ansokan/fraga/\S+)", letter.body)[1]  # type: ignore[index]
        for letter in letters(world, "proposal")
    ]
    for question in questions:
        assert submit_inside(world, question, {}, "Byt ut den första").status_code == 303
    assert sorted(row.state for row in applications_in(world, ad)) == ["replaced", "replaced", "sent"]


def test_an_old_question_is_about_whatever_counts_by_then(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    first = private_link(apply(client, ad))
    apply(world.browser(), ad)
    question = question_link(world)
    submit_inside(world, f"{first}/ta-tillbaka", {}, "Ta tillbaka ansökan")
    apply(world.browser(), ad)
    assert submit_inside(world, question, {}, "Byt ut den första").status_code == 303
    assert sorted(row.state for row in applications_in(world, ad)) == ["replaced", "sent", "withdrawn"]


def question_path(_answered: object, world: World) -> str:
    """The link in the mail, once more."""
    return question_link(world) if letters(world, "proposal") else "/ansokan/fraga/used"


def test_the_address_may_keep_the_first_and_the_strangers_is_gone(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world, employer="party")
    first = private_link(apply(client, ad))
    stranger = world.browser()
    second = private_link(apply(stranger, ad, Namn="Någon Annan"))
    submit_inside(world, question_link(world), {}, "Behåll den första")
    assert show(world, first).status_code == 200
    assert stranger.get(second).status_code == 404
    states = {row.state: row.name_sealed is None for row in applications_in(world, ad)}
    assert states == {"sent": False, "declined": True}


def test_a_first_that_was_taken_back_leaves_room_for_a_second(world: World, client: FlaskClient) -> None:
    ad: Published = publish_ad(world)
    link = private_link(apply(client, ad))
    submit_inside(world, f"{link}/ta-tillbaka", {}, "Ta tillbaka ansökan")
    apply(world.browser(), ad)
    assert sorted(row.state for row in applications_in(world, ad)) == ["sent", "withdrawn"]
