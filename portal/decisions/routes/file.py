"""The decision file to take away: as tagged PDF and as data. Each download is logged."""

import json
from typing import Any

from flask import Response, g
from flask.typing import ResponseReturnValue

from portal import clock
from portal.audit.services import person_actor, record_reading
from portal.db import db
from portal.decisions.access import may_decide
from portal.decisions.engines import pdf_of
from portal.decisions.outcomes import FileUnset
from portal.decisions.printed import blocks_of, title_of
from portal.decisions.queries.file import decision_file
from portal.decisions.routes import decisions
from portal.decisions.routes.release import CASE
from portal.documents.engines.tagged import TooMuchToSet
from portal.review.queries.case import Case
from portal.review.routes.blueprint import in_case
from portal.review.routes.minutes import checksum_of
from portal.web.headers import shut


@decisions.get(f"{CASE}/beslutsakt.json")
@in_case(may_decide)
def file_as_data(case: Case) -> ResponseReturnValue:
    """The file as docs/decision-file.md describes it."""
    text = json.dumps(_file(case, "decision_file.read_as_data"), ensure_ascii=False, indent=1)
    return _sent(text.encode(), "application/json", "beslutsakt.json")


@decisions.get(f"{CASE}/beslutsakt.pdf")
@in_case(may_decide)
def file_on_paper(case: Case) -> ResponseReturnValue:
    """The same in print."""
    file = _file(case, "decision_file.read_on_paper")
    try:
        pdf = pdf_of(title_of(file), blocks_of(file))
    except TooMuchToSet:
        raise FileUnset from None
    return _sent(pdf, "application/pdf", "beslutsakt.pdf")


def _file(case: Case, verb: str) -> dict[str, Any]:
    """Read, and logged before anything of it is sent."""
    at, chain, ad_id = clock.now(), case.ad.party_id, case.ad.id
    file = decision_file(db.session, case, reader=g.actor.name, minutes_checksum=checksum_of(case), at=at)
    record_reading(chain=chain, at=at, actor=person_actor(g.actor.person_id), verb=verb, object_id=ad_id)
    return file


def _sent(body: bytes, kind: str, name: str) -> Response:
    answer = Response(body, mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return shut(answer)
