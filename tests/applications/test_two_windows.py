"""Two windows write to one draft: nothing that either has written is lost, and the second is given both to choose from."""

from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock, scope
from portal.ads.queries import current_version_of
from portal.applications.meanwhile import NOTHING, marks_of, meanwhile
from portal.applications.models import Application
from portal.applications.questions import Reply
from portal.applications.services.drafting import DraftMoved
from portal.applications.services.sending import prepare_sending, submit_application
from portal.links.models import Link, Purpose
from portal.seen import Seen
from tests.applications.paper import CV, SALARY, applications_in, base, page_one, page_two, send
from tests.documents import hostile
from tests.forms import fields_of, submit_page
from tests.world import Published, World, publish_ad

OTHER_CV = {"CV": (hostile.turned(), "nytt-cv.pdf")}
ID = uuid4()
WAS = {"letter": "Hej.", "start": "genast"}
SAID = {ID: Reply("ja", "Tre år.")}


@pytest.mark.parametrize(
    ("mine", "saved", "version", "expected"),
    [
        ({"letter": "Mitt."}, {"letter": "Deras."}, 2, {"letter": "Deras."}),
        ({"letter": ""}, {"letter": "Deras."}, 2, {"letter": "Deras."}),
        ({"letter": "Mitt."}, {"letter": "Deras."}, 3, {}),  # nobody was there meanwhile
        ({"letter": "Mitt."}, {"letter": "Hej."}, 2, {}),  # the other window has changed something else
        ({"letter": "Mitt."}, {"letter": ""}, 2, {}),  # to write where nothing stands loses nothing
        ({"letter": "Deras."}, {"letter": "Deras."}, 2, {}),  # both say the same
        ({"letter": "Mitt."}, {"letter": "Deras."}, None, {}),  # a page from before pages told their version
    ],
)
def test_only_what_both_have_changed_since_the_page_was_opened_collides(
    mine: dict[str, str], saved: dict[str, str], version: int | None, expected: dict[str, str]
) -> None:
    found = meanwhile({**WAS, **saved}, {}, mine, {}, seen=Seen.of(version, marks_of(WAS, {})), version=3)
    assert dict(found.texts) == expected
    assert bool(found) == bool(expected)


def test_an_answer_collides_as_a_whole_its_yes_and_its_words() -> None:
    seen = Seen.of(2, marks_of({}, {ID: Reply("nej", "")}))
    assert meanwhile({}, SAID, {}, {ID: Reply("ja", "Fyra år.")}, seen=seen, version=3).replies == SAID
    assert meanwhile({}, SAID, {}, SAID, seen=seen, version=3) == NOTHING
    assert meanwhile({}, SAID, {}, {ID: Reply("nej")}, seen=Seen.of(2, "odd : marks::"), version=3).replies == SAID


@pytest.mark.parametrize(
    ("mine", "saved"), [("Hej.", "Deras."), ("Hej.", ""), ("", "Deras.")], ids=["changed", "emptied", "begun"]
)
def test_what_a_window_has_not_touched_takes_what_the_other_saved_and_nobody_is_asked(mine: str, saved: str) -> None:
    seen = Seen.of(2, marks_of({"letter": mine}, {}))
    found = meanwhile({"letter": saved}, {}, {"letter": mine}, {}, seen=seen, version=3)
    assert not found and found.stands("letter")
    kept = meanwhile({}, {}, {}, {ID: SAID[ID]}, seen=Seen.of(2, marks_of({}, SAID)), version=3)
    assert not kept and kept.stands(ID)


@pytest.fixture
def ad(world: World, client: FlaskClient) -> Published:
    """An ad with a draft whose page two is filled in."""
    made = publish_ad(world)
    page_one(client, made)
    page_two(client, made)
    return made


@pytest.mark.parametrize("keeps", ["mine", "saved"])
def test_the_second_window_gets_both_letters_and_chooses(client: FlaskClient, ad: Published, keeps: str) -> None:
    where = f"{base(ad)}/handlingar"
    old = client.get(where)
    page_two(client, ad, {"letter": "Den första <b>fliken</b>."}, {})
    both = submit_page(client, old, where, {"letter": "Den andra fliken.", "start": "genast"}, "Fortsätt")
    assert both.status_code == 409
    assert "Den första &lt;b&gt;fliken&lt;/b&gt;." in both.get_data(as_text=True)
    assert fields_of(both)["letter"] == ["Den andra fliken."]
    assert fields_of(client.get(where))["start"] == ["genast"]
    assert submit_page(client, both, where, {"keep_letter": keeps}, "Fortsätt").status_code == 303
    expected = "Den andra fliken." if keeps == "mine" else "Den första <b>fliken</b>."
    assert fields_of(client.get(where))["letter"] == [expected]


