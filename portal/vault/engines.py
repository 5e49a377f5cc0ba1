"""Sealed documents in an S3-compatible store, by obstore."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import obstore
from obstore.store import S3Store

from portal.vault.blobs import BlobGone, BlobStore, LocalStore


class ObjectStore:
    """A bucket. Address: ``s3://bucket/prefix?endpoint=…&region=…``; keys come from the usual AWS_ variables."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        options: dict[str, str] = dict(parse_qsl(parts.query))
        endpoint = options.get("endpoint")
        self.store = S3Store(
            parts.netloc,
            prefix=parts.path.strip("/") or None,
            endpoint=endpoint,
            region=options.get("region", "us-east-1"),
            client_options={"allow_http": bool(endpoint and endpoint.startswith("http://"))},
        )

    def put(self, name: str, sealed: bytes) -> None:
        obstore.put(self.store, name, sealed)

    def get(self, name: str) -> bytes:
        try:
            return bytes(obstore.get(self.store, name).bytes())
        except FileNotFoundError as gone:
            raise BlobGone(name) from gone

    def delete(self, name: str) -> None:
        obstore.delete(self.store, name)

    def names(self) -> Iterator[tuple[str, datetime]]:
        for page in obstore.list(self.store):
            for entry in page:
                yield entry["path"].rsplit("/", 1)[-1], entry["last_modified"]


def open_store(url: str) -> BlobStore:
    """The store that ``PORTAL_STORAGE_URL`` names: ``file:///folder`` or ``s3://bucket``."""
    if url.startswith("s3://"):
        return ObjectStore(url)
    return LocalStore(Path(urlsplit(url).path))
