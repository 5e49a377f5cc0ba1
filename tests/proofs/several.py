"""The portal in several processes: two web servers, two workers, one database, one bucket, one queue, shared counts."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from portal.config import Settings
from portal.factory import create_app
from tests.database import Databases, required
from tests.proofs.forwarder import Forwarder, forwarder
from tests.proofs.living import Living, free_port, living

WORKERS = ("worker-a", "worker-b")


@dataclass(frozen=True, slots=True)
class Several:
    """``addresses`` lead to one web server each, ``running.address`` to both in turn. ``app`` sees what they see."""

    running: Living
    app: Flask
    addresses: tuple[str, str]
    forwarder: Forwarder

    def start_workers(self) -> None:
        """Both, at the same moment."""
        for name in WORKERS:
            self.running.start_worker(name=name)

    def stop_workers(self) -> None:
        """Both."""
        self.running.stop(*WORKERS)


@contextmanager
def several(
    settings: Settings, databases: Databases, monkeypatch: pytest.MonkeyPatch, *, log: Path | None = None, **more: str
) -> Iterator[Several]:
    """On PostgreSQL everything but the documents lies there, the application keys in a database of their own."""
    with ExitStack() as stack:
        stored = {"PORTAL_STORAGE_URL": stack.enter_context(bucket(monkeypatch))}
        if databases.server_url is not None:
            stored |= dict.fromkeys(("PORTAL_QUEUE_URL", "PORTAL_RATES_URL"), settings.database_url)
            stored["PORTAL_KEY_STORE_URL"] = stack.enter_context(databases.empty())
        running = stack.enter_context(living(settings, log=log, **stored, **more))
        upgraded = running.portal("db", "upgrade")
        assert upgraded.returncode == 0, upgraded.stderr
        app = create_app(Settings.from_environment(running.environment))
        ports = (free_port(), free_port())
        for name, port in zip(("web-a", "web-b"), ports, strict=True):
            running.start_web(name=name, port=port, workers=1)
        between = stack.enter_context(forwarder(running.port, ports))
        yield Several(running, app, (f"http://localhost:{ports[0]}", f"http://localhost:{ports[1]}"), between)


@contextmanager
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An S3 store of its own, and the address of a bucket in it."""
    try:
        from moto.server import ThreadedMotoServer
    except ImportError:
        required("moto is not installed (extra: services)")
    import urllib.request

    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    # what its servers hold is this process's: a test before this one has left its files there
    urllib.request.urlopen(urllib.request.Request(f"http://{host}:{port}/moto-api/reset", method="POST"))
    urllib.request.urlopen(urllib.request.Request(f"http://{host}:{port}/sealed", method="PUT"))
    yield f"s3://sealed/documents?endpoint=http://{host}:{port}"
    server.stop()
