"""Sealed documents in a folder and in an S3 store: the same four promises for both."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from portal.vault.blobs import BlobGone, BlobStore, LocalStore, StoreUnreachable
from portal.vault.engines import open_store
from tests.proofs.several import bucket


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[BlobStore]:
    if request.param == "folder":
        yield open_store(f"file://{tmp_path}/documents")
        return
    with bucket(monkeypatch) as url:
        yield open_store(url)


def test_a_blob_comes_back_whole_is_listed_and_goes(store: BlobStore) -> None:
    sealed = os.urandom(300_000)
    store.put("abcdef0123", sealed)
    assert store.get("abcdef0123") == sealed
    assert [name for name, _ in store.names()] == ["abcdef0123"]
    store.delete("abcdef0123")
    store.delete("abcdef0123")
    with pytest.raises(BlobGone):
        store.get("abcdef0123")


def test_what_is_put_together_is_all_there(store: BlobStore) -> None:
    pages = {f"{n:02d}abcdef": os.urandom(50_000) for n in range(5)}
    store.put_all(pages)
    assert {name: store.get(name) for name, _ in store.names()} == pages


def test_of_what_is_put_together_nothing_stays_where_one_does_not_get_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = [3]  # the folders, and two of three files
    sync = os.fsync

    def full_soon(descriptor: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device")
        sync(descriptor)

    store = LocalStore(tmp_path / "d")
    monkeypatch.setattr(os, "fsync", full_soon)
    with pytest.raises(StoreUnreachable):
        store.put_all({"aabb": b"x", "bbcc": b"y", "ccdd": b"z"})
    assert [path for path in (tmp_path / "d").rglob("*") if path.is_file()] == []


def test_of_what_is_put_together_in_a_bucket_nothing_stays_where_one_does_not_get_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with bucket(monkeypatch) as url:
        store = open_store(url)
        put = store.put

        def full_at(name: str, sealed: bytes) -> None:
            put(name, sealed)
            if name == "ccdd":
                raise StoreUnreachable("it lies there, and nothing told us so")

        monkeypatch.setattr(store, "put", full_at)
        with pytest.raises(StoreUnreachable):
            store.put_all({"aabb": b"x", "bbcc": b"y", "ccdd": b"z"})
        assert not {"aabb", "bbcc", "ccdd"} & {name for name, _ in store.names()}


def test_a_name_that_would_leave_the_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="letters and digits"):
        LocalStore(tmp_path).put("../../x", b"")


def test_a_full_disk_leaves_no_half_blob(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        LocalStore(tmp_path / "d").put("abcdef", b"x")
    assert [p for p in (tmp_path / "d").rglob("*") if p.is_file()] == []


def test_many_writers_at_once_all_get_through(tmp_path: Path) -> None:
    store = LocalStore(tmp_path / "d")
    threads = [threading.Thread(target=store.put, args=(f"ab{n:04d}", bytes([n]))) for n in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {name for name, _ in store.names()} == {f"ab{n:04d}" for n in range(30)}


def test_a_folder_that_has_gone_is_no_missing_blob_and_is_not_made_anew(tmp_path: Path) -> None:
    store = LocalStore(tmp_path / "d")
    store.put("abcdef", b"x")
    (tmp_path / "d").rename(tmp_path / "away")
    for act in (
        lambda: store.get("abcdef"), lambda: store.put("abcdef", b"y"), lambda: store.delete("abcdef"),
        lambda: list(store.names()),
    ):  # fmt: skip
        with pytest.raises(StoreUnreachable):
            act()
    assert not (tmp_path / "d").exists()
    (tmp_path / "away").rename(tmp_path / "d")
    assert store.get("abcdef") == b"x"


def test_an_s3_store_that_is_away_says_so_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    store = open_store("s3://sealed?endpoint=http://127.0.0.1:9")
    for act in (lambda: store.get("ab"), lambda: store.put("ab", b"y"), lambda: list(store.names())):
        with pytest.raises(StoreUnreachable):
            act()


PAGE = b"<p>Logga in</p>"


@contextmanager
def friendly_page(leads_to: str = "") -> Iterator[tuple[str, list[Any]]]:
    """Something in the store's place that answers every call with a page of its own, or leads it elsewhere: its address,
    and the headers of each call."""
    calls: list[Any] = []

    class Answer(BaseHTTPRequestHandler):
        def log_message(self, *_args: Any) -> None: ...

        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            calls.append(self.headers)
            self.send_response(303 if leads_to else 200)
            self.send_header("Location", leads_to + self.path)
            self.send_header("ETag", '"a"')
            self.send_header("Last-Modified", "Fri, 27 Nov 2026 10:00:00 GMT")
            self.send_header("Content-Length", str(len(PAGE)))
            self.end_headers()
            self.wfile.write(PAGE if self.command != "HEAD" else b"")

        do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = answer

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", calls
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("led", [True, False])
def test_what_answers_in_the_stores_place_has_stored_nothing_and_gets_no_key(
    led: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    with friendly_page() as (page, calls), friendly_page(page) as (leading, _):
        store = open_store(f"s3://sealed?endpoint={leading if led else page}")
        for put in (lambda: store.put("ab", b"sealed" * 9), lambda: store.put_all({"ab": b"sealed" * 9})):
            with pytest.raises(StoreUnreachable):
                put()
        assert calls
        assert not led or all(headers["Authorization"] is None for headers in calls)


def test_a_store_is_asked_with_the_key_that_the_settings_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    with friendly_page() as (page, calls):
        store = open_store(f"s3://sealed?endpoint={page}", ("portal-of-adalen", "k" * 40))
        with pytest.raises(StoreUnreachable):
            store.put("ab", b"sealed" * 9)
    assert calls
    assert all("Credential=portal-of-adalen/" in headers["Authorization"] for headers in calls)
