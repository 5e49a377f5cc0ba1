"""The page of an authority's own rules: each value with its source, what is unknown in words, what a person fills in."""

import re
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from portal.db import db, unit_of_work
from portal.operations.schema import downgrade, upgrade
from portal.operations.services import findings
from portal.organisations.models import Authority
from portal.profiles import shelf
from portal.profiles.keys import KEYS
from portal.profiles.profile import Sourced, Unknown, words_of
from portal.profiles.rulebook import parts_of, to_fill
from portal.profiles.shelf import RULES, profiles, require_profile
from tests.counting import statements
from tests.forms import submit
from tests.pages import parse
from tests.world import World

PAGE = "/arbete/regler"
Named = Callable[..., None]


@pytest.fixture
def named(world: World) -> Named:
    """The world's authority goes by another name, or by rules that are kept under another."""

    def name_it(name: str = "Region Ådalen", key: str | None = None, kind: str = "region") -> None:
        with world.app.app_context(), unit_of_work() as session:
            authority = session.get_one(Authority, world.authority)
            authority.name, authority.profile_key, authority.kind = name, key, kind

    return name_it


@pytest.fixture
def rules_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """The rules lie in another folder."""

    def lie_in(folder: Path) -> None:
        for verb in (shelf.profiles, shelf.profile_called, shelf.require_profile):
            monkeypatch.setattr(verb, "__defaults__", (folder,))

    return lie_in


def page_for(world: World, person: UUID) -> str:
    answer = world.browser(person).get(PAGE)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def cells(page: str) -> dict[str, str]:
    """What stands beside each rule of the page, by its label."""
    found = {}
    for row in parse(page).iter("{http://www.w3.org/1999/xhtml}tr"):
        head, *rest = ["".join(cell.itertext()).strip() for cell in row]
        found[" ".join(head.split())] = " ".join(" ".join(rest).split())
    return found


@pytest.mark.parametrize("who", ["kansli", "region"])
def test_the_office_and_the_authority_read_each_rule_with_its_source(world: World, named: Named, who: str) -> None:
    named("Region Västernorrland")
    page = page_for(world, getattr(world, who))
    said = cells(page)
    assert said["Vem som tar fram avtalet"].startswith("Enheten Löneservice")
    assert "2.1 Anställningsförfarande" in said["Vem som tar fram avtalet"]
    assert "RS/265/2023" in said["Vem som tar fram avtalet"]
    assert said["Arbetsledare"].startswith("Okänt Kopian av rapporten slutar")
    assert "när regionen anställer: arbetsledare, uppsägningstid" in page


@pytest.mark.parametrize("name", [one.name for one in profiles()])
def test_no_page_shows_a_value_or_a_source_for_what_is_unknown(world: World, named: Named, name: str) -> None:
    """Every key of every profile stands on its page once for each answer, and an unknown one with its words alone."""
    one = require_profile(name)
    named(name, kind=one.kind)
    said = cells(page_for(world, world.kansli))
    place = "kommunen" if one.kind == "kommun" else "regionen"
    whens = {"": one.rules} | {
        f" när {place if employer == 'authority' else 'partiet'} anställer": told
        for employer, told in one.alternatives.items()
    }
    shown = 0
    for when, told in whens.items():
        for key, answer in told.items():
            beside = said[KEYS[key].label + when]
            shown += 1
            if isinstance(answer, Unknown):
                assert beside == f"Okänt {answer.unclear}"
            else:
                words = (*words_of(KEYS[key], answer.value), answer.paragraph, answer.source)
                assert all(word in beside for word in words)
                assert not beside.startswith("Okänt")
    assert shown == sum(one.counted()) == len(said) - 1  # the headings of the tables are alike


def test_where_the_party_chooses_both_sides_stand_beside_each_other(world: World, named: Named) -> None:
    named("Region Jämtland Härjedalen")
    page = page_for(world, world.region)
    said = cells(page)
    assert said["Arbetsledare när partiet anställer"].startswith("Partiet")
    assert said["Arbetsledare när regionen anställer"].startswith("Okänt Protokollet § 9")
    assert "när regionen anställer: arbetsledare, arbetsmiljöansvar" in page


def test_an_authority_without_rules_is_told_so_and_everything_is_to_be_filled_in(world: World) -> None:
    page = page_for(world, world.kansli)
    assert "Det finns inga regler inlagda för Region Ådalen" in page
    assert "<table" not in page
    assert re.search(r"när partiet anställer: arbetsgivare, arbetsledare, arbetsmiljöansvar", page)
    assert "Organisationens regler" not in page
    assert "Organisationens regler" in page_for(world, world.region)


