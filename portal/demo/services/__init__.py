"""The fictitious case, made by the same verbs as a real one and dated relative to today."""

from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.db import db
from portal.demo.services.ads import publish_ads
from portal.demo.services.applying import apply_all
from portal.demo.services.people import PASSWORD, PEOPLE, found, settle
from portal.demo.services.posts import decide_posts
from portal.demo.services.reviewing import name_the_panel
from portal.organisations.models import Authority


def seed(app: Flask) -> list[tuple[str, str, str]]:
    """Make the case unless it is there; tell who can log in: (what they are, e-mail, password)."""
    log_ins = [(f"{role.who}: {role.name}", role.email, PASSWORD) for role in PEOPLE]
    with app.app_context():
        if db.session.scalar(select(Authority.id).limit(1)) is not None:
            return log_ins
    at = clock.now()
    house = settle(app, at)
    decide_posts(app, house, at)
    ads = publish_ads(app, house, at)
    apply_all(app, ads.closed, at)
    name_the_panel(app, house, ads.closed, at)
    found(app, at)
    return log_ins
