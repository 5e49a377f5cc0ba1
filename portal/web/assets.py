"""Serving what the pages wear: two style sheets joined in memory, small scripts and pictures, under one digest.

One digest over all of it is part of every address (``/static/<digest>/…``), so that answers may be kept for ever and
relative imports between scripts keep working. A digest this process does not know, from a page made by a neighbour that
already has a new party's colours, still gets the present file, kept for a minute only.
"""

import hashlib
import mimetypes
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import ClassVar, cast

from flask import Blueprint, Flask, Response, abort, current_app, request

from portal import clock
from portal.web.guards import public
from portal.web.packed import Packed
from portal.web.ready_answers import may_be_repeated
from portal.web.sheets import PUBLIC, STAFF, Hue, sheet

assets = Blueprint("assets", __name__)

FOR_EVER = "public, max-age=31536000, immutable"
A_MINUTE = "public, max-age=60"
HUES_ASKED_EACH_SECONDS = 30
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}

HueSource = Callable[[], Iterable[Hue]]
Hues = tuple[list[Hue], list[Hue]]  # for the public pages, and for the staff


@dataclass(frozen=True)
class Asset(Packed):
    """One file in memory, its type and its tag. Once asked for it is packed as hard as it goes."""

    kind: str
    etag: str
    effort: ClassVar[int] = 11

    @classmethod
    @lru_cache(maxsize=64)
    def of(cls, name: str, content: bytes) -> "Asset":
        """The same one for the same content: what is packed stays so when a party changes its look."""
        suffix = Path(name).suffix
        kind = TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        return cls(content, kind, hashlib.sha256(content).hexdigest()[:16])


@dataclass(frozen=True)
class Wardrobe:
    """Every file by name, and the digest over all of them. Replaced as a whole, never changed."""

    files: Mapping[str, Asset]
    digest: str


def gathered(folder: Path, hues: Iterable[Hue], staff_hues: Iterable[Hue]) -> Wardrobe:
    """Read the static folder, join the sheets and compute the digest. Raises KeyError when a style file is missing."""
    css = {path.stem: path.read_text(encoding="utf-8") for path in (folder / "css").glob("*.css")}
    contents = {
        "public.css": sheet(css, PUBLIC, hues).encode(),
        "staff.css": sheet(css, STAFF, staff_hues).encode(),
    }
    for part in ("js", "img"):
        for path in sorted((folder / part).rglob("*")):
            if path.is_file():
                contents[path.relative_to(folder).as_posix()] = path.read_bytes()
    whole = hashlib.sha256()
    for name in sorted(contents):
        whole.update(name.encode() + b"\0" + hashlib.sha256(contents[name]).digest())
    return Wardrobe({name: Asset.of(name, body) for name, body in contents.items()}, whole.hexdigest()[:12])


class Assets:
    """The wardrobe of one application. ``refresh`` makes it anew when a party has published or changed its look."""

    def __init__(self, folder: Path, hues: HueSource, staff_hues: HueSource | None = None) -> None:
        self.folder, self.hues, self.staff_hues = folder, hues, staff_hues or hues
        self._worn: tuple[Wardrobe, Hues] | None = None  # kept together: of two threads none leaves its half
        self._asked_at = 0.0

    @property
    def worn(self) -> Wardrobe:
        """What is served now. A party that a neighbouring process has added gets its colours within half a minute."""
        if self._worn is None or clock.monotonic() > self._asked_at + HUES_ASKED_EACH_SECONDS:
            self.refresh()
        return cast("tuple[Wardrobe, Hues]", self._worn)[0]

    def refresh(self) -> None:
        """Ask for the hues, and join the sheets anew where they have changed."""
        self._asked_at = clock.monotonic()
        hues = list(self.hues()), list(self.staff_hues())
        if self._worn is None or hues != self._worn[1]:
            self._worn = gathered(self.folder, *hues), hues

    def address(self, name: str) -> str:
        """The address of a file. Raises KeyError for an unknown name, so that no page can point at nothing."""
        worn = self.worn
        worn.files[name]
        return f"/static/{worn.digest}/{name}"


def init_assets(
    app: Flask, *, folder: Path | None = None, hues: HueSource = tuple, staff_hues: HueSource | None = None
) -> Assets:
    """Register the blueprint and the template global ``asset``. ``hues`` are the parties that have published."""
    held = Assets(folder or Path(cast(str, app.static_folder)), hues, staff_hues)
    app.extensions["assets"] = held
    app.jinja_env.globals["asset"] = held.address
    app.register_blueprint(assets)
    return held


@assets.get("/static/<digest>/<path:name>")
@public
def serve(digest: str, name: str) -> Response:
    """One file, in the smallest form the browser takes. Touches no session."""
    worn = cast(Assets, current_app.extensions["assets"]).worn
    asset = worn.files.get(name)
    if asset is None:
        abort(404)
    response = asset.answer(asset.etag, content_type=f"{asset.kind}; charset=utf-8")
    response.headers["Cache-Control"] = FOR_EVER if digest == worn.digest else A_MINUTE
    may_be_repeated()
    return cast(Response, response.make_conditional(request))
