"""What the demo's region has decided that its parties have: posts of their own, and some that both have together."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from flask import Flask

from portal import clock, scope
from portal.demo.services.people import House, writing
from portal.elections.calendar import next_election
from portal.posts.allocation import Model
from portal.posts.services.deciding import Decision, Line, decide_quotas

SHARES = ("5.50", "4.00")


def decide_posts(app: Flask, house: House, at: datetime) -> None:
    """The council's decision, from this year's first day to the end of the next election's year."""
    today = clock.today()
    days = {"starts": date(today.year, 1, 1), "ends": date(next_election(today).year, 12, 31)}
    decision = Decision("Regionfullmäktige", today - timedelta(days=30), "§ 142", "RS/566", **days)
    parties = zip((house.party, house.rival), SHARES, strict=True)
    lines = [Line(party, Decimal(size), "Så mycket som beslutet säger") for party, size in parties]
    with writing(app, scope.authority(house.authority)) as session:
        decide_quotas(
            session, authority_id=house.authority, decision=decision, model=Model.FIXED, lines=lines,
            person_id=house.people["berit@example.se"], at=at, on=today,
        )  # fmt: skip
