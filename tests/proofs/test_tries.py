"""Passwords and codes are guessed in vain, from one network or two hundred, whatever the headers say; nobody's name but
the portal's own is in its links; and whoever is right gets in once the window is over."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal import clock
from portal.accounts.engines import code_at
from portal.config import Settings
from portal.factory import create_app
from portal.web.limits import PASSWORDS_PER_NETWORK
from portal.web.rates import sender_network, the_rates
from tests.accounts.people import PASSWORD, SECRET, code_now, give_account, letters, log_in
from tests.forms import fields_of
from tests.proofs.plugin import Proof
from tests.world import World

Clock = Callable[[str], datetime]
BEGINS = datetime(2026, 11, 20, 8, tzinfo=clock.STOCKHOLM)
FORWARDED = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Client-IP", "CF-Connecting-IP", "True-Client-IP", "Via")
NAMES = (
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Forwarded-Server",
    "X-Forwarded-Prefix",
    "X-Original-URL",
    "Forwarded",
)


def network(number: int) -> str:
    """An address in a network of its own."""
    return f"10.{number // 250}.{number % 250}.9"


class Guesser:
    """One browser that posts log-ins from wherever it says."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()
        self.token = fields_of(self.client.get("/logga-in"))["csrf_token"][0]

    def guess(self, email: str, password: str = "fel lösenord igen", at: str = "192.0.2.9", **headers: str):
        """One try."""
        form = {"csrf_token": self.token, "email": email, "password": password}
        return self.client.post("/logga-in", data=form, environ_base={"REMOTE_ADDR": at}, headers=headers)


@pytest.mark.proof(
    "Ett lösenord går inte att gissa: det elfte felet på en kvart får vänta, också från tvåhundra nät, och den rätta "
    "släpps in sedan.",
    how="wrong passwords for one account from as many networks; then the right one, before and after the window",
    short={"guesses": 40, "networks": 20},
    full={"guesses": 1000, "networks": 200},
)
def test_an_account_is_guessed_at_in_vain(proof: Proof, world: World, set_clock: Clock) -> None:
    world.app.test_client_class = FlaskClient
    email, guesser = give_account(world, world.kansli), Guesser(world.app)
    answers = [guesser.guess(email, at=network(n % proof.size("networks"))) for n in range(proof.size("guesses"))]
    statuses = [answer.status_code for answer in answers]
    waits = {int(answer.headers["Retry-After"]) for answer in answers[10:]}
    right_meanwhile = guesser.guess(email, PASSWORD, at=network(201)).status_code
    set_clock((clock.now() + timedelta(minutes=15)).isoformat())
    right_after = log_in(world.browser(), email).status_code
    proof.came_to(
        guesses=len(statuses), networks=proof.size("networks"), tried=statuses.count(422), waiting=statuses.count(429),
        longest_wait_seconds=max(waits), right_one_after_window=right_after,
    )  # fmt: skip
    assert statuses == [422] * 10 + [429] * (len(statuses) - 10)
    assert "Vänta en kvart" in answers[10].get_data(as_text=True)
    assert 0 < min(waits) <= max(waits) <= 900
    assert (right_meanwhile, right_after) == (429, 303)


@pytest.mark.proof(
    "Det femtioförsta felet på en kvart från samma nät får vänta, hur många konton det än gäller.",
    how="a wrong password for each of many accounts from one network's addresses; headers that tell of other networks",
    short={"guesses": 8},
    full={"guesses": 100},
)
def test_a_network_guesses_in_vain(proof: Proof, world: World) -> None:
    world.app.test_client_class = FlaskClient
    guesser, wrong, tried = Guesser(world.app), [], 0
    for number, told in enumerate(("", *FORWARDED)):
        own = f"192.0.{number}"
        with world.app.app_context():
            assert the_rates().take(PASSWORDS_PER_NETWORK, "password from", f"{own}.0/24", 45) == 0
        statuses = []
        for n in range(proof.size("guesses")):
            headers = {told: f"for={network(n)}" if told == "Forwarded" else network(n)} if told else {}
            statuses.append(guesser.guess(f"namn{n}@example.se", at=f"{own}.{n % 250}", **headers).status_code)
        tried += len(statuses)
        if statuses != [422] * 5 + [429] * (len(statuses) - 5):
            wrong.append((told, statuses))
    elsewhere = guesser.guess("nagon@example.se", at="198.51.100.7").status_code
    proof.came_to(networks=1 + len(FORWARDED), counted_before_in_each=45, guesses=tried, headers_believed=len(wrong))
    assert wrong == []
    assert elsewhere == 422


