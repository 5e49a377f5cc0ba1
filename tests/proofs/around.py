"""What stands around a living portal and can fail: a small disk to fill, and the page that comes when something does."""

import html
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from portal.config import Settings
from portal.factory import create_app
from tests.conftest import close_stores
from tests.database import required
from tests.proofs.visitor import Answer, Visitor
from tests.world import World

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
_ACTION = re.compile(r'<form method="post" action="([^"]*)">')
_BLOCK = 64 * 1024


@dataclass
class SmallDisk:
    """A file system of its own that can be filled to the last byte."""

    folder: Path

    def fill(self) -> None:
        """Until not a byte more goes in."""
        filler = os.open(self.folder / "filler", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        size = _BLOCK
        while size:
            try:
                os.write(filler, b"x" * size)
            except OSError:
                size //= 2
        os.close(filler)

    def free(self) -> None:
        """Take out again what `fill` put in."""
        (self.folder / "filler").unlink(missing_ok=True)


@contextmanager
def small_disk(folder: Path, megabytes: int = 50) -> Iterator[SmallDisk]:
    """Mounted on a new folder while the context lasts; a test that cannot mount says so."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        required("mounting a small disk is not permitted here")
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def moved(world: World, settings: Settings, folder: Path, *names: str) -> Settings:
    """The installation with these of its stores (``portal.db``, ``keys.db``, …, ``documents``) in another folder."""
    with world.app.app_context():
        close_stores()
    places: dict[str, str] = {}
    for name in names:
        for part in settings.instance_path.glob(f"{name}*"):
            shutil.move(part, folder / part.name)
        setting = {"keys.db": "key_store_url", "queue.db": "queue_url", "rates.db": "rates_url"}.get(name)
        if name == "documents":
            places["storage_url"] = f"file://{folder}/documents"
        elif name == "portal.db":
            places["database_url"] = places["database_owner_url"] = f"sqlite:///{folder}/portal.db"
        else:
            places[str(setting)] = f"sqlite:///{folder}/{name}"
    return replace(settings, **places)


def on(world: World, settings: Settings) -> World:
    """The same people and ads, seen by an application on these settings."""
    app = create_app(settings)
    app.extensions["wake"] = lambda *_: None
    return replace(world, app=app)


@dataclass
class Trials:
    """One try after another while something is away, and again when it is back; what came of each."""

    refused: int = 0
    went_on: int = 0
    unkind: list[str] = field(default_factory=list)

    def tried(self, what: str, answer: Answer, *, good: tuple[int, ...], kept: tuple[str, ...] = ()) -> bool:
        """Note a try. True where it went through; a refusal must be the kind page, with what was typed kept in it."""
        if answer.status in good:
            self.went_on += 1
            return True
        self.refused += 1
        page = html.unescape(answer.body.decode())
        faults = [f"status {answer.status}"] * (answer.status != 503)
        faults += ["no Retry-After"] * (not answer.headers.get("Retry-After"))
        faults += [f"lost: {text}" for text in kept if text not in page]
        faults += ["says not what to do"] * ("Vänta en halv minut" not in page and "vänta en halv minut" not in page)
        self.unkind += [f"{what}: {fault}" for fault in faults]
        return False

    def insist(
        self, what: str, act: Callable[[], Answer], visitor: Visitor, mend: Callable[[], None],
        *, good: tuple[int, ...] = (303,), kept: tuple[str, ...] = (),
    ) -> Answer:  # fmt: skip
        """Try while something is away; where that is refused, mend it and press the page's own button."""
        answer = act()
        if not self.tried(what, answer, good=good, kept=kept):
            mend()
            answer = again(visitor, answer)
            if answer.status not in good:
                self.unkind.append(f"{what}, mended: status {answer.status}")
        mend()
        return answer


def again(visitor: Visitor, answer: Answer) -> Answer:
    """Press the button of the page that gives a form back."""
    page = answer.body.decode()
    found = _ACTION.search(page)
    if found is None:
        return answer
    fields: dict[str, object] = {}
    for name, value in _HIDDEN.findall(page):
        if name != "csrf_token":
            fields.setdefault(html.unescape(name), [])
            fields[html.unescape(name)].append(html.unescape(value))  # type: ignore[attr-defined]
    return visitor.post(html.unescape(found[1]), fields)
