"""The decision file to take away: as tagged PDF and as data. Each download is logged."""

import json
from typing import Any

from flask import Response, abort, g
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.guards import confirmed
from portal.accounts.step_up import Reason
from portal.audit.services import person_actor, record_reading
from portal.db import db
from portal.decisions.access import may_decide
from portal.decisions.engines import pdf_of
from portal.decisions.frozen import since
from portal.decisions.outcomes import FileUnset
from portal.decisions.printed import blocks_of, title_of
from portal.decisions.queries.file import decision_file
from portal.decisions.queries.kept import as_bytes, kept_bytes, kept_of, may_read_kept
from portal.decisions.routes import decisions
from portal.decisions.routes.release import CASE
from portal.documents.engines.setter import TooMuchToSet
from portal.review.queries.case import Case
from portal.review.routes.blueprint import in_case
from portal.review.routes.minutes import checksum_of
from portal.vault.blobs import BlobGone
from portal.vault.keystore import KeyGone
from portal.web.headers import shut


@decisions.get(f"{CASE}/beslutsakt.json")
@in_case(may_decide)
@confirmed(Reason.FILE)
def file_as_data(case: Case) -> ResponseReturnValue:
    """The file as docs/decision-file.md describes it."""
    return _sent(as_bytes(_file(case, "decision_file.read_as_data")), "application/json", "beslutsakt.json")


@decisions.get(f"{CASE}/beslutsakt.pdf")
@in_case(may_decide)
@confirmed(Reason.FILE)
def file_on_paper(case: Case) -> ResponseReturnValue:
    """The same in print."""
    return _in_print(_file(case, "decision_file.read_on_paper"), "beslutsakt.pdf")


@decisions.get(f"{CASE}/beslutsakt-sparad.json")
@in_case(may_decide)
@confirmed(Reason.FILE)
def kept_as_data(case: Case) -> ResponseReturnValue:
    """The file as it was kept when the recruitment ended, byte for byte."""
    data = _kept(case, "decision_file.kept_read_as_data")
    return _sent(data, "application/json", "beslutsakt-sparad.json")


@decisions.get(f"{CASE}/beslutsakt-sparad.pdf")
@in_case(may_decide)
@confirmed(Reason.FILE)
def kept_on_paper(case: Case) -> ResponseReturnValue:
    """The same in print."""
    return _in_print(json.loads(_kept(case, "decision_file.kept_read_on_paper")), "beslutsakt-sparad.pdf")


def _kept(case: Case, verb: str) -> bytes:
    """Read, and logged before anything of it is sent; the page that is not there where none is kept, or not for them."""
    kept = kept_of(db.session, case.ad.id)
    if kept is None or not may_read_kept(case):
        abort(404)
    try:
        data = kept_bytes(db.session, kept)
    except (BlobGone, KeyGone):
        abort(404)
    who = person_actor(g.actor.person_id)
    record_reading(chain=case.ad.party_id, at=clock.now(), actor=who, verb=verb, object_id=case.ad.id)
    return data


def _in_print(file: dict[str, Any], name: str) -> Response:
    try:
        return _sent(pdf_of(title_of(file), blocks_of(file)), "application/pdf", name)
    except TooMuchToSet:
        raise FileUnset from None


def _file(case: Case, verb: str) -> dict[str, Any]:
    """Read, and logged before anything of it is sent."""
    at, chain, ad_id = clock.now(), case.ad.party_id, case.ad.id
    file = decision_file(db.session, case, reader=g.actor.name, minutes_checksum=checksum_of(case), at=at)
    file["sections"] += _since_kept(case, file)
    record_reading(chain=chain, at=at, actor=person_actor(g.actor.person_id), verb=verb, object_id=ad_id)
    return file


def _since_kept(case: Case, file: dict[str, Any]) -> list[dict[str, Any]]:
    """What has changed since the file was kept, for whom the kept one is."""
    kept = kept_of(db.session, case.ad.id)
    if kept is None or not may_read_kept(case):
        return []
    try:
        part = since(json.loads(kept_bytes(db.session, kept)), file)
    except (BlobGone, KeyGone):
        return []
    return [part] if part is not None else []


def _sent(body: bytes, kind: str, name: str) -> Response:
    answer = Response(body, mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return shut(answer)
