"""The register taken away as a folder: a table, XML, and the files where they are asked for."""

from hashlib import sha256
from uuid import UUID

from flask import Response, g, render_template, request
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.guards import confirmed
from portal.accounts.step_up import Reason
from portal.contracts.listing.engines import csv_of
from portal.db import db
from portal.disclosure.engines import folder_of, papers_of
from portal.disclosure.export import COLUMNS, File, Taken, path_of, rows_of, xml_of
from portal.disclosure.forms import FilterForm
from portal.disclosure.queries import register as queries
from portal.disclosure.queries.cases import OwnLine
from portal.disclosure.queries.own import own_source, series_of
from portal.disclosure.queries.records import Source, entry_of, source_of
from portal.disclosure.queries.register import Line
from portal.disclosure.routes import disclosure
from portal.disclosure.routes.reading import competes_for, log_reading, requests_competed_for
from portal.disclosure.routes.register import REGISTER
from portal.documents.engines.layout import LINES
from portal.organisations.access import may_read_register
from portal.web.guards import staff
from portal.web.headers import shut

AnyLine = Line | OwnLine
MOST_LINES = 10_000
MOST_BYTES = 100_000_000  # all of it lies in memory while it is made: nothing unsealed is written to disk
TOO_MUCH = "Det blir för mycket på en gång. Välj kortare tid eller ett ärende, eller hämta utan filer."


@disclosure.get(f"{REGISTER}/register.zip")
@staff(may_read_register)
@confirmed(Reason.FILE)
def taken() -> ResponseReturnValue:
    """What is asked for, by number. The log has the line before anything is sent."""
    form = FilterForm(request.args)
    form.offer(())
    if not form.validate():
        return _refused(form, "Rätta dagarna i urvalet."), 422
    lines = series_of(db.session, g.actor.authority_id, form.asked(), most=MOST_LINES + 1)
    contents = _contents(lines) if request.args.get("filer") == "ja" else {}
    if len(lines) > MOST_LINES or contents is None:
        return _refused(form, TOO_MUCH), 422
    at, told = clock.now(), [_taken(line) for line in reversed(lines)]
    files = {id: File(name, sha256(body).hexdigest()) for id, (name, body) in contents.items()}
    members = {
        "register.csv": csv_of(rows_of(told, files), COLUMNS),
        "register.xml": xml_of(g.membership.authority.name, told, files, at=at),
        **dict(sorted(contents.values())),
    }
    log_reading("register.exported_with_files" if contents else "register.exported", None)
    answer = Response(folder_of(members), mimetype="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="register-{clock.today()}.zip"'
    return shut(answer)


def _contents(lines: list[AnyLine]) -> dict[UUID, tuple[str, bytes]] | None:
    """Name and bytes of each record that is left, by its line; None where they are too much. Of a recruitment that the person
    has applied to no files are taken, nor what was asked for and decided of it: a colleague takes them."""
    found, size = {}, 0
    own, asked = competes_for(), requests_competed_for()
    for line in lines[:MOST_LINES]:
        left = line.ad_id in own or (isinstance(line, OwnLine) and line.subject_id in asked)
        source = None if left else _source(line)
        if source is None:
            continue
        size += len(source.data)
        if size > MOST_BYTES:
            return None
        found[line.entry_id] = (path_of(line.number, line.kind, source.ending), source)
    return _as_files(found, size)


def _as_files(found: dict[UUID, tuple[str, Source]], size: int) -> dict[UUID, tuple[str, bytes]] | None:
    """The same with what was typed set as papers; None where they are too much."""
    files = {id: (name, source.data) for id, (name, source) in found.items()}
    typed = {id: source.data.decode() for id, (_name, source) in found.items() if source.kind == LINES}
    for id, paper in zip(typed, papers_of(list(typed.values())), strict=True):
        size += len(paper)
        if size > MOST_BYTES:
            return None
        files[id] = (files[id][0], paper)
    return files


def _source(line: AnyLine) -> Source | None:
    if isinstance(line, OwnLine):
        return own_source(db.session, g.actor.authority_id, line)
    entry = entry_of(db.session, line.entry_id)
    return source_of(db.session, entry) if entry is not None else None


def _taken(line: AnyLine) -> Taken:
    name, status, disposed = "", "", None
    if isinstance(line, Line):
        name, disposed = line.name, line.disposed_on
        status = "tillbakatagen" if line.taken_back else "sen" if line.late else ""
    return Taken(
        line.entry_id, line.number, line.kind, line.entered_at, name, line.title, line.diary_number, line.party_name,
        status, disposed, line.by_day,
    )  # fmt: skip


def _refused(form: FilterForm, sentence: str) -> str:
    cases = queries.cases_of(db.session)
    form.offer(cases)
    return render_template(
        "disclosure/register.html", lines=[], form=form, cases=cases, asked=form.as_query(), older=None, readers=[],
        fault=sentence, current="arrivals",
    )  # fmt: skip
