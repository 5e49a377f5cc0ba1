"""The first days' checklist: copied from the rules' own version, written on by the office, ticked, undone and left out."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from portal import scope
from portal.audit.models import AuditLine
from portal.contracts.models import Employment
from portal.contracts.onboarding import queries
from portal.contracts.onboarding.queries import onboarding_of
from portal.contracts.onboarding.services.listing import MOST_STEPS
from portal.profiles.shelf import RULES, require_profile
from tests.contracts.onboarding_lists import add, begin, one_of_each, place, posted, press, shown, steps
from tests.contracts.written.contracting import Recorded, recorded
from tests.counting import statements
from tests.world import World

GONE = "Steget är borttaget sedan du öppnade sidan."
Clock = Callable[[str], datetime]
NORTH = "region-vasternorrland"
LAST = "Se till att sekreteraren bokar tid för passerkort"


@pytest.fixture
def north(world: World, set_clock: Clock) -> Recorded:
    """An employment from 1 February 2027 in a region that goes by Västernorrland's rules."""
    return recorded(world, set_clock, rules=NORTH)


def left(world: World, id: UUID) -> list[str]:
    return [one.what for one in steps(world, id) if one.stand.value in ("left", "late")]


def test_the_steps_are_those_of_the_rules_with_their_owner_source_version_and_a_day(
    world: World, north: Recorded
) -> None:
    assert "Region Västernorrland, version 1 har 8 steg." in shown(world, north.employment)
    assert press(world, north.employment, "Börja introduktionen").status_code == 303
    listed = steps(world, north.employment)
    rules = require_profile("Region Västernorrland").rules["first_steps"].value  # type: ignore[union-attr]
    assert [(one.what, one.who) for one in listed] == [(one.what, one.who) for one in rules]
    assert {one.due for one in listed} == {date(2027, 2, 1)}
    with world.acting(scope.party(world.party)) as session:
        head = onboarding_of(session, north.employment)
        assert head is not None
        kept = (head.profile_key, head.profile_version, head.profile_print, head.source)
    profile = require_profile("Region Västernorrland")
    assert kept[:3] == (profile.key, profile.version, profile.print)
    assert kept[3].endswith("RS/265/2023, 2023-03-29, 2.1 Anställningsförfarande")
    page = shown(world, north.employment)
    assert "Stegen är hämtade från Region Västernorrland, version 1." in page
    assert page.count("på tillträdesdagen; reglerna säger inte när") == 8
    assert "Kansliets eget" not in page


def test_rules_that_say_nothing_give_no_steps_and_the_offices_are_told_as_its_own(
    world: World, set_clock: Clock
) -> None:
    one = recorded(world, set_clock, rules="region-sormland")
    assert "De delar av reglerna som återges i rapporten säger inget om vad som görs de första dagarna." in shown(
        world, one.employment
    )
    begin(world, one.employment)
    assert steps(world, one.employment) == []
    fields = {"what": "Beställa telefon", "who": "Kanslichefen", "due": "2027-01-25"}
    assert press(world, one.employment, "Lägg till steget", **fields).status_code == 303
    page = shown(world, one.employment)
    assert "Beställa telefon" in page
    assert "Kansliets eget" in page
    assert "7 dagar före tillträdet" in page


def test_a_region_without_rules_and_a_party_that_employs_under_a_regions_have_no_steps_invented(
    world: World, set_clock: Clock
) -> None:
    one = recorded(world, set_clock, employer="party", rules=NORTH)
    begin(world, one.employment)
    assert steps(world, one.employment) == []
    assert "gäller inte när partiet är arbetsgivare" in shown(world, one.employment)


def test_a_step_is_ticked_with_its_day_undone_and_left_out_and_the_page_says_by_whom(
    world: World, north: Recorded
) -> None:
    begin(world, north.employment)
    first, second, *_ = steps(world, north.employment)
    assert posted(world, north.employment, f"/{first.row.id}/klart", done_on="2026-12-14").status_code == 303
    assert (
        posted(world, north.employment, f"/{second.row.id}/galler-inte", reason="Görs av partiet.").status_code == 303
    )
    page = shown(world, north.employment)
    assert "avbockat av Samira Hedvall" in page and f'aria-label="Ångra: {first.what}"' in page
    assert "Görs av partiet." in page
    assert "1 av 7 steg är klara" in page
    for step in (first, second):
        assert posted(world, north.employment, f"/{step.row.id}/angra").status_code == 303
    assert len(left(world, north.employment)) == 8
    with world.acting(scope.party(world.party)) as session:
        rows = select(AuditLine.verb).where(AuditLine.verb.like("onboarding.%")).order_by(AuditLine.number)
        told = [verb.partition(".")[2] for verb in session.scalars(rows) if verb != "onboarding.read"]
    assert told == ["begun", "step_done", "step_left_out", "step_undone", "step_undone"]


