"""Bytes that are sent to many: as they are, and packed as gzip and as brotli when somebody first asks for that."""

import gzip
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import brotli  # type: ignore[import-untyped]
from flask import Response, request

CODINGS = ("br", "gzip")


@dataclass(frozen=True)
class Packed:
    """One body. To pack a style sheet takes longer than to make a page, so none is packed that nobody asks for."""

    plain: bytes
    effort: ClassVar[int] = 9  # of gzip, and of brotli, which goes to 11

    @cached_property
    def gzip(self) -> bytes:
        """As gzip: the same bytes each time."""
        return gzip.compress(self.plain, min(self.effort, 9), mtime=0)

    @cached_property
    def brotli(self) -> bytes:
        """As brotli."""
        packed: bytes = brotli.compress(self.plain, quality=self.effort)
        return packed

    def answer(self, tag: str, *, status: int = 200, content_type: str | None = None) -> Response:
        """An answer in the smallest form that the browser takes, tagged for that form."""
        coding = request.accept_encodings.best_match(CODINGS)
        body = self.brotli if coding == "br" else self.gzip if coding == "gzip" else self.plain
        response = Response(body, status, content_type=content_type)
        if coding is not None:
            response.content_encoding = coding
        response.set_etag(f"{tag}-{coding or 'id'}")
        response.vary.add("Accept-Encoding")
        return response
