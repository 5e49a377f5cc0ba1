"""Every answer, of every route and every fault, carries the same headers; what differs is named here."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.config import Settings
from portal.factory import create_app
from tests.accounts.people import PASSWORD, code_now, give_account
from tests.applications.paper import page_one
from tests.doors import address, browsers_of, places
from tests.forms import fields_of, submit
from tests.permission_lines import PERSONS
from tests.permission_table import TABLE
from tests.proofs.plugin import Proof
from tests.stage import set_stage
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]
EVERYWHERE = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
HSTS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
PICTURES = {"Content-Security-Policy": "sandbox; default-src 'none'"}
A_MINUTE, A_WHILE = ({"Cache-Control": f"public, max-age={seconds}"} for seconds in (60, 300))
OF_ITSELF = ("accessibility", "contact", "how", "privacy", "public_records", "security", "security_txt")
EXCEPTIONS = {
    **dict.fromkeys(
        (
            "applications.draft_picture",
            "applications.private_paper",
            "applications.private_picture",
            "contracts.copy",
            "contracts.copy_taken_back",
            "contracts.draft_paper",
            "contracts.employments_as_csv",
            "contracts.employments_as_xlsx",
            "contracts.paper",
            "contracts.take_over_template",
            "decisions.file_as_data",
            "decisions.file_on_paper",
            "decisions.kept_as_data",
            "decisions.kept_on_paper",
            "organisations.data_protection_paper",
            "posts.take_over_template",
            "privacy.merits_paper",
            "protection.page_to_mask",
            "review.minutes",
            "review.page_picture",
            "review.unmasked_picture",
            "review.original",
            "disclosure.case_minutes",
            "disclosure.numbered_page",
            "disclosure.record_page",
            "disclosure.decision_on_paper",
            "disclosure.handed_out",
            "disclosure.page_to_mark",
            "disclosure.taken",
            "intake.signed_form",
            "protection.paper",
        ),
        PICTURES,
    ),
    **dict.fromkeys(
        ("ads.open_ads", "ads.personal_data", "ads.show", "ads.feed", "ads.sitemap", "ads.robots"), A_MINUTE
    ),
    **dict.fromkeys((f"interface.{name}" for name in ("ads", "ad", "openapi")), A_MINUTE),
    "assets.serve": {"Cache-Control": "public, max-age=31536000, immutable"},
    **dict.fromkeys((f"pages.{name}" for name in OF_ITSELF), A_WHILE),
}  # where they answer with what they are for; their faults are as everybody's
FAULTS = (400, 401, 403, 408, 413, 429, 500, 503)


def wrong(answer: TestResponse, endpoint: str = "", *, https: bool = False) -> list[str]:
    """What is not as the table has it; only what the answer is for gets the exceptions."""
    good = answer.status_code < 300 or answer.status_code == 304
    expected = {**EVERYWHERE, **(HSTS if https else {}), **(EXCEPTIONS.get(endpoint, {}) if good else {})}
    faults = [
        f"{name}: {answer.headers.get(name)}" for name in expected if answer.headers.getlist(name) != [expected[name]]
    ]
    if not https and "Strict-Transport-Security" in answer.headers:
        faults.append("HSTS without https")
    cacheable = "public" in answer.headers.get("Cache-Control", "")
    return [*faults, *["a cookie on a page that is kept"] * (cacheable and "Set-Cookie" in answer.headers)]


def faulty(app: Flask) -> Iterator[tuple[str, int, TestResponse]]:
    """Everything that goes wrong, with its name and status."""
    client, fresh = app.test_client(), app.test_client()
    for code in FAULTS:
        yield f"fault {code}", code, client.get(f"/fel/{code}")
    yield "unforeseen", 500, client.get("/fel/0")
    yield "unknown page", 404, client.get("/finns/inte")
    yield "unknown file", 404, client.get("/static/000000000000/ingen.css")
    yield "foreign host", 400, client.get("/", headers={"Host": "ond.example"})
    yield "no token", 400, client.post("/losenord", data={"email": "a@example.se"})
    yield "too much", 413, fresh.post("/losenord", data={"email": "a" * 300_000})
    yield "no place", 503, fresh.post("/losenord", environ_overrides={"portal.no_place": True})
    yield "not as a form", 400, fresh.post("/losenord", json={"email": "a@example.se"})
    yield "nobody logged in", 401, _with_token(app, "/konto")
    yield "known already", 304, _known_already(client)
    for rule in app.url_map.iter_rules():
        path = rule.rule.replace("<", "").replace(">", "").replace("uuid:", "")
        for method in {"PUT", "PATCH", "DELETE", "PROPFIND"} - (rule.methods or set()):
            yield f"{method} {rule.rule}", 404, client.open(path, method=method)


def _with_token(app: Flask, path: str) -> TestResponse:
    client = app.test_client()
    token = fields_of(client.get("/logga-in"))["csrf_token"][0]
    return client.post(path, data={"csrf_token": token, "name": "Ny"})


def _known_already(client: FlaskClient) -> TestResponse:
    return client.get("/", headers={"If-None-Match": client.get("/").headers["ETag"]})


def _raise(code: int) -> str:
    if code == 0:
        raise RuntimeError("unforeseen")
    abort(code)


@pytest.mark.proof(
    "Varje svar bär samma skyddande huvuden: varje sida, bild och fil, och varje fel.",
    how="every place of the table of permissions by person, every fault and foreign method; headers against a table",
    short={"persons": 4},
    full={"persons": 13},
)
def test_headers_are_the_same_everywhere(proof: Proof, world: World, settings: Settings, set_clock: Clock) -> None:
    world.app.test_client_class = FlaskClient
    side, _rival = set_stage(world, set_clock, employer="authority")
    browsers, app, seen, amiss = browsers_of(side), world.app, set[str](), []
    for person in ("kansli", "region", "candidate", *PERSONS)[: proof.size("persons") + 3]:
        values = places(side, person)
        for rule in app.url_map.iter_rules():
            for place in TABLE[rule.endpoint].pages or ("none",):
                if not rule.arguments <= set(values[place]) or "GET" not in (rule.methods or ()):
                    continue
                answer = browsers[person].get(address(side, rule, values[place]))
                seen.add(f"{rule.endpoint} {answer.status_code}")
                amiss += [(rule.endpoint, answer.status_code, fault) for fault in wrong(answer, rule.endpoint)]
    broken = create_app(settings)
    broken.add_url_rule("/fel/<int:code>", view_func=_raise)
    faults = 0
    for name, status, answer in faulty(broken):
        faults += 1
        amiss += [(name, answer.status_code, fault) for fault in wrong(answer, "ads.open_ads" if status == 304 else "")]
        if answer.status_code != status:
            amiss.append((name, answer.status_code, f"should be {status}"))
    proof.came_to(routes=len(app.view_functions), answers=len(seen), faults=faults, amiss=len(amiss))
    assert amiss == []
    assert {one.partition(" ")[0] for one in seen} >= set(EXCEPTIONS) - {"assets.serve"}


@pytest.mark.proof(
    "På https är varje kaka låst till portalen, osynlig för skript, och förbindelsen förblir krypterad.",
    how="every route and fault under an https address; cookies from a log-in and from an application begun",
    short={"log_ins": 1},
    full={"log_ins": 1},
)
def test_https_is_kept(proof: Proof, world: World, settings: Settings) -> None:
    ad, email = publish_ad(world), give_account(world, world.kansli)
    app = create_app(replace(settings, base_url="https://localhost"))
    app.add_url_rule("/fel/<int:code>", view_func=_raise)
    client, amiss, cookies = app.test_client(), [], []
    client.environ_base |= {"wsgi.url_scheme": "https", "HTTP_HOST": "localhost"}
    answers = [answer for _name, _status, answer in faulty(app)]
    answers += [client.get(f"/annonser/{ad.reference}"), client.get("/logga-in")]
    begun = page_one(client, ad)
    answers += [begun, submit(client, "/logga-in", {"E-post": email, "Lösenord": PASSWORD})]
    answers += [submit(client, "/logga-in/kod", {"Kod från appen": code_now()}), client.get("/konto")]
    for answer in answers:
        endpoint = "ads.show" if b"Sista ans" in answer.data and "public" in answer.headers["Cache-Control"] else ""
        endpoint = "ads.open_ads" if answer.status_code == 304 else endpoint
        amiss += [(answer.status_code, fault) for fault in wrong(answer, endpoint, https=True)]
        cookies += answer.headers.getlist("Set-Cookie")
    sessions = [cookie for cookie in cookies if cookie.startswith("__Host-portal=")]
    drafts = [cookie for cookie in cookies if cookie.startswith("__Secure-draft=")]
    proof.came_to(answers=len(answers), cookies=len(cookies), amiss=len(amiss))
    assert amiss == []
    assert sorted(cookies) == sorted([*sessions, *drafts])
    assert {cookie.split("; ", 1)[1] for cookie in sessions} == {"Secure; HttpOnly; Path=/; SameSite=Lax"}
    (draft,) = drafts
    assert draft.endswith(f"; Secure; HttpOnly; Path=/annonser/{ad.reference}/ansok; SameSite=Lax")
