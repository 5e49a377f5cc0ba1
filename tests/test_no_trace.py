"""A person applies, is read, scored, chosen and employed; afterwards no file, row, log or leftover has a word of theirs."""

import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.config import Settings
from portal.db import db
from portal.demo.engines.papers import cv
from portal.factory import create_app
from portal.jobs.tasks import run_rounds
from portal.vault.services import the_vault
from tests import traces
from tests.applications.paper import SALARY, applications_in, base, page_one, page_two, private_link, send
from tests.contracts.hiring import RECORD, TERMS
from tests.database import Databases
from tests.door import show
from tests.forms import fields_of, submit
from tests.traces import ANSWER, LETTER, OUTCOME, PERSON, REASON
from tests.world import Published, World, build_world, publish_ad

pytestmark = pytest.mark.slow
Clock = Callable[[str], datetime]
OF_THE_AD = ("Härnösand", "debattartiklar")  # public words, to see that the search finds what is there


@pytest.fixture
def portal(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A portal whose wake-ups go into its real queue, with a log and a folder for temporary files of its own."""
    leftovers = tmp_path / "leftovers"
    leftovers.mkdir()
    log = (tmp_path / "log").open("w")
    monkeypatch.setattr(sys, "stderr", log)
    monkeypatch.setattr(tempfile, "tempdir", str(leftovers))
    monkeypatch.setenv("TMPDIR", str(leftovers))
    app = create_app(settings)
    app.test_client_class = FlaskClient
    with app.app_context():
        the_vault().key_store.create_tables()
    yield build_world(app)
    with app.app_context():
        db.engine.dispose()
        the_vault().key_store.engine.dispose()
    log.close()


def test_a_persons_words_are_in_no_file_row_log_or_leftover(
    portal: World,
    settings: Settings,
    databases: Databases,
    set_clock: Clock,
    tmp_path: Path,
) -> None:
    ad = publish_ad(portal)
    pages = _apply(portal, ad)
    set_clock("2026-12-14T10:00")
    pages += _assess(portal, ad) + _decide(portal, ad)
    run_rounds(portal.app)
    shown = b"".join(page.data for page in pages)
    unseen = [word for word in traces.WORDS if (word, "utf-8") not in traces.traces(shown)]
    assert unseen == NOT_SHOWN, "the pages showed the words, so they were there to leave a trace"

    sys.stderr.flush()
    log = (tmp_path / "log").read_text()
    stored = [*traces.files(settings.instance_path), *traces.tables(settings, databases)]
    left = [*traces.files(tmp_path / "leftovers"), ("log", log.encode())]
    found = [(name, *trace) for name, data in (*stored, *left) for trace in traces.traces(data)]
    assert found == []
    assert traces.salaries(settings, databases) == []
    assert re.search(rf"(?<![0-9a-f]){traces.SALARY}(?![0-9a-f])", log) is None
    assert traces.traces(b"".join(data for _, data in stored), OF_THE_AD), "the search finds what is in clear"
    assert log.count('"endpoint"') > 30
    assert {"keys.db", "queue.db", "rates.db", "documents"} <= {name for name, _ in stored}


@pytest.mark.parametrize("way", traces.spellings("Törbjörg"))
def test_a_word_is_found_however_it_is_written(way: str) -> None:
    for lead in range(3):
        text = b"x" * lead + traces.spellings("Törbjörg")[way] + b"yz"
        assert ("Törbjörg", way) in traces.traces(text)


NOT_SHOWN = ["0701740673", "+46701740673"]  # the number as a program may rewrite it


def _apply(world: World, ad: Published) -> list[TestResponse]:
    """All pages, with a form sent too late and a file that is wrong on the way, and the private page."""
    client = world.browser()
    details = {"Namn": PERSON.name, "E-post": PERSON.email, "Telefon": PERSON.phone}
    late = client.post(base(ad), data={"csrf_token": "gone", "name": PERSON.name, "email": PERSON.email})
    assert late.status_code == 400
    assert page_one(client, ad, **details).status_code == 303
    asked = [name for name in fields_of(client.get(f"{base(ad)}/handlingar")) if name.startswith("answer_")]
    file_name, file = cv(PERSON, "classic")
    written = {
        SALARY: str(traces.SALARY),
        "När kan du börja?": "1 februari 2027",
        "Personligt brev": LETTER,
        **dict.fromkeys(asked, ANSWER),
    }
    wrong = page_two(client, ad, written, {"CV": (b"MZ" + PERSON.name.encode(), f"{PERSON.name}.exe")})
    assert wrong.status_code == 422
    assert page_two(client, ad, written, {"CV": (file, file_name)}).status_code == 303
    check = client.get(f"{base(ad)}/kontrollera")
    assert send(client, ad).status_code == 303
    receipt = client.get(f"{base(ad)}/kvitto")
    asked_for = {"E-post": PERSON.email}  # as somebody does who takes the candidate for one of the staff
    assert submit(client, "/logga-in", {**asked_for, "Lösenord": "gissar ett lösenord"}).status_code == 422
    assert submit(client, "/losenord", asked_for).status_code == 303
    run_rounds(world.app)
    return [late, wrong, check, receipt, show(world, private_link(receipt))]


def _assess(world: World, ad: Published) -> list[TestResponse]:
    """The panel is named; its one assessor answers about jäv, scores everything, hands in, and then changes a score."""
    case = f"/arbete/rekryteringar/{ad.id}"
    kansli, gunnel = world.browser(world.kansli), world.browser(world.gunnel)
    panel = {"people": [str(world.gunnel)], "leader": str(world.gunnel), "day": "2026-12-17"}
    assert submit(kansli, f"{case}/bedomare", panel).status_code == 303
    pages = [gunnel.get(f"{case}/jav")]
    assert submit(gunnel, f"{case}/jav", {}, "Spara och gå vidare").status_code == 303
    place = gunnel.get(f"{case}/bedom").headers["Location"]
    first = place
    while "/bedom/" in place:
        pages.append(gunnel.get(place))
        step = "yes" if 'value="yes"' in pages[-1].get_data(as_text=True) else "2"
        place = submit(gunnel, place, {"step": step}).headers["Location"]
    assert submit(gunnel, f"{case}/lamna-in", {}, "Lämna in").status_code == 303
    assert submit(gunnel, first, {"step": "no", "reason": REASON}).status_code == 303
    pages += [gunnel.get(first), gunnel.get(f"{first}?visa=cv&som=text")]
    return [*pages, gunnel.get(f"{case}/ordning"), kansli.get(f"{case}/gemensam")]


def _decide(world: World, ad: Published) -> list[TestResponse]:
    """Called, chosen with a reason, employed; everybody is told. The authority reads what has arrived."""
    case, (application,) = f"/arbete/rekryteringar/{ad.id}", applications_in(world, ad)
    kansli, region = world.browser(world.kansli), world.browser(world.region)
    page = submit(kansli, f"{case}/sokande/{application.id}", {}, "Kalla till intervju", follow_redirects=True)
    outcome = {"result": "anstalls", "criterion": str(ad.criteria[0]), "reason": OUTCOME}
    answered = submit(kansli, f"{case}/jav", {}, "Spara och gå vidare")
    assert answered.headers["Location"] == f"{case}/utfall"
    token = fields_of(kansli.get(f"{case}/utfall"))["csrf_token"][0]
    typed = {f"{application.id}-{name}": text for name, text in outcome.items()}
    saved = kansli.post(f"{case}/utfall/{application.id}", data={"csrf_token": token, **typed}, follow_redirects=True)
    employed = submit(kansli, f"{case}/anstall/{application.id}", TERMS, RECORD, follow_redirects=True)
    read = submit(kansli, f"{case}/besked", {}, "Jag har läst alla", follow_redirects=True)
    ended = submit(kansli, f"{case}/beslut/avsluta", {}, "Avsluta rekryteringen", follow_redirects=True)
    assert [answer.status_code for answer in (page, saved, employed, read, ended)] == [200] * 5
    run_rounds(world.app)
    record = region.get(f"/arbete/inkomna/{application.id}")
    return [
        page,
        saved,
        employed,
        read,
        ended,
        record,
        region.get("/arbete/inkomna"),
        region.get("/arbete/anstallningar"),
    ]
