"""The candidate asks for the merits of whoever was hired or called, and reads them as a paper. GET shows, POST acts."""

from io import BytesIO

from flask import abort, redirect, send_file, url_for

from portal import clock
from portal.applications.models import Application
from portal.applications.queries import requests_of
from portal.applications.routes.apply import Answer
from portal.applications.routes.guards import of_link, published_ad
from portal.applications.services.drafting import key_of
from portal.audit.services import CANDIDATE, record_reading
from portal.db import db, unit_of_work
from portal.documents.engines.setter import TooMuchToSet
from portal.links.models import Purpose
from portal.privacy.merits.engines import pdf_of
from portal.privacy.rights.kinds import Kind
from portal.privacy.rights.queries.texts import opened
from portal.privacy.rights.services.asking import ask_for_merits as ask
from portal.privacy.routes.blueprint import privacy
from portal.privacy.routes.candidate import OWN
from portal.refusal import Refusal
from portal.swedish_dates import swedish_day
from portal.web.arrival import arrived_at
from portal.web.forms import PressForm
from portal.web.headers import shut

TITLE, NAME = "Uppgift om meriter", "uppgift-om-meriter.pdf"


@privacy.post(f"{OWN}/meriter")
@of_link(Purpose.APPLICATION)
def ask_for_merits(application: Application, token: str) -> Answer:
    """Once; twice changes nothing."""
    if PressForm().validate():
        application_id = application.id
        try:
            with unit_of_work() as session:
                ask(session, application_id=application_id, at=arrived_at())
        except Refusal:
            abort(404)  # the page has no such button
    return redirect(url_for("privacy.own", token=token, _anchor="meriter"), 303)


@privacy.get(f"{OWN}/meriter.pdf")
@of_link(Purpose.APPLICATION)
def merits_paper(application: Application, token: str) -> Answer:
    """The answer as a PDF, as a file only. In Swedish, as it was written."""
    key = key_of(application)
    rows = [opened(row, key) for row in requests_of(db.session, application.id) if row.kind == Kind.MERITS]
    told = rows[0].row.answered_at if rows else None
    if told is None:
        abort(404)
    ad, one = published_ad(application).content, rows[0]
    at = told.astimezone(clock.STOCKHOLM).date()
    try:
        pdf = pdf_of(
            title=TITLE, post=ad["title"], employer=ad["employer_name"], day=swedish_day(at), text=one.answer
        )  # fmt: skip
    except TooMuchToSet:
        abort(404)
    record_reading(
        chain=one.row.party_id, at=clock.now(), actor=CANDIDATE, verb="merits.read", object_id=one.row.id
    )  # fmt: skip
    return shut(send_file(BytesIO(pdf), "application/pdf", as_attachment=True, download_name=NAME))