def test_the_same_twice_changes_nothing_and_another_day_is_refused_until_it_is_undone(
    world: World, north: Recorded
) -> None:
    for _ in range(2):
        begin(world, north.employment)
    (first, *others) = steps(world, north.employment)
    assert len(others) == 7
    tick = f"/{first.row.id}/klart"
    for _ in range(2):
        assert posted(world, north.employment, tick, done_on="2026-12-14").status_code == 303
    again = posted(world, north.employment, tick, done_on="2026-12-13")
    assert again.status_code == 409
    assert "Steget är redan avbockat" in again.get_data(as_text=True)
    for tail, fields in (("galler-inte", {"reason": "x"}), ("dag", {"due": "2027-02-02"})):
        assert posted(world, north.employment, f"/{first.row.id}/{tail}", **fields).status_code == 409
    assert posted(world, north.employment, f"/{first.row.id}/angra").status_code == 303
    assert posted(world, north.employment, f"/{first.row.id}/angra").status_code == 409


def test_the_days_move_along_with_the_first_day_of_work(world: World, north: Recorded) -> None:
    begin(world, north.employment)
    (first, *_) = steps(world, north.employment)
    assert posted(world, north.employment, f"/{first.row.id}/dag", due="2027-01-18").status_code == 303
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Employment, north.employment).starts_on = date(2027, 3, 1)
    moved, second, *_ = steps(world, north.employment)
    assert (moved.due, second.due) == (date(2027, 2, 15), date(2027, 3, 1))


@pytest.mark.parametrize(
    ("tail", "fields", "sentence"),
    [
        ("/steg", {"due": "2027-02-01"}, "Skriv vad som ska göras."),
        ("/steg", {"what": "Nycklar"}, "Ange dagen då steget senast ska vara gjort."),
        ("/steg", {"what": "Nycklar", "due": "i går"}, "är inget datum"),
        ("/steg", {"what": "Nycklar", "due": "2029-02-01"}, "högst ett år före eller efter tillträdet 1 februari 2027"),
        ("/steg", {"what": "x" * 201, "due": "2027-02-01"}, "högst 200 tecken"),
        ("/steg", {"what": "Nycklar", "who": "x" * 121, "due": "2027-02-01"}, "högst 120 tecken"),
        ("/{id}/klart", {}, "Ange dagen då steget blev gjort."),
        ("/{id}/klart", {"done_on": "2026-12-15"}, "har inte varit än"),
        ("/{id}/klart", {"done_on": "2025-12-15"}, "högst ett år före eller efter"),
        ("/{id}/galler-inte", {"reason": "  "}, "Skriv varför steget inte gäller."),
        ("/{id}/galler-inte", {"reason": "x" * 501}, "högst 500 tecken"),
        ("/{id}/dag", {"due": "2028-02-02"}, "högst ett år före eller efter"),
        ("/{id}/dag", {"due": "9999-99-99"}, "är inget datum"),
    ],
)
def test_what_is_wrong_missing_or_huge_is_said_and_changes_nothing(
    world: World, north: Recorded, tail: str, fields: dict[str, str], sentence: str
) -> None:
    begin(world, north.employment)
    before = [(one.row.id, one.row.days) for one in steps(world, north.employment)]
    answer = posted(world, north.employment, tail.format(id=before[0][0]), **fields)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True).replace("\xa0", " ")
    assert [(one.row.id, one.row.days) for one in steps(world, north.employment)] == before
    assert len(left(world, north.employment)) == 8


def test_hostile_words_are_shown_as_they_are_and_run_nowhere(world: World, north: Recorded) -> None:
    begin(world, north.employment)
    what = "<script>alert(1)</script>{{ 7*7 }}\u202e\x00'; DROP TABLE onboarding_step"
    fields = {"what": what, "who": "<b>", "due": "2027-02-01"}
    assert posted(world, north.employment, "/steg", **fields).status_code == 303
    page = shown(world, north.employment)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in page
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert len(steps(world, north.employment)) == 9


def test_the_offices_own_step_is_taken_away_and_the_rules_never(world: World, north: Recorded) -> None:
    begin(world, north.employment)
    own = add(world, north.employment)
    (of_rules, *_) = steps(world, north.employment)
    refused = posted(world, north.employment, f"/{of_rules.row.id}/ta-bort")
    assert refused.status_code == 409
    assert "Steget står i reglerna och tas inte bort." in refused.get_data(as_text=True)
    assert posted(world, north.employment, f"/{own}/klart", done_on="2026-12-14").status_code == 303
    assert posted(world, north.employment, f"/{own}/ta-bort").status_code == 409
    assert posted(world, north.employment, f"/{own}/angra").status_code == 303
    assert posted(world, north.employment, f"/{own}/ta-bort").status_code == 303
    gone = posted(world, north.employment, f"/{own}/ta-bort", marks="")
    assert gone.status_code == 409 and GONE in gone.get_data(as_text=True)
    assert len(steps(world, north.employment)) == 8


def test_a_list_that_nobody_reads_is_not_made(world: World, north: Recorded) -> None:
    begin(world, north.employment)
    for number in range(MOST_STEPS - 8):
        add(world, north.employment, f"Steg {number}")
    answer = posted(world, north.employment, "/steg", what="Ett till", due="2027-02-01")
    assert answer.status_code == 422
    assert "Listan har redan 60 steg." in answer.get_data(as_text=True)


