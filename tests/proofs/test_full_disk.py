"""A full disk: kind refusals, nothing half, and on at once when there is room again."""

import re
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.applications.consent import VERSION
from portal.config import Settings
from portal.documents.models import Document
from portal.documents.queries import named_blobs, pictures_of
from portal.vault.services import the_vault
from tests.accounts.people import PASSWORD, code_now, give_account
from tests.database import POSTGRESQL
from tests.documents import hostile
from tests.proofs.around import (
    SmallDisk,
    Trials,
    call_round,
    is_whole,
    moved,
    on,
    receipts_sent,
    small_disk,
    wait_until,
)
from tests.proofs.living import Living, living
from tests.proofs.plugin import Proof
from tests.proofs.visitor import Candidacy, Visitor, go_to_check_page, send
from tests.world import Published, World, publish_ad

STORES = ("keys.db", "queue.db", "rates.db", "documents", *(() if POSTGRESQL else ("portal.db",)))


@pytest.mark.proof(
    "En full disk stoppar vänligt: inget kvitterat går förlorat, inget blir halvt, och allt går igen när det finns plats.",
    how="each write place of a living portal on a 50 MB disk filled to the last byte: draft, key, papers, sending, log-in, "
    "the office's text, withdrawal; first all stores on it, then each alone; freed, the page's own button goes through",
    short={"places": 1, "rounds": 1},
    full={"places": 1 + len(STORES), "rounds": 4},
)
def test_a_full_disk_refuses_kindly_and_loses_nothing(
    proof: Proof, world: World, settings: Settings, tmp_path: Path, set_clock: Callable[[str], datetime]
) -> None:
    ad, trials, acknowledged, missing = publish_ad(world), Trials(), 0, []
    email = give_account(world, world.kansli)
    for number, place in enumerate((STORES, *((name,) for name in STORES))[: proof.size("places")]):
        with small_disk(tmp_path / f"disk{number}") as disk:
            settings = moved(world, settings, disk.folder, *place)
            world = on(world, settings)
            with living(settings, log=tmp_path / "log") as portal:
                portal.start_web(workers=1)
                for turn in range(proof.size("rounds")):
                    set_clock(f"2026-11-23T10:{10 + number * proof.size('rounds') + turn}")  # a code is good once
                    who = f"alma{number}-{turn}@example.se"
                    _apply(portal, disk, ad, who, trials)
                    acknowledged += 1
                    missing += [] if is_whole(world, who) else [who]
                    _office(portal, disk, ad, email, trials)
            settings = moved(world, settings, settings.instance_path, *place, back_from=disk.folder)
            world = on(world, settings)
    log = (tmp_path / "log").read_text()
    proof.came_to(
        acknowledged=acknowledged, lost_or_half=len(missing), tries_refused=trials.refused,
        tries_that_went_on=trials.went_on, unkind=len(trials.unkind),
    )  # fmt: skip
    assert trials.unkind == []
    assert missing == []
    assert trials.refused >= 5 * proof.size("rounds")
    assert "alma" not in log and "Skriven under full disk" not in log


def _apply(portal: Living, disk: SmallDisk, ad: Published, email: str, trials: Trials) -> None:
    """One candidate's way, each of its writes tried on a full disk first; then taken back by another."""
    way, visitor = f"/annonser/{ad.reference}/ansok", Visitor(portal.address)
    who = Candidacy("Alma Ek", email, hostile.plain())
    visitor.get(way)
    details: dict[str, object] = {
        "name": who.name,
        "email": email,
        "phone": "070-174 06 21",
        "consent": "y",
        "wording": VERSION,
    }
    disk.fill()
    trials.insist("draft", lambda: visitor.post(way, details), visitor, disk.free, kept=(email, who.name))
    papers = visitor.get(f"{way}/handlingar")
    names = set(re.findall(r'name="((?:answer|choice)_[^"]+)"', papers.body.decode()))
    fields: dict[str, object] = {name: "ja" if name.startswith("choice_") else "Så." for name in names}
    fields |= {"letter": "Skriven under full disk.", "salary": "41000", "start": "2027-02-01"}
    disk.fill()
    files = {"cv": ("cv.pdf", who.cv)}
    first = visitor.post(f"{way}/handlingar", fields, files)
    if not trials.tried("papers", first, good=(303,), kept=("Skriven under full disk.", "Filer kan inte följa med")):
        disk.free()
        visitor.get(f"{way}/handlingar")
        if visitor.post(f"{way}/handlingar", fields, files).status != 303:
            trials.unkind.append("papers, mended")
    disk.free()
    visitor.get(f"{way}/kontrollera")
    disk.fill()
    trials.insist("sending", lambda: send(visitor, ad.reference), visitor, disk.free)
    disk.fill()
    receipt = visitor.get(f"{way}/kvitto")
    private = re.search(r'href="(/ansokan/[^"]+)"', receipt.body.decode())
    for path in ("/", f"/annonser/{ad.reference}", f"{way}/kvitto", private[1] if private else ""):
        if visitor.get(path).status != 200:
            trials.unkind.append(f"reading {path}")
    disk.free()
    visitor.close()