def test_a_municipality_reads_of_a_municipality(world: World, named: Named) -> None:
    named("Östersunds kommun", kind="kommun")
    page = page_for(world, world.kansli)
    assert "<h1>Kommunens regler</h1>" in page
    assert "regionen" not in page.casefold().replace("region jämtland", "")


def test_an_authority_whose_rules_have_another_name_chooses_them_and_drift_may_too(world: World) -> None:
    region = world.browser(world.region)
    assert submit(region, "/arbete/myndighet", {"profile_key": "region-varmland"}).status_code == 303
    page = page_for(world, world.kansli)
    assert "Region Värmland, vars regler används här" in page
    assert cells(page)["Uppsägningstid"].startswith("3 månader")
    drift = world.browser(world.drift)
    assert submit(drift, f"/drift/myndighet/{world.authority}", {"profile_key": ""}).status_code == 303
    assert "Det finns inga regler" in page_for(world, world.kansli)


@pytest.mark.parametrize("wrong", ["region-ingenstans", "../../etc/passwd", "x" * 5000, "<script>"])
def test_rules_that_are_not_in_the_list_cannot_be_chosen(world: World, wrong: str) -> None:
    answer = submit(world.browser(world.region), "/arbete/myndighet", {"profile_key": wrong})
    assert answer.status_code == 422
    assert "Välj ett av namnen i listan." in answer.get_data(as_text=True)


def test_a_choice_whose_file_has_gone_is_kept_and_shown(world: World, named: Named) -> None:
    named(key="region-borta")
    region = world.browser(world.region)
    assert "region-borta (finns inte just nu)" in region.get("/arbete/myndighet").get_data(as_text=True)
    assert submit(region, "/arbete/myndighet", {"controller_name": "Styrelsen"}).status_code == 303
    with world.app.app_context():
        assert db.session.get_one(Authority, world.authority).profile_key == "region-borta"
    assert "Det finns inga regler" in page_for(world, world.kansli)


def test_markup_in_a_rule_is_text(world: World, named: Named, rules_in: Callable[[Path], None], tmp_path: Path) -> None:
    plain = (RULES / "region-varmland.toml").read_text(encoding="utf-8")
    hostile = plain.replace("Regionstyrelsen, som är", "<script>alert(1)</script>{{ 7*7 }}, som är")
    (tmp_path / "region-varmland.toml").write_text(hostile, encoding="utf-8")
    rules_in(tmp_path)
    named("Region Värmland")
    page = page_for(world, world.kansli)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in page


def test_a_wrong_file_stops_no_page_and_is_found_by_the_check(
    world: World, named: Named, rules_in: Callable[[Path], None], tmp_path: Path
) -> None:
    (tmp_path / "region-x.toml").write_text('name = "X"\nstadga = 1\n', encoding="utf-8")
    rules_in(tmp_path)
    named("Region Värmland")
    page = page_for(world, world.kansli)
    assert "En regelfil är fel skriven" in page
    assert "region-x.toml" not in page
    assert submit(world.browser(world.region), "/arbete/myndighet", {"controller_name": "Styrelsen"}).status_code == 303
    with world.app.app_context():
        assert any("region-x.toml, rad 2: stadga finns inte här" in found for found in findings(world.app))


def test_the_rules_ask_the_database_for_nothing_but_who_one_is(world: World, named: Named) -> None:
    counts = []
    for name in ("Region Ådalen", "Region Jämtland Härjedalen"):
        named(name)
        browser = world.browser(world.kansli)
        browser.get(PAGE)
        with statements(world.app) as asked:
            browser.get(PAGE)
        counts.append(asked.count)
    assert counts == [1, 1]


def test_the_way_to_the_rules_is_on_the_own_account(world: World) -> None:
    for person in (world.kansli, world.region):
        assert PAGE in world.browser(person).get("/konto").get_data(as_text=True)


def test_everything_that_is_to_be_filled_in_is_a_key_of_the_catalogue() -> None:
    labels = {key.label for key in KEYS.values()}
    for one in (None, *profiles()):
        for filled in to_fill(one, "region"):
            assert set(filled.labels) <= labels
    assert sum(len(part.lines) for part in parts_of(require_profile("Region Värmland"))) == len(KEYS)
    answer = require_profile("Region Värmland").rules["notice_months"]
    assert isinstance(answer, Sourced)


def test_the_column_of_whose_rules_comes_and_goes_and_keeps_every_authority(world: World) -> None:
    with world.app.app_context():
        before = db.session.execute(text("SELECT name, kind, controller_name FROM authority")).all()
        db.session.rollback()
        downgrade(revision="0011")
        upgrade()
        kept = text("SELECT name, kind, controller_name, profile_key FROM authority")
        assert db.session.execute(kept).all() == [(*row, None) for row in before]