def test_a_window_asks_only_of_what_it_has_changed_and_shows_what_the_other_saved(
    client: FlaskClient, ad: Published
) -> None:
    where = f"{base(ad)}/handlingar"
    old = client.get(where)
    page_two(client, ad, {"letter": "Den första fliken.", "start": "i mars", SALARY: "41 000"}, {})
    both = submit_page(client, old, where, {"letter": "Den andra fliken.", SALARY: "inget tal"}, "Fortsätt")
    shown, page = fields_of(both), both.get_data(as_text=True)
    assert both.status_code == 409
    assert "keep_letter" in page and "keep_start" not in page
    assert (shown["start"], shown["letter"], shown["salary"]) == (["i mars"], ["Den andra fliken."], ["inget tal"])
    assert submit_page(client, both, where, {SALARY: "41 000"}, "Fortsätt").status_code == 303
    saved = fields_of(client.get(where))
    assert (saved["start"], saved["letter"]) == (["i mars"], ["Den andra fliken."])


def test_two_windows_that_each_bring_a_cv_keep_both_until_one_is_taken_away(client: FlaskClient, ad: Published) -> None:
    where = f"{base(ad)}/handlingar"
    old = client.get(where)
    page_two(client, ad, {"start": "i mars"}, {"CV": (hostile.plain(), "nyast.pdf")})
    submit_page(client, old, where, {}, "Fortsätt", OTHER_CV)
    page = client.get(where)
    assert all(name in page.get_data(as_text=True) for name in ("nyast.pdf", "nytt-cv.pdf"))
    refused = send(client, ad)
    assert refused.status_code == 422
    assert "Du har två CV." in refused.get_data(as_text=True)
    assert submit_page(client, page, where, {}, "Ta bort nytt-cv.pdf").status_code == 303
    assert send(client, ad).status_code == 303


def test_a_cv_takes_the_place_of_the_one_that_its_page_has_shown_whatever_else_was_saved(
    client: FlaskClient, ad: Published
) -> None:
    where = f"{base(ad)}/handlingar"
    old = client.get(where)
    page_two(client, ad, {"start": "i mars"}, {})
    submit_page(client, old, where, {}, "Fortsätt", OTHER_CV)
    page = client.get(where).get_data(as_text=True)
    assert "nytt-cv.pdf" in page and CV["CV"][1] not in page


def test_page_one_too_gives_both_names_to_choose_from(client: FlaskClient, ad: Published) -> None:
    old = client.get(base(ad))
    page_one(client, ad, Namn="Alma E. Ekdahl")
    both = submit_page(client, old, base(ad), {"Namn": "Alma Ekdal"}, "Fortsätt")
    assert both.status_code == 409
    assert "Alma E. Ekdahl" in both.get_data(as_text=True)
    assert fields_of(both)["name"] == ["Alma Ekdal"]
    assert fields_of(client.get(base(ad)))["name"] == ["Alma E. Ekdahl"]


def test_the_back_button_after_the_sending_changes_nothing_and_leads_to_the_receipt(
    client: FlaskClient, ad: Published
) -> None:
    where = f"{base(ad)}/handlingar"
    old, check = client.get(where), client.get(f"{base(ad)}/kontrollera")
    assert send(client, ad).status_code == 303
    for page, address in ((old, where), (check, f"{base(ad)}/kontrollera")):
        again = submit_page(client, page, address, {}, None)
        assert (again.status_code, again.headers["Location"]) == (303, f"{base(ad)}/kvitto")
    assert "Jag skriver väl." in client.get(f"{base(ad)}/kvitto").get_data(as_text=True)


def test_what_another_window_wrote_since_the_check_page_was_drawn_is_shown_before_it_is_sent(
    world: World, client: FlaskClient, ad: Published
) -> None:
    where = f"{base(ad)}/kontrollera"
    check = client.get(where)
    page_two(client, ad, {"letter": "Skrivet i den andra fliken."}, {}, "Spara utkast")
    shown = submit_page(client, check, where, {}, "Skicka ansökan")
    page = shown.get_data(as_text=True)
    assert shown.status_code == 409
    assert "Ansökan är inte skickad än" in page and "Skrivet i den andra fliken." in page
    assert applications_in(world, ad) == []
    assert submit_page(client, shown, where, {}, "Skicka ansökan").status_code == 303
    assert [row.state for row in applications_in(world, ad)] == ["sent"]


def test_what_is_written_while_it_is_made_ready_is_not_sent_unseen(
    world: World, client: FlaskClient, ad: Published
) -> None:
    """The typed letter is sealed before the row is held: the one who holds it looks whether it is still the same."""
    with world.writing(scope.party(ad.party_id)) as session:
        id = session.scalars(select(Link.subject_id).where(Link.purpose == Purpose.DRAFT)).one()
    with world.writing(scope.candidate(id)) as session:
        draft = session.get_one(Application, id)
        prepared = prepare_sending(session, draft)
        draft.version += 1
        session.flush()
        published = current_version_of(session, draft.ad_id)
        assert published is not None
        with pytest.raises(DraftMoved):
            submit_application(session, ad=published, prepared=prepared, at=clock.now())


def test_a_check_page_whose_session_is_gone_is_shown_again(world: World, client: FlaskClient, ad: Published) -> None:
    where = f"{base(ad)}/kontrollera"
    check = client.get(where)
    client.delete_cookie("portal")
    again = submit_page(client, check, where, {}, "Skicka ansökan")
    assert again.status_code == 400 and "Ingenting är skickat än." in again.get_data(as_text=True)
    assert submit_page(client, again, where, {}, "Skicka ansökan").status_code == 303