def _office(portal: Living, disk: SmallDisk, ad: Published, email: str, trials: Trials) -> None:
    """The office logs in and corrects its ad, each on a full disk first."""
    visitor = Visitor(portal.address)
    visitor.get("/logga-in")
    disk.fill()
    first = visitor.post("/logga-in", {"email": email, "password": PASSWORD})
    if not trials.tried("log-in", first, good=(303,)):
        disk.free()
        visitor.get("/logga-in")
        visitor.post("/logga-in", {"email": email, "password": PASSWORD})
    disk.free()
    visitor.get("/logga-in/kod")
    if visitor.post("/logga-in/kod", {"code": code_now()}).status != 303:
        trials.unkind.append("log-in, mended")
        return
    page, text = f"/arbete/rekryteringar/{ad.id}/annons/arbetsuppgifter", "skriva tal på full disk"
    visitor.get(page)
    disk.fill()
    trials.insist("ad", lambda: visitor.post(page, {"tasks": text}), visitor, disk.free, kept=(text,))
    disk.fill()
    saved = visitor.get(page)
    if saved.status != 200 or text not in saved.body.decode():
        trials.unkind.append(f"the office's reading: {saved.status}")
    disk.free()
    visitor.close()


@pytest.mark.proof(
    "En disk som blir full medan arbetaren ritar sidbilder kostar ingenting: de ritas när det finns plats.",
    how="applications of many pages sent, the disk filled, the worker started: it lives on, and with room again draws "
    "every page and sends every receipt without a restart, leaving no picture that no row names",
    short={"applications": 2, "pages": 6},
    full={"applications": 20, "pages": 40},
)
def test_a_disk_that_fills_while_pictures_are_drawn(
    proof: Proof, world: World, settings: Settings, tmp_path: Path, set_clock: Callable[[str], datetime]
) -> None:
    ad, pages, count = publish_ad(world), proof.size("pages"), proof.size("applications")
    with small_disk(tmp_path / "disk") as disk:
        settings = moved(world, settings, disk.folder, *STORES)
        world = on(world, settings)
        with living(settings, log=tmp_path / "log") as portal:
            portal.start_web(workers=1)
            for number in range(count):
                visitor = Visitor(portal.address)
                who = Candidacy("Alma Ek", f"alma{number}@example.se", hostile.many_pages(pages))
                go_to_check_page(visitor, ad.reference, who)
                assert send(visitor, ad.reference).status == 303
                visitor.close()
            drawn_before = _drawn(world)
            disk.fill()
            portal.start_worker()
            wait_until(lambda: _met_the_full_disk(tmp_path / "log"), seconds=60)
            time.sleep(2)
            met = _met_the_full_disk(tmp_path / "log")
            stuck, alive = _drawn(world) == drawn_before, portal.running["worker"].poll() is None
            disk.free()
            set_clock(f"{clock.now() + timedelta(hours=2):%Y-%m-%dT%H:%M}")
            call_round(world)
            wait_until(lambda: _drawn(world) >= count * pages and receipts_sent(world) == count, seconds=150)
        drawn, sent, loose = _drawn(world), receipts_sent(world), _loose_blobs(world)
    proof.came_to(applications=count, pictures_drawn=drawn, receipts_sent=sent, pictures_without_row=loose)
    assert alive, "the worker died"
    assert met and stuck, "the disk was not full"
    assert (drawn, sent) == (count * (pages + 1), count)  # and the typed letter's one page
    assert loose == 0


def _met_the_full_disk(log: Path) -> bool:
    """Whether the worker has: its queue, which is on that disk, or a round."""
    return re.search("OperationalError|round_failed", log.read_text()) is not None


def _drawn(world: World) -> int:
    with world.acting(scope.party(world.party)) as session:
        return len(pictures_of(session, list(session.scalars(select(Document.id)))))


def _loose_blobs(world: World) -> int:
    with world.acting(scope.party(world.party)) as session:
        named = {blob.name for blob in named_blobs(session)}
        return len({name for name, _ in the_vault().blobs.names()} - named)
