"""The open ads for other systems: what the public pages show, as JSON, and the description of it by OpenAPI."""

import json
from collections.abc import Sequence
from typing import Any

from flask import Response, current_app, request
from flask_babel import gettext
from spectree import Response as Described
from spectree import SpecTree
from spectree.plugins.flask_plugin import FlaskPlugin

from portal import clock
from portal.ads.forms.cases import filters_of
from portal.ads.listing import matching
from portal.ads.models import PublishedAd
from portal.ads.queries import current_version, open_versions
from portal.ads.routes.ready import ReadyPage, answer
from portal.ads.window import is_open, last_instant, takes_late
from portal.db import db
from portal.interface.advert import advert, page_of
from portal.interface.forms import ASKED_TWICE, REFUSED, Advert, ListQuestion, Page, Problem, wrong_fields
from portal.interface.routes import written
from portal.refusal import Refusal
from portal.web.addresses import absolute
from portal.web.filters import day
from portal.web.problems import problem, problem_of

JSON = "application/json"


class ReadyAnswers(FlaskPlugin):
    """Answers are ready bytes, tried against their description in the tests: none is parsed again on its way out."""

    def validate_response(self, resp: Any, *_: Any) -> tuple[Any, None]:
        return resp, None


class WronglyAsked(Refusal):
    """A question with a value that cannot be meant."""


def _refuse(_request: Any, _response: Any, fault: Any, *_: Any) -> None:
    if fault is not None:
        raise WronglyAsked(" ".join(gettext(REFUSED.get(name, ASKED_TWICE)) for name in wrong_fields(fault)))


spec = SpecTree(
    "flask",
    backend=ReadyAnswers,
    mode="strict",
    page_templates={},
    title="Politiska sekreterare: lediga tjänster",
    version="1",
    before=_refuse,
    validation_error_model=Problem,
)


@spec.validate(query=ListQuestion, resp=Described(HTTP_200=Page), tags=["ads"], operation_id="ads")
def ads() -> Response:
    """The ads that take applications now

    The first to close first. No key is needed and nothing is counted.
    """
    asked: ListQuestion = request.context.query  # type: ignore[attr-defined]
    found, wanted = open_versions(db.session, clock.now()), filters_of(request)
    key = ("api", asked.limit, asked.offset, *(row.id for row in found), *wanted.items())
    return answer(key, lambda: _page(found, wanted, asked))


@spec.validate(
    resp=Described(HTTP_200=Advert, HTTP_404=Problem, HTTP_410=Problem), tags=["ads"], operation_id="ad",
    path_parameter_descriptions={"reference": "The ad's public reference, as in `id`."},
)  # fmt: skip
def ad(reference: str) -> Response:
    """One ad as it was last published

    A closed one stays. 410: it was withdrawn.
    """
    version = current_version(db.session, reference)
    if version is None:
        return problem_of(404)
    if version.withdrawn:
        return _withdrawn(version)
    opened = is_open(version.closes_at, clock.now())
    return answer(("api ad", version.id, opened), lambda: _json(_advert(version)))


def openapi() -> Response:
    """The description itself, made once per process."""
    return answer(("openapi",), _description)


def _description() -> ReadyPage:
    """Made by one thread alone, as every ready page is: the library takes the forms that others are made of out of what it
    describes as it goes, and the second of two that made it together lacked them, for as long as the process lived."""
    described: ReadyPage | None = current_app.extensions.get("openapi")
    if described is None:
        for name in ("ads", "ad"):  # asked before or not
            written(current_app.view_functions[f"interface.{name}"])
        spec.app = current_app
        described = current_app.extensions["openapi"] = _json(spec.spec)
    return described


def _withdrawn(version: PublishedAd) -> Response:
    party, on = version.content["party"]["name"], day(version.published_at)
    words = gettext("%(party)s drog tillbaka den %(day)s. Det går inte att söka.", party=party, day=on)
    return problem(410, gettext("Annonsen är tillbakadragen"), words)


def _page(found: Sequence[PublishedAd], wanted: dict[str, str], asked: ListQuestion) -> ReadyPage:
    fitting = [row for row in found if matching(row.content, wanted)]
    shown = fitting[asked.offset : asked.offset + asked.limit]
    return _json(page_of([_advert(row) for row in shown], total=len(fitting)))


def _advert(row: PublishedAd) -> dict[str, Any]:
    takes = is_open(row.closes_at, clock.now()) or takes_late(row.employer)
    return advert(
        row.content,
        reference=row.reference,
        version=row.version,
        url=absolute("ads.show", reference=row.reference),
        apply_url=absolute("applications.apply", reference=row.reference) if takes and not row.ended else "",
        published_at=row.out_since,
        corrected_at=row.published_at,
        last_instant=last_instant(row.closes_at),
    )


def _json(value: dict[str, Any]) -> ReadyPage:
    return ReadyPage.of(json.dumps(value, ensure_ascii=False) + "\n", kind=JSON)
