"""The closed ad's panel: both commissioners, with five days to hand in."""

from datetime import datetime, time, timedelta
from uuid import UUID

from flask import Flask

from portal import clock, scope
from portal.demo.services.ads import KANSLI
from portal.demo.services.people import House, writing
from portal.organisations.access import Actor, Role
from portal.review.queries.case import load_case
from portal.review.services.naming import name_panel

PANEL = ("gunnel@example.se", "elof@example.se")


def name_the_panel(app: Flask, house: House, ad_id: UUID, at: datetime) -> None:
    """Name the panel as the office would; each member gets the mail with the next thing to do."""
    office = Actor(house.people[KANSLI], "Samira Hedvall", None, Role.KANSLI, house.party)
    last_day = (at.astimezone(clock.STOCKHOLM) + timedelta(days=5)).date()
    people = [house.people[email] for email in PANEL]
    with writing(app, scope.party(house.party)) as session:
        case = load_case(session, ad_id, office)
        assert case is not None
        name_panel(
            session,
            case=case,
            actor=office,
            people=people,
            leader=people[0],
            hand_in_by=datetime.combine(last_day, time(18), clock.STOCKHOLM),
            at=at,
        )
