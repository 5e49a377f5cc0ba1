"""Sealed documents in an S3-compatible store, by obstore."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from portal.config import Misconfigured
from portal.vault.blobs import BlobGone, BlobStore, LocalStore, StoreUnreachable

if TYPE_CHECKING:
    from obstore.store import RetryConfig, S3Config

# Somebody waits for the answer meanwhile: a store that is away is told of soon, not after the library's three minutes.
_CONNECT, _ANSWER = timedelta(seconds=3), timedelta(seconds=20)
NO_STORE = (
    "Dokumentlagret i PORTAL_STORAGE_URL går inte att öppna. Läs adressen en gång till, och om SSL_CERT_FILE är satt: se att "
    "filen finns, går att läsa och har certifikat."
)
_TRIES: "RetryConfig" = {"max_retries": 2, "retry_timeout": timedelta(seconds=6)}


class ObjectStore:
    """A bucket. Address: ``s3://bucket/prefix?endpoint=…&region=…``. ``key`` is its name and itself; without one the library
    finds a role's."""

    def __init__(self, url: str, key: tuple[str, str] | None = None) -> None:
        named: S3Config = {} if key is None else {"access_key_id": key[0], "secret_access_key": key[1]}
        parts = urlsplit(url)
        options: dict[str, str] = dict(parse_qsl(parts.query))
        endpoint = options.get("endpoint")
        try:
            self.store = S3Store(
                parts.netloc,
                prefix=parts.path.strip("/") or None,
                endpoint=endpoint,
                region=options.get("region", "us-east-1"),
                config=named,
                client_options={
                    "allow_http": bool(endpoint and endpoint.startswith("http://")),
                    "connect_timeout": _CONNECT,
                    "timeout": _ANSWER,
                },
                retry_config=_TRIES,
            )
        except BaseError as fault:
            raise Misconfigured(NO_STORE) from fault

    def put(self, name: str, sealed: bytes) -> None:
        """Stored once it is seen there, whole. The library follows a redirect and takes whatever answers there, a log-in page
        of something in between, for the store."""
        with _reaching_the_store():
            obstore.put(self.store, name, sealed)
            if obstore.head(self.store, name)["size"] != len(sealed):
                raise OSError("what was put is not what lies there")

    def put_all(self, blobs: Mapping[str, bytes]) -> None:
        put: list[str] = []
        try:
            for name, sealed in blobs.items():
                put.append(name)  # it may lie there though nothing told us so
                self.put(name, sealed)
        except StoreUnreachable:
            with suppress(StoreUnreachable):  # then the sweeper does it
                for name in put:
                    self.delete(name)
            raise

    def get(self, name: str) -> bytes:
        with _reaching_the_store():
            try:
                return bytes(obstore.get(self.store, name).bytes())
            except FileNotFoundError as gone:
                raise BlobGone(name) from gone

    def delete(self, name: str) -> None:
        with _reaching_the_store():
            obstore.delete(self.store, name)

    def names(self) -> Iterator[tuple[str, datetime]]:
        with _reaching_the_store():
            for page in obstore.list(self.store):
                for entry in page:
                    yield entry["path"].rsplit("/", 1)[-1], entry["last_modified"]


@contextmanager
def _reaching_the_store() -> Iterator[None]:
    try:
        yield
    except (BaseError, OSError) as fault:
        raise StoreUnreachable(f"the store does not answer: {type(fault).__name__}") from fault


def open_store(url: str, key: tuple[str, str] | None = None) -> BlobStore:
    """The store that ``PORTAL_STORAGE_URL`` names: ``file:///folder`` or ``s3://bucket``."""
    if url.startswith("s3://"):
        return ObjectStore(url, key)
    return LocalStore(Path(urlsplit(url).path))
