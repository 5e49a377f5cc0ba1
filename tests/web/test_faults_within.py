"""What goes wrong while something that went wrong is answered is met as it would have been in the view itself."""

import pytest
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from portal.config import Settings
from portal.web import parked
from tests.applications.paper import base
from tests.web.test_outages import away, by_file
from tests.web.test_parked import FROM_HERE, LONG, typed
from tests.world import World, publish_ad

OLD = {"csrf_token": "an-old-one"}


@pytest.fixture(autouse=True)
def as_it_runs(world: World) -> None:
    """Outside tests Flask wraps what a handler raises."""
    world.app.testing = False


@pytest.mark.parametrize(
    "path",
    [
        "/annonser/x/ansok", "/annonser/x/ansok/handlingar", "/annonser/x/ansok/kontrollera",
        "/ansokan/x/andra/uppgifter", "/ansokan/x/andra/handlingar",
    ],
)  # fmt: skip
def test_a_form_without_a_token_to_what_is_not_there_gets_the_404(world: World, client: FlaskClient, path: str) -> None:
    none = client.get("/finns/inte")
    with capture_logs() as entries:
        answer = client.post(path, data=OLD, headers=FROM_HERE)
    assert (answer.status_code, answer.data) == (404, none.data)
    assert [entry for entry in entries if entry["log_level"] == "error"] == []


@by_file
def test_an_old_token_and_a_database_that_is_away_give_the_text_back(world: World, settings: Settings) -> None:
    ad, other = publish_ad(world), world.browser(world.gunnel)
    path, data = typed(world.browser(world.kansli))
    with away(settings, "portal.db"), capture_logs() as entries:
        for answer in (
            other.post(path, data=data, headers=FROM_HERE),
            world.app.test_client().post(base(ad), data={**OLD, "name": LONG}, headers=FROM_HERE),
        ):
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
            assert "En regel i taget." in answer.get_data(as_text=True)
    assert [entry["reason"] for entry in entries if entry["event"] == "outage"] == ["database:no answer"] * 2


def test_a_fault_of_our_own_within_is_a_500_that_is_logged(
    world: World, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(parked, "form_of_request", wrong)
    with capture_logs() as entries:
        answer = client.post("/logga-in", data=OLD)
    assert answer.status_code == 500 and "Felet är noterat" in answer.get_data(as_text=True)
    assert [(one["event"], one["reason"]) for one in entries if one["log_level"] == "error"] == [
        ("unforeseen", "ZeroDivisionError")
    ]
