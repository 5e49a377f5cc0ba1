"""The database away: stopped under a running portal, locked by somebody else, its file gone. Kind, whole, and on again."""

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url

from portal import clock
from portal.applications.consent import VERSION
from portal.config import Settings
from portal.factory import create_app
from portal.links.tokens import TOKEN_LETTERS
from portal.operations.services import NO_ANSWER
from portal.vault.keyring import create_keyring
from tests.conftest import SECRET, close_stores
from tests.database import APPLICATION, POSTGRESQL, Databases
from tests.documents import hostile
from tests.proofs.around import (
    OwnServer,
    Trials,
    again,
    call_round,
    is_whole,
    own_server,
    receipts_sent,
    wait_until,
)
from tests.proofs.living import Living, living
from tests.proofs.plugin import Proof
from tests.proofs.visitor import Candidacy, Visitor, go_to_check_page, send
from tests.world import Published, World, build_world, publish_ad

on_sqlite = pytest.mark.skipif(POSTGRESQL, reason="a file that is locked or gone is SQLite's alone")
on_postgresql = pytest.mark.skipif(not POSTGRESQL, reason="SQLite has no server to stop: its file is locked below")


@contextmanager
def _installation(server: OwnServer, folder: Path) -> Iterator[tuple[Settings, World]]:
    """A world whose database, key store, counts and queue are all on a server of their own."""
    databases = Databases(folder, server.url)
    databases._create(databases.template)
    create_keyring(databases.keys, "k1")
    stores = make_url(server.url).set(username=APPLICATION, password=APPLICATION, database="stores")
    databases.as_superuser(f'CREATE DATABASE "stores" OWNER {APPLICATION}')
    address = stores.render_as_string(False)
    settings = Settings.from_environment(
        {
            "PORTAL_DEMO": "1",
            "PORTAL_INSTANCE_PATH": str(folder),
            "PORTAL_SECRET_KEY": SECRET,
            "PORTAL_KEYS_FILE": str(databases.keys),
            "PORTAL_DATABASE_URL": databases._url(databases.template, APPLICATION),
            "PORTAL_DATABASE_OWNER_URL": databases._url(databases.template, "portal_owner"),
            "PORTAL_KEY_STORE_URL": address,
            "PORTAL_QUEUE_URL": address.replace("+psycopg", ""),
            "PORTAL_RATES_URL": address,
            "PORTAL_BASE_URL": "http://localhost",
        }
    )
    with living(settings) as portal:
        done = portal.portal("db", "upgrade")
        assert done.returncode == 0, done.stderr
    app = create_app(settings)
    app.extensions["wake"] = lambda *_: None
    yield settings, build_world(app)
    with app.app_context():
        close_stores()


@on_postgresql
@pytest.mark.proof(
    "Databasservern får falla och komma igen: vänliga svar under tiden, inget kvitterat borta, ingen omstart behövs.",
    how="PostgreSQL with database, key store, counts and queue crashed under senders and started again, web and worker "
    "living on, the worker begun while it was away; public pages are read and forms sent meanwhile",
    short={"rounds": 1, "senders": 4},
    full={"rounds": 20, "senders": 8},
)
def test_a_database_server_stopped_and_started_again(
    proof: Proof, tmp_path: Path, set_clock: Callable[[str], datetime]
) -> None:
    trials, acknowledged, broken, senders = Trials(), 0, [], proof.size("senders")
    with own_server() as server, _installation(server, tmp_path) as (settings, world):
        ad = publish_ad(world)
        with living(settings, log=tmp_path / "log") as portal:
            portal.start_web()
            _worker_begun_without(server, portal)
            for turn in range(proof.size("rounds")):
                people = [f"alma{turn}-{number}@example.se" for number in range(senders)]
                sent = _stopped_under(server, portal, ad, people, trials)
                acknowledged += len(sent)
                broken += [email for email in people if not is_whole(world, email)]
            alive = all(process.poll() is None for process in portal.running.values())
            later = clock.now().astimezone(clock.STOCKHOLM) + timedelta(hours=1)
            set_clock(f"{later:%Y-%m-%dT%H:%M}")  # what was held by a transaction that fell is free again
            call_round(world)
            wait_until(lambda: receipts_sent(world) == acknowledged, seconds=150)
        posted = receipts_sent(world)
    proof.came_to(
        stops=proof.size("rounds"), acknowledged=acknowledged, lost_or_half=len(broken), receipts_sent=posted,
        tries_refused=trials.refused, unkind=len(trials.unkind),
    )  # fmt: skip
    assert trials.unkind == []
    assert broken == []
    assert alive, "web or worker ended"
    assert posted == acknowledged == proof.size("rounds") * senders


def _worker_begun_without(server: OwnServer, portal: Living) -> None:
    """As after a power cut: the worker is there before the server is, and waits for it."""
    assert portal.log is not None
    log = portal.log
    server.stop("fast")
    portal.start_worker()
    wait_until(lambda: NO_ANSWER in log.read_text(), seconds=60)
    server.start()
    assert portal.running["worker"].poll() is None, "the worker did not wait"


