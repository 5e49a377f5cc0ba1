"""Two at the same instant: whoever is sent to one reader while another is named is read by that one, and one form is one
application."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

import pytest
from sqlalchemy import func, select

from portal import clock, scope
from portal.ads.models import PublishedAd
from portal.applications.models import Application, ProtectedIdentity
from portal.db import db, unit_of_work
from portal.documents.services import seal_letter
from portal.protection import queries
from portal.protection.paper_masks import PageMasks, print_of_pages
from portal.protection.queries import identity_key, place_of, reader_for
from portal.protection.refusals import HandedOver
from portal.protection.routes import applying
from portal.protection.services import masking
from portal.refusal import Refusal
from portal.vault.services import open_application_key
from tests.decisions.recruiting import office
from tests.documents import hostile
from tests.door import own_browser
from tests.forms import submit, submit_page
from tests.protection.applying import (
    NAME,
    PAPER,
    TYPED,
    apply,
    identities,
    name_as_reader,
    pass_to,
    stage_protected,
    way_in,
)
from tests.stage import add_person
from tests.world import Published, World, publish_ad

HINDERED = 0.4  # seconds: whoever has not come further by then waits for the other


def read_by_its_reader(world: World, ad: Published) -> str:
    """The name of the one who has applied, in the hand of whoever reads now."""
    (identity,) = identities(world)
    with world.app.app_context():
        reader = reader_for(db.session, party_id=world.party, ad_id=ad.id)
    with world.acting(scope.party(world.party)) as session:
        return identity_key(session, identity, reader_id=reader).open_text(place_of("name"), identity.name_sealed)


class Meanwhile:
    """Somebody does something at the instant when somebody else has come to a certain step."""

    def __init__(self, hands: ThreadPoolExecutor, deed: Callable[[], None], *, step: int = 1) -> None:
        self.hands, self.deed, self.step, self.steps = hands, deed, step, 0
        self.begun: list[Future[None]] = []

    def after(self, verb: Callable[..., Any]) -> Callable[..., Any]:
        """The verb, and what happens right after it."""

        def then(*args: Any, **values: Any) -> Any:
            came_to = verb(*args, **values)
            self.steps += 1
            if self.steps == self.step:
                self.begun.append(self.hands.submit(self.deed))
                wait(self.begun, timeout=HINDERED)
            return came_to

        return then

    def finish(self) -> None:
        """It has been done."""
        (deed,) = self.begun
        deed.result(timeout=20)


def test_sent_in_the_instant_when_another_reader_is_named_it_opens_for_that_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    name_as_reader(world, world.kansli)
    ad, (colleague, _) = publish_ad(world), add_person(world, "kollega", "kansli", party=world.party)
    with ThreadPoolExecutor(1) as hands:
        # The reader is asked for when the page is shown, when the form comes in, and for the key to be wrapped.
        naming = Meanwhile(hands, lambda: pass_to(world, colleague), step=3)
        monkeypatch.setattr(queries, "reader_of_ad", naming.after(queries.reader_of_ad))
        assert apply(own_browser(world), ad).status_code == 303
        naming.finish()
    assert read_by_its_reader(world, ad) == NAME


def test_the_last_reader_taken_away_while_the_form_comes_in_it_is_refused_and_says_what_to_do(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    name_as_reader(world, world.kansli)
    ad = publish_ad(world)
    with ThreadPoolExecutor(1) as hands:
        naming = Meanwhile(hands, lambda: pass_to(world, None), step=2)
        monkeypatch.setattr(queries, "reader_of_ad", naming.after(queries.reader_of_ad))
        refused = apply(own_browser(world), ad)
        naming.finish()
    assert refused.status_code == 409 and "Ring en kontaktperson i annonsen" in refused.get_data(as_text=True)
    assert TYPED["background"] in refused.get_data(as_text=True), "what was typed is kept"
    assert identities(world) == []


def test_an_ad_that_is_withdrawn_while_the_form_comes_in_takes_nothing_and_says_so(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    name_as_reader(world, world.kansli)
    ad = publish_ad(world)

    def withdraw() -> None:
        with world.writing(scope.PLATFORM) as session:
            session.scalars(select(PublishedAd).where(PublishedAd.ad_id == ad.id)).one().withdrawn = True

    with ThreadPoolExecutor(1) as hands:
        withdrawing = Meanwhile(hands, withdraw)
        monkeypatch.setattr(applying, "draw", withdrawing.after(applying.draw))
        refused = apply(own_browser(world), ad)
        withdrawing.finish()
    assert refused.status_code == 422 and "tillbakadragen" in refused.get_data(as_text=True)
    assert all(typed in refused.get_data(as_text=True) for typed in (TYPED["background"], TYPED["letter"], NAME, PAPER))
    assert identities(world) == []


@pytest.mark.parametrize("at_once", [False, True])
def test_a_form_pressed_twice_is_one_application_and_leads_to_the_same_page(world: World, at_once: bool) -> None:
    name_as_reader(world, world.kansli)
    ad = publish_ad(world)
    browsers = [own_browser(world), own_browser(world)]
    page = browsers[0].get(way_in(ad))
    browsers[1]._cookies = dict(browsers[0]._cookies)  # two windows of one browser

    def press(browser: Any) -> tuple[int, str]:
        files = {"paper": (hostile.plain(), PAPER)}
        answer = submit_page(browser, page, way_in(ad), TYPED, "Skicka ansökan", files)
        return answer.status_code, answer.headers.get("Location", "")

    if at_once:
        with ThreadPoolExecutor(2) as hands:
            first, second = hands.map(press, browsers)
    else:
        first, second = map(press, browsers)
    assert first == second and first[0] == 303
    assert len(identities(world)) == 1
    with world.acting(scope.party(world.party)) as session:
        assert session.scalar(select(func.count(Application.id))) == 1
    assert read_by_its_reader(world, ad) == NAME


def test_a_form_whose_application_is_taken_back_is_kept_and_sends_a_new_one_when_it_is_pressed_again(
    world: World,
) -> None:
    name_as_reader(world, world.kansli)
    ad, browser = publish_ad(world, employer="party"), own_browser(world)
    page, typed = browser.get(way_in(ad)), {**TYPED, "consent": True}
    kept = submit_page(browser, page, way_in(ad), typed, "Skicka ansökan")
    submit(browser, kept.location.replace("/spara", "/ta-tillbaka"), {}, "Ta tillbaka ansökan")
    refused = submit_page(browser, page, way_in(ad), typed, "Skicka ansökan")
    assert refused.status_code == 409 and "finns inte kvar" in refused.get_data(as_text=True)
    assert TYPED["contact"] in refused.get_data(as_text=True) and identities(world) == []
    assert submit_page(browser, refused, way_in(ad), {"consent": True}, "Skicka ansökan").status_code == 303
    assert len(identities(world)) == 1


def test_a_covered_paper_handed_over_by_two_presses_at_once_is_handed_over_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = stage_protected(world, publish_ad(world))
    (identity,) = identities(world)
    refused: list[type[Refusal]] = []

    def press() -> None:
        with world.app.app_context():
            scope.act_for(db.session, scope.party(world.party))
            key = open_application_key(db.session, application_id=id, controller_id=identity.controller_id)
            sealed = seal_letter("Täckt", name="CV", key=key)
            shown, reader = print_of_pages([PageMasks(1)]), office(world, world.party)
            try:
                with unit_of_work() as session:
                    again = session.get_one(ProtectedIdentity, identity.id)
                    masking.hand_over(session, identity=again, actor=reader, sealed=sealed, shown=shown, at=clock.now())
            except Refusal as no:
                refused.append(type(no))

    with ThreadPoolExecutor(1) as hands:
        second = Meanwhile(hands, press)
        monkeypatch.setattr(masking, "handed_over", second.after(masking.handed_over))
        press()
        second.finish()
    assert refused == [HandedOver]
    with world.acting(scope.party(world.party)) as session:
        assert len(queries.handed_over(session, id)) == 1
