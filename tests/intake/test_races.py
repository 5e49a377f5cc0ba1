"""The office registers an application at the moment at which a colleague ends the recruitment, or registers it too."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal import clock, scope
from portal.ads.services.publishing import end_ad
from portal.applications.models import Application
from portal.intake.routes import papers
from tests.at_once import second
from tests.forms import fields_of
from tests.intake.registering import add_cv, begin, finish, intakes
from tests.world import World, publish_ad


def test_none_arrives_once_the_recruitment_has_ended_meanwhile(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    ad, office = publish_ad(world), world.browser(world.kansli)
    page = begin(office, ad, "2026-11-23").headers["Location"]
    add_cv(office, page)
    with second() as a_colleague:
        with world.writing(scope.party(ad.party_id)) as session:
            end_ad(session, ad_id=ad.id, person_id=world.kansli, at=clock.now())
            a_colleague.begins(finish, office, page)
        assert a_colleague.ends().status_code == 422
    ((_row, application),) = intakes(world, world.party)
    assert application is None or application.state == "draft"


def test_the_second_of_two_presses_at_the_same_instant_is_told_that_it_is_there(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = world.browser(world.kansli), world.browser(world.kansli)
    page = begin(one, publish_ad(world), "2026-11-23").location
    add_cv(one, page)
    tokens = {browser: fields_of(browser.get(page))["csrf_token"][0] for browser in (one, other)}
    look, answers = papers.look_for_first, []

    def press(browser: FlaskClient) -> TestResponse:
        return browser.post(page, data={"csrf_token": tokens[browser], "do": "finish"})

    def meanwhile(*given: Any) -> Any:
        monkeypatch.setattr(papers, "look_for_first", look)
        with ThreadPoolExecutor(1) as hand:
            answers.append(hand.submit(press, other).result())
        return look(*given)

    monkeypatch.setattr(papers, "look_for_first", meanwhile)  # where the first holds nothing yet
    answers.append(press(one))
    assert [answer.status_code for answer in answers] == [303, 303]
    assert "Ansökan är redan registrerad." in one.get(answers[1].location).get_data(as_text=True)
    with world.acting(scope.party(world.party)) as session:
        assert len(session.scalars(select(Application)).all()) == 1
