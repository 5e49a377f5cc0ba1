"""What the portal needs is away: 503 with what to do, the form given back, public pages as they were last."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoFreeConnection
from structlog.testing import capture_logs

from portal.config import Settings
from portal.vault.blobs import StoreUnreachable
from portal.web.outages import what_is_away
from tests.applications.paper import DETAILS, base, page_one
from tests.database import POSTGRESQL
from tests.forms import fields_of, submit_page
from tests.world import World, publish_ad

by_file = pytest.mark.skipif(POSTGRESQL, reason="a file is taken away; a server is stopped in the proofs")


@contextmanager
def away(settings: Settings, name: str) -> Iterator[None]:
    """A SQLite file, taken away and put back."""
    moved = [(path, path.with_name(f"away-{path.name}")) for path in settings.instance_path.glob(f"{name}*")]
    for path, aside in moved:
        path.rename(aside)
    yield
    for path, aside in moved:
        aside.rename(path)


def wrong_statement() -> sqlite3.OperationalError:
    """What SQLite says of a statement that is wrong: the same class as when it is away."""
    with pytest.raises(sqlite3.OperationalError) as told:
        sqlite3.connect(":memory:").execute("SELECT x")
    return told.value


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        (OperationalError("SELECT 1", {}, Exception("gone")), "database:no answer"),
        (OperationalError("SELECT x", {}, wrong_statement()), ""),
        (InterfaceError("SELECT 1", {}, Exception("gone")), "database:no answer"),
        (DBAPIError("SELECT 1", {}, Exception("gone"), connection_invalidated=True), "database:no answer"),
        (NoFreeConnection("pool"), "database:no free connection"),
        (StoreUnreachable(errno.ENOTDIR, "x"), "storage:ENOTDIR"),
        (StoreUnreachable("x"), "storage:no answer"),
        (OSError(errno.ENOSPC, "x"), "disk:ENOSPC"),
        (OSError(errno.EROFS, "x"), "disk:EROFS"),
        (FileNotFoundError(errno.ENOENT, "x"), ""),
        (IntegrityError("INSERT", {}, Exception("twice")), ""),
        (ValueError("a fault of our own"), ""),
    ],
)
def test_a_fault_says_what_is_away_or_that_it_is_our_own(fault: Exception, word: str) -> None:
    assert what_is_away(fault) == word


@by_file
def test_a_form_comes_back_with_what_was_typed_and_goes_through_by_its_own_button(
    world: World, settings: Settings
) -> None:
    ad, client = publish_ad(world), world.browser()
    client.get(base(ad))
    with away(settings, "keys.db"):
        answer = page_one(client, ad)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
        page = answer.get_data(as_text=True)
        assert "Det gick inte att spara just nu" in page and DETAILS["Namn"] in page
        assert not (settings.instance_path / "keys.db").exists()  # no empty one in its place
    assert submit_page(client, answer, base(ad), button="Skicka igen").status_code == 303


@by_file
def test_a_password_is_never_given_back(world: World, settings: Settings) -> None:
    client = world.browser()
    sent = {"email": "a@example.se", "password": "hemligt ord"}
    token = fields_of(client.get("/logga-in"))["csrf_token"][0]
    client.post("/logga-in", data={**sent, "csrf_token": token})
    with away(settings, "portal.db"):
        answer = client.post("/logga-in", data={**sent, "csrf_token": token})
    assert answer.status_code == 503
    page = answer.get_data(as_text=True)
    assert "a@example.se" in page and "hemligt ord" not in page


@by_file
def test_the_offices_page_and_the_machines_are_told_in_the_same_way(world: World, settings: Settings) -> None:
    client = world.browser(world.kansli)
    assert client.get("/arbete").status_code == 200
    with away(settings, "portal.db"):
        assert client.get("/arbete").status_code == 503
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").get_data(as_text=True) == "not ready: database, database version\n"
    assert client.get("/arbete").status_code == 200


@by_file
def test_public_pages_are_shown_as_they_were_last_and_only_they(world: World, settings: Settings) -> None:
    ad, client = publish_ad(world), world.browser()
    path = f"/annonser/{ad.reference}"
    before = client.get(path).data
    assert client.get("/").status_code == 200
    with away(settings, "portal.db"):
        shown = client.get(path)
        assert (shown.status_code, shown.data) == (200, before)
        assert client.get("/").status_code == 200
        assert client.get(f"{path}?lang=en").status_code == 503  # not shown before
        assert client.get("/?anything=1").status_code == 503
        assert client.get(base(ad)).status_code == 503
    assert client.get(base(ad)).status_code == 200


@by_file
def test_the_log_tells_what_was_away_and_nothing_of_anybody(world: World, settings: Settings) -> None:
    ad, client = publish_ad(world), world.browser()
    client.get(base(ad))
    with away(settings, "keys.db"), capture_logs() as entries:
        page_one(client, ad)
    told = [entry for entry in entries if entry["event"] == "outage"]
    assert [(entry["endpoint"], entry["reason"]) for entry in told] == [("applications.apply", "database:no answer")]
    assert "alma" not in str(entries).casefold()
