"""What somebody has asked the demo's region for: the minutes of the meeting that ranked those who then were employed."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from flask import Flask

from portal import scope
from portal.demo.services.people import House, writing
from portal.disclosure.queries.cases import minutes_in
from portal.disclosure.services.closing import enter_what_was_made
from portal.disclosure.services.requesting import cover, note_request
from portal.organisations.access import Actor, Role

ASKED: Final = "Protokollet från mötet där de sökande till tjänsterna rangordnades."
ASKER: Final = "Ådalsbladet, redaktionen@adalsbladet.example"
AGO: Final = timedelta(days=1)


def ask_for_minutes(app: Flask, house: House, ad_id: UUID, at: datetime) -> None:
    """A newspaper asked yesterday; the registrar has noted it and chosen the minutes, and has not reviewed them yet."""
    with writing(app, scope.party(house.party)) as session:
        enter_what_was_made(session, ad_id=ad_id, at=at - 2 * AGO)
    registrar, request = registrar_actor(house), uuid4()
    with writing(app, scope.authority(house.authority)) as session:
        note_request(
            session, request_id=request, actor=registrar, came_at=at - AGO, came_by="mejl", asked=ASKED, asker=ASKER,
            at=at - AGO,
        )  # fmt: skip
        minutes = {line.entry_id for line in minutes_in(session, ad_id)}
        cover(session, actor=registrar, request_id=request, offered=minutes, wanted=minutes, at=at - AGO)


def registrar_actor(house: House) -> Actor:
    """The region's registrar, as the guards know them."""
    return Actor(house.people["berit@example.se"], "Berit Åkerlund", None, Role.REGION, None, house.authority)
