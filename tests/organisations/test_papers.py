"""The papers on personal data: filled in with what the installation knows, for whom they are for, in two languages."""

import re
from datetime import timedelta
from io import BytesIO

import pypdfium2
import pytest

from portal import clock, scope
from portal.accounts.tasks import LOG_INS_KEPT
from portal.organisations.access import Role
from portal.organisations.models import Authority, Party
from portal.organisations.papers import USUAL_MONTHS, lines_of, papers_for
from portal.organisations.retention import Retention
from portal.organisations.routes import data_protection
from portal.organisations.services.settings import say_rule
from portal.organisations.trials import Promise, Trial, promises
from portal.posts.employer_model import RETENTION_MONTHS
from tests.database import POSTGRESQL
from tests.world import World, publish_ad

PLACE = "/arbete/dataskydd"

DATABASE = "PostgreSQL" if POSTGRESQL else "SQLite"


def text_of(world: World, who: str, name: str) -> str:
    answer = world.browser(getattr(world, who)).get(f"{PLACE}/{name}")
    assert (answer.status_code, answer.headers["Content-Disposition"].split(";")[0]) == (200, "attachment"), name
    return answer.get_data(as_text=True)


def test_each_role_has_the_papers_it_has_use_for(world: World) -> None:
    assert [[paper.key for paper in papers_for(role)] for role in (Role.KANSLI, Role.DRIFT, Role.LEDAMOT)] == [
        ["record", "dpia", "agreement", "trials"],
        ["record", "agreement", "trials"],
        [],
    ]
    page = world.browser(world.drift).get(PLACE).get_data(as_text=True)
    assert "Biträdesavtal" in page and "Konsekvensbedömning" not in page
    for who, name in (("drift", "dpia-sv.txt"), ("kansli", "annat-sv.txt"), ("kansli", "record-de.txt")):
        assert world.browser(getattr(world, who)).get(f"{PLACE}/{name}").status_code == 404
    assert world.browser(world.elof).get(PLACE).status_code == 404


def test_a_record_of_processing_is_filled_in_by_who_answers_for_it(world: World) -> None:
    with world.writing(scope.PLATFORM) as session:
        for kind, id, basis in (
            (Party, world.party, "Styrelsens beslut 2026-01-12 § 4"),
            (Authority, world.authority, "Gallringsbeslut 2024 § 12"),
        ):  # fmt: skip
            say_rule(session, session.get_one(kind, id), Retention(24, basis, clock.today()), None, clock.now())
    party, region = text_of(world, "kansli", "record-sv.txt"), text_of(world, "region", "record-sv.txt")
    assert all(
        word in party for word in ("Närvårdspartiet i Ådalen", "9.2 a", "Styrelsens beslut", "tillsatt", DATABASE)
    )
    assert all(word in region for word in ("Regionstyrelsen i Region Ådalen", "6.1 e", "Gallringsbeslut", "laga kraft"))
    assert "där ingen anställdes, den dag som myndigheten har angett" in region, "as privacy.clocks counts"
    assert "Den anställdas ansökan: 24 månader efter anställningens sista dag" in party, "as privacy.clocks counts"
    assert "Den anställdas ansökan och avtalet" in region and "Den anställdas ansökan och avtalet" not in party
    assert all("kopiorna av den har slängts, inom 30 dagar" in paper for paper in (party, region)), "docs/backups.md"
    assert all(f"Inloggningar: {LOG_INS_KEPT.days} dagar" in paper for paper in (party, region))
    assert "Dalpartiet" not in party + region, "a rival is nobody's business"
    assert all(name in text_of(world, "drift", "record-sv.txt") for name in ("Närvårdspartiet", "Dalpartiet"))


@pytest.mark.parametrize("paper", ["record", "dpia"])
def test_a_paper_says_how_long_each_has_decided_to_keep_and_the_usual_where_nobody_has(
    world: World, paper: str
) -> None:
    def months(who: str) -> list[list[str]]:
        line = re.compile(r"^- (?:Ansökningar|Applications|Frist|Time): (\d+) m", re.M)
        return [line.findall(text_of(world, who, f"{paper}-{spoken}.txt")) for spoken in ("sv", "en")]

    assert months("region") == [[str(USUAL_MONTHS)]] * 2, "nothing is decided there"
    with world.writing(scope.PLATFORM) as session:
        for kind, id, kept in ((Party, world.party, 12), (Authority, world.authority, 36)):
            said = Retention(kept, "Ett beslut", clock.today())
            say_rule(session, session.get_one(kind, id), said, None, clock.now() + timedelta(minutes=1))
    assert (months("kansli"), months("region")) == ([["12"]] * 2, [["36"]] * 2)


