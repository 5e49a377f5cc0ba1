"""The documents' store away: its folder gone, or its S3 server stopped. Kind, nothing lost, and on again."""

import re
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from portal.config import Settings
from tests.database import required
from tests.documents import hostile
from tests.proofs.around import Trials, again, is_whole, on
from tests.proofs.living import Living, free_port, living
from tests.proofs.plugin import Proof
from tests.proofs.visitor import Candidacy, Visitor, go_to_check_page, send
from tests.world import Published, World, publish_ad

Stop = Callable[[], Callable[[], None]]  # takes the store away, and gives what brings it back


@contextmanager
def _folder(settings: Settings) -> Iterator[tuple[Settings, Stop]]:
    """The folder is taken away and a file stands in its place, as when a disk is not mounted."""
    folder = settings.instance_path / "documents"

    def stop() -> Callable[[], None]:
        folder.rename(folder.with_name("away"))
        folder.touch()

        def start() -> None:
            folder.unlink()
            folder.with_name("away").rename(folder)

        return start

    yield settings, stop


@contextmanager
def _s3(settings: Settings) -> Iterator[tuple[Settings, Stop]]:
    """A server that stops and comes back at the same place, with what it held."""
    try:
        from moto.server import ThreadedMotoServer
    except ImportError:
        required("moto is not installed (extra: services)")
    port, running = free_port(), []

    def start() -> None:
        server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
        server.start()
        running.append(server)

    def stop() -> Callable[[], None]:
        running.pop().stop()
        return start

    start()
    urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}/moto-api/reset", method="POST"))
    urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}/sealed", method="PUT"))
    yield replace(settings, storage_url=f"s3://sealed/x?endpoint=http://127.0.0.1:{port}"), stop
    for server in running:
        server.stop()


@pytest.mark.proof(
    "Är dokumentlagret borta sägs det vänligt; det som skrevs finns kvar, och allt går igen när lagret är tillbaka.",
    how="the folder of documents taken away, then an S3 server stopped, under an upload, a sending and a picture; public "
    "pages and the candidate's texts are read meanwhile",
    short={"rounds": 1},
    full={"rounds": 20},
)
def test_the_store_of_documents_away(
    proof: Proof, world: World, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    ad, trials, broken = publish_ad(world), Trials(), []
    for kind, away in (("folder", _folder), ("s3", _s3)):
        with away(settings) as (there, stop):
            seen = on(world, there)
            with living(there, log=tmp_path / "log") as portal:
                portal.start_web(workers=1)
                for turn in range(proof.size("rounds")):
                    email = f"alma-{kind}{turn}@example.se"
                    _apply(portal, ad, email, stop, trials)
                    broken += [] if is_whole(seen, email) else [email]
    proof.came_to(
        rounds=proof.size("rounds"), tries_refused=trials.refused, unkind=len(trials.unkind), lost_or_half=len(broken)
    )
    assert trials.unkind == []
    assert broken == []
    assert trials.refused == 2 * 3 * proof.size("rounds")


def _apply(portal: Living, ad: Published, email: str, stop: Stop, trials: Trials) -> None:
    way, visitor, who = f"/annonser/{ad.reference}/ansok", Visitor(portal.address), Candidacy("Alma Ek", email, b"")
    check = go_to_check_page(visitor, ad.reference, replace(who, cv=hostile.plain()))
    picture = re.search(r'src="(/annonser/[^"]+)"', check.body.decode())
    start = stop()
    trials.tried("picture", visitor.get(picture[1] if picture else ""), good=())
    for path in ("/", f"/annonser/{ad.reference}", f"{way}/handlingar", f"{way}/kontrollera"):
        if (status := visitor.get(path).status) != 200:
            trials.unkind.append(f"{path}: {status}")
    visitor.get(f"{way}/handlingar")
    fields: dict[str, object] = {"letter": "Skriven utan lager.", "save": "attachment"}
    file = {"attachment": ("intyg.pdf", hostile.plain())}
    kept = ("Skriven utan lager.", "Filer kan inte följa med")
    trials.tried("upload", visitor.post(f"{way}/handlingar", fields, file), good=(), kept=kept)
    visitor.get(f"{way}/kontrollera")
    refused = send(visitor, ad.reference)
    trials.tried("sending", refused, good=())
    start()
    if again(visitor, refused).status != 303:
        trials.unkind.append("sending, the store back")
    visitor.close()
