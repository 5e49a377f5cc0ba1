"""Every record that has a number, opened: its pages, those of a file that was replaced too; and the minutes of a case."""

from uuid import UUID

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from portal.accounts.guards import confirmed, count_opening
from portal.accounts.step_up import Reason
from portal.db import db
from portal.disclosure.engines import paper_of
from portal.disclosure.queries.cases import case_of, minutes_of
from portal.disclosure.queries.records import entry_of
from portal.disclosure.queries.register import line_of
from portal.disclosure.routes import disclosure
from portal.disclosure.routes.pages import pages_or_fault, picture
from portal.disclosure.routes.reading import leave_application_to_a_colleague, leave_to_a_colleague
from portal.disclosure.routes.register import REGISTER
from portal.disclosure.services.burning import page_shown, pages_shown
from portal.documents.masks import A4
from portal.organisations.access import may_read_register
from portal.web.guards import staff
from portal.web.headers import shut
from portal.web.readings import reads

ENTRY = f"{REGISTER}/nummer/<uuid:entry_id>"


@disclosure.get(ENTRY)
@staff(may_read_register)
@reads("record.read", of="entry_id")
def numbered(entry_id: UUID) -> ResponseReturnValue:
    """One record with all its pages, whatever has come in its place since."""
    entry, line = entry_of(db.session, entry_id), line_of(db.session, entry_id)
    if entry is None or line is None:
        abort(404)
    leave_application_to_a_colleague(entry.application_id)
    count_opening(entry.application_id)
    pages, fault = pages_or_fault(entry, pages_shown)
    return render_template("disclosure/numbered.html", line=line, pages=pages, fault=fault, size=A4, current="arrivals")


@disclosure.get(f"{ENTRY}/<int:number>.png")
@staff(may_read_register)
def numbered_page(entry_id: UUID, number: int) -> ResponseReturnValue:
    """The picture of one of its pages. The page that shows it has been logged."""
    entry = entry_of(db.session, entry_id)
    if entry is None:
        abort(404)
    leave_application_to_a_colleague(entry.application_id)
    return picture(page_shown, entry, number)


@disclosure.get(f"{REGISTER}/protokoll/<uuid:record_id>.pdf")
@staff(may_read_register)
@confirmed(Reason.FILE)
@reads("minutes.read", of="record_id")
def case_minutes(record_id: UUID) -> ResponseReturnValue:
    """The minutes of a case as they were when it closed."""
    leave_to_a_colleague(case_of(db.session, record_id))
    found = minutes_of(db.session, record_id)
    if found is None:
        abort(404)
    number, lines = found
    answer = Response(paper_of(lines, mark=f"Nummer {number}"), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="protokoll-{number}.pdf"'
    return shut(answer)
