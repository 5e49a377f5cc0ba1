"""/arbete/dataskydd: papers on personal data, filled in with what the installation knows, to read, set and change."""

from io import BytesIO
from typing import Any

from flask import abort, current_app, g, render_template, send_file
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from portal import clock
from portal.config import Settings
from portal.db import db
from portal.organisations.access import Role, may_read_data_papers
from portal.organisations.engines import pdf_of
from portal.organisations.papers import MODES, USUAL_MONTHS, papers_for
from portal.organisations.queries import authorities, parties_of, retention_of
from portal.organisations.routes.basis_words import basis_text
from portal.organisations.routes.blueprint import organisations
from portal.organisations.trials import POINTS, promises
from portal.web.filters import day
from portal.web.guards import staff
from portal.web.headers import shut
from portal.web.language import LOCALES


@organisations.get("/arbete/dataskydd")
@staff(may_read_data_papers)
def data_protection() -> ResponseReturnValue:
    """Which papers there are for one's role, in which forms."""
    return render_template("organisations/data_protection.html", papers=papers_for(g.actor.role))


@organisations.get("/arbete/dataskydd/<paper>-<any(sv, en):spoken>.<any(pdf, txt):kind>")
@staff(may_read_data_papers)
def data_protection_paper(paper: str, spoken: str, kind: str) -> ResponseReturnValue:
    """One of them in Swedish or English, as PDF or as text for editing. Nobody's data is in it."""
    if paper not in {one.key for one in papers_for(g.actor.role)}:
        abort(404)
    g.language = spoken  # days too
    with force_locale(LOCALES[spoken]):
        text = render_template(f"papers/{paper}.txt", spoken=spoken, **_values(g.actor.role)).strip() + "\n"
    tidy = "\n".join(line for line in text.split("\n") if line.strip()).replace("\n## ", "\n\n## ") + "\n"
    data = pdf_of(tidy, language=spoken) if kind == "pdf" else tidy.encode()
    mimetype = "application/pdf" if kind == "pdf" else "text/plain"
    answer = send_file(BytesIO(data), mimetype, as_attachment=True, download_name=f"{paper}-{spoken}.{kind}")
    return shut(answer)


def _values(role: Role) -> dict[str, Any]:
    settings: Settings = current_app.config["SETTINGS"]
    known = {
        "mode": MODES[role],
        "day": day(clock.today()),
        "address": settings.base_url,
        "database": "PostgreSQL" if settings.database_url.startswith("postgresql") else "SQLite",
        "storage": "S3" if settings.storage_url.startswith("s3") else "folder",
        "controller": "",
        "points": POINTS,
        "promises": promises(),
    }
    if role is Role.DRIFT:
        return {**known, "controllers": _controllers()}
    party = g.membership.party
    authority = party.authority if party else g.membership.authority
    months, basis = retention_of(db.session, party or authority, clock.today())
    return {
        **known,
        "controller": (party or authority).controller_name,
        "contact": "" if party else authority.contact_email,
        "officer": (party or authority).data_officer,
        "months": months or USUAL_MONTHS,
        "rule": basis_text(basis),
    }


def _controllers() -> list[str]:
    """Who is controller for whom this installation is run: whoever runs it sees them all anyway."""
    parties = parties_of(db.session)
    found = []
    for authority in authorities(db.session):
        found += [authority.controller_name, *(party.controller_name for party in parties.get(authority.id, []))]
    return found