@pytest.mark.proof(
    "Bakom en proxy räknas adressen som proxyn själv skriver, aldrig en som avsändaren har skrivit.",
    how="networks counted under chains of forwarded addresses, with one and with two proxies in front",
    short={"chains": 30},
    full={"chains": 300},
)
def test_only_the_last_hop_is_believed(proof: Proof, settings: Settings) -> None:
    believed = []
    for hops in (1, 2):
        app = create_app(replace(settings, proxy_hops=hops))
        seen: list[str] = []
        app.add_url_rule("/var", view_func=lambda seen=seen: seen.append(sender_network()) or "")
        for n in range(proof.size("chains")):
            invented = [network(200 + m) for m in range(n % 5)]
            true = ["203.0.113.7", *[f"10.9.9.{hop}" for hop in range(1, hops)]]
            headers = {
                "X-Forwarded-For": ", ".join([*invented, *true]),
                "X-Real-IP": network(n),
                "Forwarded": "for=10.0.0.1",
            }
            app.test_client().get("/var", headers=headers, environ_base={"REMOTE_ADDR": "127.0.0.1"})
        believed += [place for place in seen if place != "203.0.113.0/24"]
        assert len(seen) == proof.size("chains")
    proof.came_to(chains=2 * proof.size("chains"), invented_ones_believed=len(believed))
    assert believed == []


@pytest.mark.proof(
    "En engångskod gäller en gång, och inte i efterhand.",
    how="the same code twice, codes of 90 s and more ago or ahead, and the right one",
    short={"rounds": 2},
    full={"rounds": 20},
)
def test_a_code_is_good_once_and_now(proof: Proof, world: World, set_clock: Clock) -> None:
    world.app.test_client_class = FlaskClient
    email, twice, stale, right = give_account(world, world.kansli), [], [], []
    for number in range(proof.size("rounds")):
        now = set_clock((BEGINS + timedelta(hours=number)).isoformat())
        code = code_now()
        right.append(_code(world, email, code))
        twice.append(_code(world, email, code))
        stale += [_code(world, email, code_at(SECRET, now + timedelta(seconds=s))) for s in (-600, -90, 120, 600)]
        set_clock((now + timedelta(minutes=2)).isoformat())
        right.append(_code(world, email, code_now()))
    proof.came_to(right=right.count(303), taken_twice=twice.count(303), stale=len(stale), stale_taken=stale.count(303))
    assert set(right) == {303}
    assert (set(twice), set(stale)) == ({422}, {422})


def _code(world: World, email: str, code: str) -> int:
    client = world.app.test_client()
    token = fields_of(client.get("/logga-in"))["csrf_token"][0]
    client.post("/logga-in", data={"csrf_token": token, "email": email, "password": PASSWORD})
    token = fields_of(client.get("/logga-in/kod"))["csrf_token"][0]
    return client.post("/logga-in/kod", data={"csrf_token": token, "code": code}).status_code


@pytest.mark.proof(
    "Ingen annans namn hamnar i portalens länkar, hur anropet än är adresserat.",
    how="foreign names in Host and in forwarding headers: requests refused, redirects and mails looked through",
    short={"requests": 30},
    full={"requests": 300},
)
def test_nobody_elses_name_is_in_our_links(proof: Proof, world: World, settings: Settings) -> None:
    email = give_account(world, world.kansli)
    apps = [create_app(replace(settings, proxy_hops=hops)) for hops in (0, 1)]
    for app in apps:
        app.extensions["wake"] = lambda *_: None
    strange, refused = [], []
    for n in range(proof.size("requests")):
        client, header = apps[n % 2].test_client(), NAMES[n // 2 % len(NAMES)]
        evil = {header: {"X-Forwarded-Proto": "ond", "Forwarded": "host=ond.example"}.get(header, "ond.example")}
        page = client.get("/", headers=evil)
        token = fields_of(client.get("/losenord"))["csrf_token"][0]
        asked = client.post(
            "/losenord", data={"csrf_token": token, "email": email}, headers=evil,
            environ_base={"REMOTE_ADDR": network(n // 4)},
        )  # fmt: skip
        guarded = client.get("/arbete", headers=evil)
        strange += [a for a in (page, asked, guarded) if b"ond" in a.data + str(a.headers).encode()]
        refused.append(
            client.get("/", headers={"Host": ("ond.example", "localhost.ond.example", "ond:80@localhost")[n % 3]})
        )
    told = [
        letter for letter in letters(world) if "ond.example" in letter.body or "http://localhost/" not in letter.body
    ]
    statuses = [answer.status_code for answer in refused]
    proof.came_to(
        requests=4 * len(refused),
        links_with_foreign_names=len(strange) + len(told),
        foreign_hosts_answered=statuses.count(200),
    )
    assert (strange, told) == ([], [])
    assert set(statuses) == {400}
    assert len(letters(world)) >= 5
