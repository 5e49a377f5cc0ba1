"""Who knocks and where: browsers of all the persons of the table, and the addresses of the stage's places."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from flask import url_for
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.routing import Rule

from portal import clock
from portal.accounts.models import LoginSession
from portal.db import db, unit_of_work
from tests.applicants import Sent
from tests.door import handle, inside
from tests.permission_lines import NOBODY_LOGGED_IN, PERSONS
from tests.stage import Side, picture_of

Values = dict[str, Any]
UNUSED_TOKEN = "A" * 24


def people_of(side: Side) -> dict[str, UUID]:
    """The persons of the table who log in."""
    world = side.world
    return {
        "leader": world.gunnel, "conflicted": world.elof, "kansli": world.kansli, "rival_kansli": world.rival_kansli,
        "region": world.region, "drift": world.drift, **side.people,
    }  # fmt: skip


def browsers_of(side: Side) -> dict[str, FlaskClient]:
    """A browser for each person; the candidate's holds the draft's cookie."""
    world, people = side.world, people_of(side)
    browsers = {person: world.browser(people.get(person)) for person in PERSONS}
    with world.app.app_context(), unit_of_work() as session:  # a long run of many doors takes longer than a code stands
        session.execute(update(LoginSession).values(confirmed_at=clock.now() + timedelta(hours=2)))
    browsers["candidate"].set_cookie("draft", side.draft_token, path=f"/annonser/{side.open.reference}/ansok")
    mine, theirs = side.sent_open
    assert side.interviews is not None
    inside(world, browsers["candidate"], f"/ansokan/{side.tokens[mine.id]}")
    inside(world, browsers["candidate"], f"/ansokan/{side.interviews.tokens[side.closed.sent[1].id]}")
    inside(world, browsers["other_candidate"], f"/ansokan/{side.tokens[theirs.id]}")
    return browsers


def csrf_token(person: str, browser: FlaskClient) -> str:
    """The token that this browser's forms carry."""
    page = browser.get("/logga-in" if person in NOBODY_LOGGED_IN else "/konto").get_data(as_text=True)
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found, person
    return found[1]


def address(side: Side, rule: Rule, values: Values) -> str:
    """The rule's address with those of ``values`` that are its parameters, and what the rule itself says of them."""
    given = {**values, **(rule.defaults or {})}
    with side.world.app.test_request_context():
        return url_for(rule.endpoint, **{name: given[name] for name in rule.arguments})


def places(side: Side, person: str) -> dict[str, Values]:
    """Values of the parameters, by the name of the place in the table."""
    first, second, _third = side.closed.sent
    hired, other, _declined = side.sent_done
    masked, waiting = side.blind.sent
    at = {"ad_id": side.closed.ad.id, "criterion_id": side.closed.ad.criteria[0], "number": 1}
    open_ad = {"ad_id": side.open.id, "reference": side.open.reference}
    mine, theirs = side.sent_open
    holds = {"candidate": mine.id, "other_candidate": theirs.id}
    staged = side.interviews
    assert staged is not None and side.post is not None
    called = handle(side.world, staged.tokens[second.id]) if person == "candidate" else UNUSED_TOKEN
    link = {"token": handle(side.world, side.tokens[holds[person]]) if person in holds else UNUSED_TOKEN}

    def sent(one: Sent) -> Values:
        return {**at, "application_id": one.id, "document_id": one.document, "paper_id": one.document}

    asked = side.asked
    return {
        "none": {},
        "request": {"request_id": asked.request if asked else uuid4()},
        "decided_request": {"request_id": asked.decided if asked else uuid4()},
        "covered": {
            "request_id": asked.request if asked else uuid4(),
            "record_id": asked.record if asked else uuid4(),
            "number": 1,
        },
        "entry": {"entry_id": asked.entry if asked else uuid4(), "number": 1},
        "case_record": {"record_id": asked.minutes if asked else uuid4()},
        "employer": {"employer": "parti"},
        "draft": {"ad_id": side.draft},
        "open": open_ad,
        "closed": {"ad_id": side.closed.ad.id, "reference": side.closed.ad.reference},
        "done": {"ad_id": side.done.id},
        "assessor": {"ad_id": side.closed.ad.id, "person_id": side.world.elof},
        "step": {"ad_id": side.closed.ad.id, "step": "pausa"},
        "conflicted": sent(first),
        "clear": sent(second),
        "blind": {"ad_id": side.blind.ad.id},
        "masked": {**sent(masked), "ad_id": side.blind.ad.id, "criterion_id": side.blind.ad.criteria[0]},
        "unmasked": {**sent(waiting), "ad_id": side.blind.ad.id, "criterion_id": side.blind.ad.criteria[0]},
        "mixed": sent(hired),  # an application of another ad of the same party
        "hired": {"ad_id": side.done.id, "application_id": hired.id},
        "not_hired": {"ad_id": side.done.id, "application_id": other.id},
        "employment": {"employment_id": side.employment, "number": 1},
        "onboarding_step": {"employment_id": side.employment, "step_id": side.onboarding_step},
        "protected": {"ad_id": side.open.id, "application_id": side.post[1]},
        "protected_page": {"ad_id": side.open.id, "application_id": side.post[1], "number": 1},
        "registration": {"ad_id": at["ad_id"], "application_id": side.post[0]},
        "held": {"ad_id": at["ad_id"], "hold_id": side.hold},
        "decision": {"decision_id": side.decision},
        "link": link,
        "asked": {"request_id": side.own_request},
        "called_link": {"token": called},
        "booked_slot": {"ad_id": at["ad_id"], "slot_id": staged.slot},
        "given_reference": {**sent(second), "reference_id": staged.reference},
        "link_picture": {**link, "picture_id": picture_of(side, mine)},
        "draft_picture": {**open_ad, "picture_id": side.draft_picture},
        "open_picture": {**open_ad, "picture_id": picture_of(side, theirs)},
        "invitation": {"token": side.invitation_token},
        "no_token": {"token": UNUSED_TOKEN},
        "no_asset": {"digest": "0" * 12, "name": "nothing.css"},
        "membership": {"membership_id": side.memberships["outsider"]},
        "log_in": {"log_in_id": _log_in_of(side)},
        "authority": {"authority_id": side.world.authority},
        "party": {"party_id": side.world.party},
        "paper": {"paper": "record", "spoken": "sv", "kind": "txt"},
        "home": {"organisation_id": side.world.party},
    }


def _log_in_of(side: Side) -> Any:
    with side.world.app.app_context():
        own = select(LoginSession.id).where(LoginSession.person_id == side.world.kansli)
        return db.session.scalars(own).first() or uuid4()