@pytest.mark.parametrize("paper", ["record", "dpia", "agreement", "trials"])
def test_a_paper_is_the_same_as_text_and_as_tagged_pdf_in_both_languages(world: World, paper: str) -> None:
    publish_ad(world)
    for spoken, title in (("sv", "artikel"), ("en", "Article")):
        text = text_of(world, "kansli", f"{paper}-{spoken}.txt")
        assert text.startswith("# ") and title in text.split("\n")[0]
        told = text
        for own in ("i Ådalen", "Närvårdspartiet"):  # its own names
            told = told.replace(own, "")
        assert spoken == "sv" or not re.search("[åäöÅÄÖ]", told)
        data = world.browser(world.kansli).get(f"{PLACE}/{paper}-{spoken}.pdf").data
        with pypdfium2.PdfDocument(BytesIO(data)) as pdf:
            said = " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())
        assert b"/MarkInfo" in data or b"pdfuaid" in data
        first, *_, last = [line for _style, line in lines_of(text)]
        assert first in said and last[:30] in said


@pytest.mark.parametrize(
    ("who", "name", "articles"),
    [
        ("kansli", "record", "6.1 f|9.2 a|9.2 f|[fyll i, om ni har ett]|eller rekryteringen avslutad|referenser"),
        ("region", "record", "9.2 b och g|3 kap. 2–3 §§|[fyll i: en myndighet ska ha ett|gallras som de andra|begärt ut"),
        ("drift", "record", "30.2 b|Dataskyddsombud|Regionstyrelsen i Region Ådalen"),
        ("kansli", "dpia", "35.2|35.9|artikel 36|9.2 f|Intresseavvägningen|skyddade personuppgifter röjs"),
        ("region", "dpia", "35.2|35.9|3 kap. 3 §|inte samtycke|artikel 37.1 a"),
        ("kansli", "agreement", "28.2|28.3 a|28.3 b|28.3 c|28.3 d|28.3 e|28.3 f|28.3 g|28.3 h|33.2|utanför EU och EES"),
        ("region", "agreement", "2020:914|insyn"),
    ],
)  # fmt: skip
def test_a_paper_says_what_its_article_asks_for(world: World, who: str, name: str, articles: str) -> None:
    text = text_of(world, who, f"{name}-sv.txt")
    assert [article for article in articles.split("|") if article not in text] == []
    if who == "kansli":
        assert not any(word in text for word in ("gallra", "2020:914", "allmän handling")), "an authority's words"


def test_a_named_officer_stands_in_the_papers(world: World) -> None:
    with world.writing(scope.PLATFORM) as session:
        session.get_one(Authority, world.authority).data_officer = "dso@example.se"
    for name in ("record", "dpia"):
        assert "dso@example.se" in text_of(world, "region", f"{name}-sv.txt")
        assert "dso@example.se" not in text_of(world, "kansli", f"{name}-sv.txt")


def test_gdpr_32_the_paper_on_trials_tells_every_promise_and_one_that_did_not_hold(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = text_of(world, "drift", "trials-sv.txt")
    assert [one.swedish for one in promises() if one.swedish not in told] == []
    assert told.count("Prov: ") == sum(bool(one.trials) for one in promises()) > 30
    assert "HÖLL INTE" not in told
    trials = Trial("one", "SQLite", "2026-11-20", True), Trial("two", "SQLite", "2026-11-21", False)
    made = Promise("c", "Allt går.", "All goes.", trials), Promise("a", "Intet.", "Nothing.", ())
    monkeypatch.setattr(data_protection, "promises", lambda: made)
    told = text_of(world, "kansli", "trials-en.txt")
    assert "- All goes. DID NOT HOLD, 2026-11-20. Database: SQLite. Proofs: one, two." in told
    assert told.index("not in full size yet") < told.index("- Nothing.")


def test_lines_are_read_by_their_marks() -> None:
    text = "# Titel\n\n## Del\n- en\nOrd.\n"
    assert lines_of(text) == [("title", "Titel"), ("heading", "Del"), ("item", "en"), ("plain", "Ord.")]


def test_the_usual_time_is_that_of_the_ads() -> None:
    assert USUAL_MONTHS == RETENTION_MONTHS
