"""Pages that say how things are: for applicants, on accessibility, personal data, security, and whom to ask.

No session and no cookie; the same for everybody, so that any cache may keep them for a while.
"""

from datetime import timedelta

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for

from portal import clock
from portal.pages import lost
from portal.web.guards import public

pages = Blueprint("pages", __name__)

A_WHILE = "public, max-age=300"
TOLD_UNTIL = timedelta(days=180)


@pages.get("/sa-gar-det-till")
@public
def how() -> Response:
    """From the ad to the answer, for somebody who thinks of applying."""
    return kept(make_response(render_template("pages/how.html")))


@pages.get("/tillganglighet")
@public
def accessibility() -> Response:
    """The accessibility statement (lagen 2018:1937, 13 §), and how to report what does not work."""
    return kept(make_response(render_template("pages/accessibility.html", contacts=contacts())))


@pages.get("/personuppgifter")
@public
def privacy() -> Response:
    """Who is controller, what is kept and how long, and what one can ask for (GDPR art. 13)."""
    return kept(make_response(render_template("pages/privacy.html", contacts=contacts())))


@pages.get("/sakerhet")
@public
def security() -> Response:
    """What each part gives away if it falls into the wrong hands, and what is not defended against."""
    return kept(make_response(render_template("pages/security.html", groups=lost.GROUPS)))


@pages.get("/allmanna-handlingar")
@public
def public_records() -> Response:
    """How an authority's register is ordered, who reads it, and how one asks for a record (TF 2:15; JO 3579-2005)."""
    return kept(make_response(render_template("pages/public_records.html", contacts=contacts())))


@pages.get("/kontakt")
@public
def contact() -> Response:
    """Whom to ask about what."""
    return kept(make_response(render_template("pages/contact.html", contacts=contacts())))


@pages.get("/.well-known/security.txt")
@public
def security_txt() -> Response:
    """Where to report a weakness (RFC 9116)."""
    base: str = current_app.config["SETTINGS"].base_url
    until = (clock.now() + TOLD_UNTIL).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        *(f"Contact: mailto:{email}" for _name, email in contacts()),
        f"Contact: {base}{url_for('pages.contact')}",
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: sv, en",
        f"Canonical: {base}{url_for('pages.security_txt')}",
        f"Policy: {base}{url_for('pages.security')}",
    ]
    return kept(Response("\n".join(lines) + "\n", mimetype="text/plain"))


def contacts() -> list[tuple[str, str]]:
    """Name and public address of each authority that has given one; the organisations know."""
    found: list[tuple[str, str]] = current_app.extensions["public_contacts"]()
    return found


def kept(response: Response) -> Response:
    """Let caches keep the answer for a while, and ask with its tag whether it still holds."""
    response.headers["Cache-Control"] = A_WHILE
    response.add_etag()
    response.make_conditional(request)
    return response
