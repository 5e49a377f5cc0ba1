"""Synthetic data to measure with: an invented country of any size, never in an installation that has anything else."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

from flask import Flask
from sqlalchemy import select

from portal import scope
from portal.accounts.models import Person
from portal.db import db
from portal.demo.crowd import Dice
from portal.demo.services.people import found, writing
from portal.demo.services.sowing.ads import SownAd, sow_ad
from portal.demo.services.sowing.applications import arrivals, numbered, sow_applications
from portal.demo.services.sowing.houses import SownParty, sow_houses
from portal.demo.services.sowing.panels import sow_panel
from portal.demo.services.sowing.papers import WITH_PAPERS, File, read_files, sow_papers
from portal.demo.services.sowing.rows import Sowing
from portal.demo.sweden import Sizes, plan
from portal.operations.services import analyse
from portal.organisations.models import Authority
from portal.refusal import Refusal
from portal.register.models import ArrivalCounter

Tell = Callable[[int, int], None]


class NotForThisInstallation(Refusal):
    """Invented people are never mixed with real ones."""


def sow_country(app: Flask, sizes: Sizes, at: datetime, tell: Tell) -> Counter[str]:
    """Fill an empty installation; rows by table. ``tell`` is told how many authorities are done, of how many.

    Raises `NotForThisInstallation` where anything is there already, or where the installation is a real one.
    """
    _require_empty(app)
    found(app, at)
    sowing = Sowing(app, Dice(sizes.seed), at)
    files = read_files(most=sizes.applications + sum(sizes.candidates))
    houses = sow_houses(plan(sizes), sowing)
    for done, house in enumerate(houses, 1):
        _sow_house(house, files, sowing)
        tell(done, len(houses))
    analyse(app.config["SETTINGS"].database_owner_url, app.config["SETTINGS"].key_store_url)
    return sowing.counts


def _require_empty(app: Flask) -> None:
    if not app.config["SETTINGS"].demo:
        raise NotForThisInstallation(
            "Det här är en riktig installation, och dit kommer inga påhittade människor. "
            "Sätt PORTAL_DEMO=1 för en egen installation att mäta i."
        )
    with app.app_context():
        if any(db.session.scalar(select(table.id).limit(1)) is not None for table in (Authority, Person)):
            raise NotForThisInstallation("Installationen är inte tom. Ta en ny, tom databas och en ny instansmapp.")


def _sow_house(house: Sequence[SownParty], files: list[File], sowing: Sowing) -> None:
    """One authority: every party's ads, then the applications, numbered over all of them as they arrived; the files of those
    that have any come after."""
    ads: list[tuple[SownParty, SownAd, list[datetime]]] = []
    for party in house:
        with writing(sowing.app, scope.party(party.row.id)) as session:
            sown = [sow_ad(session, party, wanted, sowing) for wanted in party.plan.ads]
        ads += [(party, ad, arrivals(ad, sowing)) for ad in sown]
    records = [
        (when, n, place)
        for n, (_party, ad, sent) in enumerate(ads)
        if ad.plan.by_authority
        for place, when in enumerate(sent)
    ]
    numbers = numbered(records)
    with writing(sowing.app, scope.PLATFORM) as session:
        sowing.add(session, [ArrivalCounter(id=house[0].home.id, last_number=len(records))])
    for n, (party, ad, sent) in enumerate(ads):
        _sow_case(party, ad, sent, numbers.get(n, {}), files, sowing)


def _sow_case(
    party: SownParty, ad: SownAd, sent: list[datetime], numbers: dict[int, int], files: list[File], sowing: Sowing
) -> None:
    """One ad's applications and panel. The first thousand of all have their papers."""
    ids = []
    with writing(sowing.app, scope.party(party.row.id)) as session:
        for made in sow_applications(session, ad, sent, numbers, sowing):
            sow_papers(session, made[: max(0, WITH_PAPERS - sowing.counts["document"])], files, sowing)
            ids += [key.application_id for _values, key in made]
        if ad.plan.panel:
            sow_panel(session, ad, party.assessors[: ad.plan.panel], ids, sowing)