def test_nothing_is_written_before_the_list_is_begun_or_after_the_employment(
    world: World, north: Recorded, set_clock: Clock
) -> None:
    assert posted(world, north.employment, "/steg", what="Nycklar", due="2027-02-01").status_code == 409
    left_step = one_of_each(world, north.employment)
    set_clock("2031-01-01T09:00")
    for tail in (f"/{left_step}/klart", f"/{left_step}/angra"):
        late = posted(world, north.employment, tail, done_on="2027-02-01")
        assert late.status_code == 409
        assert "Anställningen upphörde 31 december 2030." in late.get_data(as_text=True).replace("\xa0", " ")
    assert "Bocka av" not in shown(world, north.employment)


def test_the_region_reads_a_rival_and_an_assessor_do_not_and_none_of_them_writes(world: World, north: Recorded) -> None:
    id = one_of_each(world, north.employment)
    page = shown(world, north.employment, "region")
    assert "Har redan nycklar." in page
    for word in ("Bocka av", "Ångra", "Lägg till", "Ändra dagen"):
        assert word not in page
    for person in ("rival_kansli", "gunnel", "drift"):
        assert world.browser(getattr(world, person)).get(place(north.employment)).status_code == 404
    for person in ("region", "rival_kansli", "gunnel"):
        answer = posted(world, north.employment, f"/{id}/klart", person, done_on="2026-12-14")
        assert answer.status_code == 404
    assert "Boka rundtur" in left(world, north.employment)


def test_the_region_sees_nothing_of_those_the_party_employs(world: World, set_clock: Clock) -> None:
    one = recorded(world, set_clock, employer="party")
    one_of_each(world, one.employment)
    assert world.browser(world.region).get(place(one.employment)).status_code == 404


def test_a_step_of_another_list_is_no_step_of_this(world: World, north: Recorded, set_clock: Clock) -> None:
    other = recorded(world, set_clock)
    theirs = one_of_each(world, other.employment)
    begin(world, north.employment)
    for id in (theirs, uuid4()):
        for tail in ("klart", "angra", "ta-bort", "dag", "galler-inte"):
            typed = {"done_on": "2026-12-14", "due": "2027-02-01", "reason": "x"}
            answer = posted(world, north.employment, f"/{id}/{tail}", marks="", **typed)
            assert answer.status_code == 409, "no other answer than for one that never was"
            assert "Boka rundtur" not in answer.get_data(as_text=True)
            assert posted(world, north.employment, f"/{id}/{tail}", **typed).status_code == 404
            assert posted(world, north.employment, f"/{id}/{tail}").status_code == 404
    assert "Boka rundtur" in left(world, other.employment)


def test_the_page_asks_the_same_however_many_steps(world: World, north: Recorded) -> None:
    one_of_each(world, north.employment)
    browser, counts = world.browser(world.kansli), []
    for number in range(2):
        browser.get(place(north.employment))
        with statements(world.app) as asked:
            browser.get(place(north.employment))
        counts.append(asked.count)
        for more in range(5):
            add(world, north.employment, f"Steg {number} {more}")
    assert counts == [10, 10]  # two of them whether the reader competes for the post


def test_the_list_keeps_the_version_it_was_copied_from_when_the_rules_change(
    world: World, north: Recorded, set_clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(world, north.employment)
    text = (RULES / f"{NORTH}.toml").read_text(encoding="utf-8")
    assert LAST in text
    newer = text.replace("version = 1", "version = 2").replace(LAST, "Hämta ut nycklar")
    (tmp_path / "earlier").mkdir()
    (tmp_path / "earlier" / f"{NORTH}.1.toml").write_text(text, encoding="utf-8")
    (tmp_path / f"{NORTH}.toml").write_text(newer, encoding="utf-8")
    monkeypatch.setattr(queries, "SHELF", tmp_path)
    page = shown(world, north.employment)
    assert "Stegen är hämtade från Region Västernorrland, version 1." in page
    assert LAST in page
    assert "Hämta ut nycklar" not in page
    other = recorded(world, set_clock)
    assert "Region Västernorrland, version 2 har 8 steg." in shown(world, other.employment)
    begin(world, other.employment)
    assert "Hämta ut nycklar" in shown(world, other.employment)


def test_days_of_the_rules_are_told_and_so_is_that_the_office_has_moved_one(
    world: World, north: Recorded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (RULES / f"{NORTH}.toml").read_text(encoding="utf-8")
    dated = text.replace(f'what = "{LAST}"', f'what = "{LAST}", days = -14')
    (tmp_path / f"{NORTH}.toml").write_text(dated, encoding="utf-8")
    monkeypatch.setattr(queries, "SHELF", tmp_path)
    begin(world, north.employment)
    *_, last = steps(world, north.employment)
    assert (last.due, last.row.rule_days) == (date(2027, 1, 18), -14)
    assert "14 dagar före tillträdet" in shown(world, north.employment)
    assert posted(world, north.employment, f"/{last.row.id}/dag", due="2027-01-31").status_code == 303
    moved = "en dag före tillträdet, flyttat av kansliet; reglerna säger 14 dagar före tillträdet"
    assert moved in shown(world, north.employment)