def _stopped_under(server: OwnServer, portal: Living, ad: Published, people: list[str], trials: Trials) -> list[str]:
    """Stop the server while these people press send; what was refused is sent by the page's own button afterwards."""
    public = ("/", f"/annonser/{ad.reference}")
    visitors = [Visitor(portal.address) for _ in people]
    for visitor, email in zip(visitors, people, strict=True):
        go_to_check_page(visitor, ad.reference, Candidacy("Alma Ek", email, hostile.plain()))
        for path in public * 3:
            visitor.get(path)
        visitor.close()
    with ThreadPoolExecutor(len(people)) as hands:
        pressed = [hands.submit(send, visitor, ad.reference) for visitor in visitors]
        time.sleep(random.random() * 0.4)
        server.stop(random.choice(["immediate", "fast"]))
        answers = [one.result() for one in pressed]
    _while_away(portal, ad, public, trials)
    server.start()
    sent = []
    for visitor, email, answer in zip(visitors, people, answers, strict=True):
        if not trials.tried("sending", answer, good=(303,)):
            answer = again(visitor, answer)
        if answer.status == 303:
            sent.append(email)
        else:
            trials.unkind.append(f"sending, started again: {answer.status}")
        visitor.close()
    return sent


def _while_away(portal: Living, ad: Published, public: tuple[str, ...], trials: Trials) -> None:
    visitor = Visitor(portal.address)
    for path in public:
        if visitor.get(path).status != 200:
            trials.unkind.append(f"{path} was not shown")
    for path in (f"/annonser/{ad.reference}/ansok", f"/ansokan/{'A' * TOKEN_LETTERS}", "/annonser/unknown"):
        trials.tried(path, visitor.get(path), good=())
    if (visitor.get("/healthz").status, visitor.get("/readyz").status) != (200, 503):
        trials.unkind.append("healthz and readyz")
    visitor.close()


@on_sqlite
@pytest.mark.proof(
    "En databas som någon annan håller låst ger ett vänligt svar, och det som skrevs går att skicka igen.",
    how="BEGIN IMMEDIATE held by another process for longer than a writer waits, under a draft, a sending and a log-in; "
    "then the key store's file and the counts' file taken away and put back",
    short={"rounds": 1},
    full={"rounds": 20},
)
def test_a_file_locked_or_gone(proof: Proof, world: World, settings: Settings, tmp_path: Path) -> None:
    ad, trials, broken = publish_ad(world), Trials(), []
    with living(settings, log=tmp_path / "log") as portal:
        portal.start_web(workers=1)
        for turn in range(proof.size("rounds")):
            email = f"alma{turn}@example.se"
            _locked(portal, settings, ad, email, trials)
            _gone(portal, settings, ad, turn, trials)
            broken += [] if is_whole(world, email) else [email]
    proof.came_to(
        rounds=proof.size("rounds"), tries_refused=trials.refused, unkind=len(trials.unkind), lost=len(broken)
    )
    assert trials.unkind == []
    assert broken == []
    assert trials.refused == 3 * proof.size("rounds")


def _locked(portal: Living, settings: Settings, ad: Published, email: str, trials: Trials) -> None:
    visitor = Visitor(portal.address)
    go_to_check_page(visitor, ad.reference, Candidacy("Alma Ek", email, hostile.plain()))
    other = sqlite3.connect(settings.instance_path / "portal.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    reading = visitor.get(f"/annonser/{ad.reference}")
    if reading.status != 200:
        trials.unkind.append("reading stopped")
    answer = trials.insist("sending", lambda: send(visitor, ad.reference), visitor, other.rollback)
    if answer.status != 303:
        trials.unkind.append("sending, let go")
    other.close()
    visitor.close()


def _gone(portal: Living, settings: Settings, ad: Published, turn: int, trials: Trials) -> None:
    way, visitor, away = f"/annonser/{ad.reference}/ansok", Visitor(portal.address), settings.instance_path / "away"
    away.mkdir(exist_ok=True)
    files = list(settings.instance_path.glob("keys.db*"))
    visitor.get(way)
    details: dict[str, object] = {
        "name": "Bo Ek",
        "email": f"bo{turn}@example.se",
        "phone": "070-174 06 22",
        "consent": "y",
        "wording": VERSION,
    }
    for path in files:
        path.rename(away / path.name)
    first = trials.tried("key store gone", visitor.post(way, details), good=(), kept=("Bo Ek",))
    made_anew = (settings.instance_path / "keys.db").exists()
    if first or made_anew or visitor.get("/").status != 200:
        trials.unkind.append("the key store's place was taken")
    for path in files:
        (away / path.name).rename(path)
    visitor.get(way)
    if visitor.post(way, details).status != 303:
        trials.unkind.append("key store put back")
    wrong: dict[str, object] = {"email": "ingen@example.se", "password": "fel lösenord"}
    visitor.get("/logga-in")
    visitor.post("/logga-in", wrong)
    for path in settings.instance_path.glob("rates.db*"):
        path.unlink()
    visitor.get("/logga-in")
    if not trials.tried("counts gone", visitor.post("/logga-in", wrong), good=(422,)):
        visitor.get("/logga-in")
        if visitor.post("/logga-in", wrong).status != 422:
            trials.unkind.append("counts, begun anew")
    visitor.close()
