"""The fictitious case, made by the same verbs as a real one and dated relative to today."""

from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.db import db
from portal.demo.people import candidates
from portal.demo.services.ads import CLOSED_CARE, CLOSED_CULTURE, Ads, publish_ads
from portal.demo.services.applying import apply_all, apply_some
from portal.demo.services.asking import ask_for_minutes
from portal.demo.services.employing import decide, draft, hire_two, sign
from portal.demo.services.first_days import begin_first_days
from portal.demo.services.meeting import meet
from portal.demo.services.people import PASSWORD, PEOPLE, House, found, settle
from portal.demo.services.posts import decide_posts
from portal.demo.services.protecting import apply_under_a_code_name
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
    apply_under_a_code_name(app, house, ads.open, at)
    _go_further(app, house, ads, at)
    found(app, at)
    return log_ins


def _go_further(app: Flask, house: House, ads: Ads, at: datetime) -> None:
    """One recruitment in its interviews, and one from which two are employed, and of which somebody asks for the minutes."""
    people = candidates()
    met = apply_some(app, ads.met, people[3:6], at - CLOSED_CULTURE - timedelta(days=9))
    meet(app, house, ads.met, met, at)
    three = people[:3]
    sent = apply_some(app, ads.hired, three, at - CLOSED_CARE - timedelta(days=12))
    names = [one.person.name for one in three]
    first, second = hire_two(app, house, ads.hired, list(zip(sent, names, strict=True)), at)
    decide(app, house, first, at)
    sign(app, house, first, at)
    begin_first_days(app, house, first, at)
    draft(app, house, second, at - timedelta(days=1), pay="41000")
    ask_for_minutes(app, house, ads.hired, at)
