"""What everybody reads: the open ads, each ad, the same for machines. Published versions only, one statement a page."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask import Response, abort, current_app, g, render_template, request, url_for
from markupsafe import Markup

from portal import clock
from portal.ads import feeds
from portal.ads.forms.cases import filters_of
from portal.ads.job_posting import job_posting
from portal.ads.listing import Choices, choices_of, matching
from portal.ads.models import PublishedAd
from portal.ads.queries import current_version, open_versions
from portal.ads.routes.advert import LAW, end_text, extent_text, picture_of, retention_text, shown_advert, shown_row
from portal.ads.routes.blueprint import ads
from portal.ads.routes.ready import ReadyPage, answer, shown_while_away
from portal.ads.window import days_left, is_open, last_instant, takes_late
from portal.db import db
from portal.elections.calendar import BeyondElectionTable, Election, next_election
from portal.posts.employer_model import Employer, model_for
from portal.web.guards import public

_REFERENCE = re.compile(r"[A-Za-z0-9_-]{1,64}")
NEARLY_ALL = 0.75
_SITE_PAGES = ("pages.how", "pages.accessibility", "pages.privacy", "pages.public_records", "pages.contact")


@ads.get("/")
@public
@shown_while_away
def open_ads() -> Response:
    """The ads that take applications now, the first to close first, with filters in the address."""
    found, wanted = open_versions(db.session, clock.now()), filters_of(request)
    key = ("list", *(row.id for row in found), *wanted.items())
    party_keys = (row.content["party"]["key"] for row in found)
    return answer(key, lambda: _list_page(found, wanted), party_keys=party_keys, until=_first_closing(found))


@ads.get("/annonser/<reference>")
@public
@shown_while_away
def show(reference: str) -> Response:
    """One ad as it was last published; a closed one stays, a withdrawn one says so."""
    version = current_version(db.session, reference) if _REFERENCE.fullmatch(reference) else None
    if version is None:
        abort(404)
    opened = is_open(version.closes_at, clock.now())
    page = _withdrawn_page if version.withdrawn else _advert_page
    return answer(
        ("ad", version.id, opened),
        lambda: page(version),
        party_keys=[version.content["party"]["key"]],
        until=version.closes_at if opened else None,
    )


@ads.get("/annonser/<reference>/personuppgifter")
@public
@shown_while_away
def personal_data(reference: str) -> Response:
    """What whoever applies for this post is told of their personal data (GDPR art. 13), filled in from what is published."""
    version = current_version(db.session, reference) if _REFERENCE.fullmatch(reference) else None
    if version is None:
        abort(404)
    content = version.content  # also of an ad that was taken back: what was sent is still kept
    return answer(("data", version.id), lambda: _personal_data_page(version), party_keys=[content["party"]["key"]])


@ads.get("/annonser.atom")
@public
@shown_while_away
def feed() -> Response:
    """The open ads as an Atom feed, which knows one language."""
    g.language = "sv"
    found, at = open_versions(db.session, clock.now()), clock.now()
    body = feeds.atom(
        [_entry(row) for row in found],
        title="Lediga tjänster som politisk sekreterare",
        home=absolute_address("ads.open_ads"),
        own=absolute_address("ads.feed"),
        at=at.replace(hour=0, minute=0, second=0, microsecond=0),
    )
    key = ("atom", *(row.id for row in found))
    return answer(key, lambda: ReadyPage.of(body, kind="application/atom+xml"), until=_first_closing(found))


@ads.get("/sitemap.xml")
@public
@shown_while_away
def sitemap() -> Response:
    """The addresses of the open ads and of the portal's own pages."""
    found = open_versions(db.session, clock.now())
    pages = [absolute_address(name) for name in ("ads.open_ads", *_SITE_PAGES) if name in current_app.view_functions]
    body = feeds.sitemap(pages, [_entry(row) for row in found])
    key = ("sitemap", *(row.id for row in found))
    return answer(key, lambda: ReadyPage.of(body, kind="application/xml"), until=_first_closing(found))


@ads.get("/robots.txt")
@public
def robots() -> Response:
    """What robots may read."""
    return answer(("robots",), lambda: ReadyPage.of(feeds.robots(absolute_address("ads.sitemap")), kind="text/plain"))


def _first_closing(found: Sequence[PublishedAd]) -> datetime | None:
    return found[0].closes_at if found else None


