"""The figures for whoever watches: no person, no party, and only to those who may ask."""

import os
import re
import signal
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.request import urlopen
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal import clock, disks, scope
from portal.config import Misconfigured, Settings
from portal.db import db, unit_of_work
from portal.jobs.models import Event
from portal.mail.services import Letter, post
from portal.operations.services import findings
from portal.web.errors import not_found_page
from tests.proofs.around import wait_until
from tests.proofs.living import living
from tests.world import World, publish_ad


def test_answers_are_counted_by_endpoint_and_what_waits_by_kind(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    client.get(f"/annonser/{ad.reference}")
    with world.writing(scope.PLATFORM) as session:
        letter = Letter("alma@example.se", "Hej", "Hej.\n")
        post(session, letter, once=f"test:{uuid4()}", at=clock.now() - timedelta(minutes=5))
    told = client.get("/metrics").get_data(as_text=True)
    assert re.search(r'portal_requests_total\{endpoint="ads.show",method="GET",status="200"\} \d', told)
    assert 'portal_waiting{what="mail"} 1.0' in told
    waited = re.search(r'portal_oldest_waiting_seconds\{what="mail"\} (\d+)', told)
    assert waited is not None
    assert 300 <= int(waited[1]) < 400
    assert ad.reference not in told
    assert "alma" not in told
    assert str(world.party) not in told


def test_what_was_tried_in_vain_waits_though_its_next_try_is_put_off(world: World, client: FlaskClient) -> None:
    at = clock.now()
    with world.writing(scope.PLATFORM) as session:
        event = Event(
            kind="made.up", scope_kind="platform", scope_id=None, subject_id=None, created_at=at - timedelta(days=2),
            due_at=at + timedelta(hours=1), tries=9,
        )  # fmt: skip
        session.add(event)
    told = client.get("/metrics").get_data(as_text=True)
    assert 'portal_waiting{what="event"} 1.0' in told
    assert 'portal_oldest_waiting_seconds{what="event"} 0' in told, "when it was to be done first nobody has noted"
    with world.app.app_context():
        assert any("händelser har inte gått att ta om hand" in one for one in findings(world.app))


def test_answers_that_are_given_again_are_counted_too(world: World, client: FlaskClient) -> None:
    ad, layer = publish_ad(world), world.app.extensions["ready_answers"]
    layer.seconds = 60

    def repeated() -> float:
        found = re.search(r"^portal_repeated_answers_total (\S+)$", client.get("/metrics").get_data(as_text=True), re.M)
        return float(found[1]) if found else 0

    before = repeated()
    for _ in range(3):
        client.get(f"/annonser/{ad.reference}")
    assert repeated() == before + 2


def test_a_method_that_somebody_made_up_is_no_figure_of_its_own(client: FlaskClient) -> None:
    for number in range(3):
        client.open("/", method=f"MADEUP{number}")
    told = client.get("/metrics").get_data(as_text=True)
    assert "MADEUP" not in told
    assert 'method="other"' in told


@pytest.mark.slow
def test_the_processes_count_together_and_one_that_ends_takes_nothing_along(settings: Settings) -> None:
    def counted() -> int:
        with urlopen(f"{portal.address}/metrics", timeout=10) as answer:
            found = re.findall(r'portal_requests_total{endpoint="pages\.[^}]*} (\d+)', answer.read().decode())
        return sum(map(int, found))

    with living(settings) as portal:
        portal.start_web(workers=2)
        for round in (1, 2):
            for _ in range(20):
                urlopen(f"{portal.address}/kontakt", timeout=10).close()
            assert counted() == 20 * round
            first = portal.running["web"].pid
            child = Path(f"/proc/{first}/task/{first}/children").read_text().split()[0]
            os.kill(int(child), signal.SIGTERM)
            wait_until(lambda gone=child: not Path(f"/proc/{gone}").exists(), seconds=30)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("sender", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("::ffff:127.0.0.1", {}, 200),  # `portal run --host ::`
        ("::ffff:192.0.2.7", {}, 404),
        ("192.0.2.7", {}, 404),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}, 404),
        ("192.0.2.7", {"X-Forwarded-For": "127.0.0.1"}, 404),
        ("", {}, 404),
    ],
)
def test_only_the_networks_that_are_named_may_ask(
    app: Flask, client: FlaskClient, sender: str, headers: dict[str, str], status: int
) -> None:
    answer = client.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": sender})
    assert answer.status_code == status
    if status == 404:
        with app.app_context():
            assert answer.data == not_found_page(app)


def test_the_networks_are_a_setting(settings: Settings) -> None:
    told = {
        "PORTAL_DEMO": "1",
        "PORTAL_SECRET_KEY": "s" * 40,
        "PORTAL_METRICS_ALLOW": "10.0.0.0/8, 2001:db8::/32",
    }
    assert [str(one) for one in Settings.from_environment(told).metrics_allow] == ["10.0.0.0/8", "2001:db8::/32"]
    with pytest.raises(Misconfigured, match="PORTAL_METRICS_ALLOW"):
        Settings.from_environment({**told, "PORTAL_METRICS_ALLOW": "everybody"})


def test_a_full_disk_is_told_by_check_and_readiness(
    app: Flask, client: FlaskClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disks, "LEAST", 10**9)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.get_data(as_text=True)) == (503, "not ready: room on disk\n")
    with app.app_context():
        (told,) = [line for line in findings(app) if line.startswith("Disken")]
    assert f"Disken där {settings.instance_path} ligger är full eller nästan full: " in told
    assert (
        disks.full_disks(replace(settings, instance_path=settings.instance_path / "none", storage_url="s3://a")) != []
    )


def test_readiness_names_what_does_not_answer(app: Flask, client: FlaskClient) -> None:
    assert client.get("/readyz").get_data(as_text=True) == "ready\n"
    with app.app_context(), unit_of_work() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = 'older'")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.get_data(as_text=True)) == (503, "not ready: database version\n")
    with app.app_context():
        db.engine.dispose()
    vault = app.extensions["vault"]
    app.extensions["vault"] = replace(vault, blobs=_Away())
    assert "storage" in client.get("/readyz").get_data(as_text=True)


class _Away:
    def names(self) -> object:
        raise OSError("away")