def advert_values(content: dict[str, Any], version: Any, today: date) -> dict[str, Any]:
    """What the ad's page needs beside its links; the preview draws the same page."""
    return {
        "ad": shown_advert(content, version.closes_at),
        "picture": picture_of(content, today),
        "law_href": LAW,
        "title": content["title"],
        "party": content["party"],
        "closes": last_instant(version.closes_at),
    }


def _advert_page(version: PublishedAd) -> ReadyPage:
    content, today = version.content, clock.today()
    opened = not version.ended and is_open(version.closes_at, clock.now())
    late = not opened and not version.ended and takes_late(version.employer)
    apply_url = ""
    if (opened or late) and "applications.apply" in current_app.view_functions:
        apply_url = url_for("applications.apply", reference=version.reference)
    values = advert_values(content, version, today)
    values["ad"]["personal_data_url"] = url_for("ads.personal_data", reference=version.reference)
    page = render_template(
        "ads/show.html",
        **values,
        opened=opened,
        late=late,
        ended=version.ended,
        apply_url=apply_url,
        days_left=days_left(date.fromisoformat(content["deadline"]), today) if opened else None,
        json_ld=_json_ld(version) if opened else "",
        canonical=absolute_address("ads.show", reference=version.reference),
        summary=content["intro"],
    )
    return ReadyPage.of(page)


def _withdrawn_page(version: PublishedAd) -> ReadyPage:
    page = render_template("ads/withdrawn.html", content=version.content, withdrawn_at=version.published_at)
    return ReadyPage.of(page, status=410)


def _personal_data_page(version: PublishedAd) -> ReadyPage:
    content = version.content
    page = render_template(
        "ads/personal_data.html",
        mode=content["employer"],
        content=content,
        party=content["party"],
        kept=retention_text(content, model_for(Employer(content["employer"]))),
        ad_url=url_for("ads.show", reference=version.reference),
    )
    return ReadyPage.of(page)


def _list_page(found: Sequence[PublishedAd], wanted: dict[str, str]) -> ReadyPage:
    today, g.asked_for = clock.today(), wanted
    rows = [
        shown_row(
            row.content,
            url=url_for("ads.show", reference=row.reference),
            closes=row.closes_at,
            today=today,
        )
        for row in found
        if matching(row.content, wanted)
    ]
    choices: Choices = choices_of([row.content for row in found])
    page = render_template(
        "ads/open_ads.html",
        rows=rows,
        total=len(found),
        authorities=len(choices.region),
        choices=choices,
        wanted=wanted,
        election=_election_of_most([row.content for row in found], today),
        feed_url=url_for("ads.feed", lang=None),
    )
    return ReadyPage.of(page)


def _election_of_most(contents: Sequence[dict[str, Any]], today: date) -> Election | None:
    """The next election, where nearly all of the ads shown run until the last day that it allows."""
    try:
        election = next_election(today)
    except BeyondElectionTable:
        return None
    of_authorities = [
        c for c in contents if c["employer"] == "authority" and c["election_day"] == election.day.isoformat()
    ]
    bounded = [c for c in of_authorities if c["latest_end"] == c["limit_latest_end"]]
    return election if contents and len(bounded) >= NEARLY_ALL * len(contents) else None


def _entry(version: PublishedAd) -> feeds.Entry:
    content = version.content
    words = [content["party"]["name"], content["authority_name"], extent_text(content), content["place"]]
    return feeds.Entry(
        url=absolute_address("ads.show", reference=version.reference),
        title=content["title"],
        party=content["party"]["name"],
        summary=" · ".join([*filter(None, words), end_text(content)]),
        published_at=version.published_at,
        deadline=date.fromisoformat(content["deadline"]),
    )


def _json_ld(version: PublishedAd) -> Markup:
    text = job_posting(
        version.content,
        url=absolute_address("ads.show", reference=version.reference),
        reference=version.reference,
        published_at=version.out_since,
        last_instant=last_instant(version.closes_at),
    )
    return Markup(text)  # noqa: S704  # its signs are escaped for a script element


def absolute_address(endpoint: str, **values: Any) -> str:
    """The address from outside, of the Swedish page: feeds, search engines and notes on a wall know one language."""
    base: str = current_app.config["SETTINGS"].base_url
    return base.rstrip("/") + url_for(endpoint, **values).partition("?")[0]
