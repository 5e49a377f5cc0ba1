"""Who decided is written down once: the contract has it from the employment decision, where there is one."""

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO

import pytest
from pdfminer.high_level import extract_text

from portal import scope
from portal.contracts.decision.deciders import Decider, Seat, as_words
from portal.contracts.decision.services.writing import write_decision
from portal.contracts.written.queries import words_of_paper
from portal.contracts.written.refusals import StillOpen
from tests.contracts.acts.changing import BACK, EXTEND, change
from tests.contracts.deciding import BY_GROUP_LEADER, about, decision, write
from tests.contracts.written.contracting import Recorded, offer, recorded, save, take_back
from tests.forms import submit
from tests.world import World

Clock = Callable[[str], datetime]
IN_WORDS = "Gunnel Sundvall (gruppledare, ledamot i styrelsen), Delegationsordningen 4.2, beslut D 12/2026"


@pytest.fixture
def one(world: World, set_clock: Clock) -> Recorded:
    """An employment by an authority whose rules nobody has read, so that all is open."""
    return recorded(world, set_clock)


def page_of(one: Recorded) -> str:
    answer = one.world.browser(one.world.kansli).get(one.page)
    assert answer.status_code == 200
    return answer.get_data(as_text=True).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (("Gunnel Sundvall", Decider.GROUP_LEADER, Seat.MEMBER, "Delegationsordningen 4.2", "D 12/2026"), IN_WORDS),
        (("Regionstyrelsen", Decider.BOARD, None, "", "§ 8"), "Regionstyrelsen (styrelsen själv), beslut § 8"),
        (("Partiets styrelse", Decider.PARTY_BOARD, None, "", ""), "Partiets styrelse"),
    ],
)
def test_a_decision_is_told_in_one_line_without_what_nobody_wrote(
    said: tuple[str, Decider, Seat | None, str, str], words: str
) -> None:
    assert as_words(*said) == words


def test_without_a_decision_the_page_asks_who_decided_and_shows_the_way_to_the_decision(one: Recorded) -> None:
    save(one, decided_by="")
    page = page_of(one)
    assert 'name="decided_by"' in page
    assert "Skriv vem som har beslutat om anställningen." in page
    assert f"/arbete/anstallningar/{one.employment}/beslut" in page


def test_a_decision_that_is_written_down_stands_in_the_contract_and_is_not_asked_for(one: Recorded) -> None:
    save(one, decided_by="")
    assert write(one.world, one.employment, **BY_GROUP_LEADER).status_code == 303
    page = page_of(one)
    assert IN_WORDS in page
    assert 'name="decided_by"' not in page
    assert "Skriv vem som har beslutat" not in page
    draft = one.world.browser(one.world.kansli).get(f"{one.page}/utkast.pdf")
    assert IN_WORDS in " ".join(extract_text(BytesIO(draft.data)).replace("\xa0", " ").split())


def test_a_decision_by_another_than_the_rules_have_in_mind_is_told_by_itself(world: World, set_clock: Clock) -> None:
    one = recorded(world, set_clock, rules="region-vasternorrland")
    save(one, decided_by="")
    assert "Gruppledaren för respektive parti, på delegation" in page_of(one)
    board = {
        **BY_GROUP_LEADER,
        "decider": "board",
        "who": "Regionstyrelsen",
        "seat": "",
        "delegation": "",
        "number": "§ 8",
    }
    assert write(one.world, one.employment, **board).status_code == 303
    draft = one.world.browser(one.world.kansli).get(f"{one.page}/utkast.pdf")
    paper = " ".join(extract_text(BytesIO(draft.data)).replace("\xa0", " ").split())
    assert "Regionstyrelsen (styrelsen själv), beslut § 8" in paper
    assert "Gruppledaren för respektive parti" not in paper.replace(paper.split("Beslut fattat av")[0], "")
    offer(one)
    row = one.held().row
    assert row is not None
    with world.acting(scope.party(one.party)) as session:
        assert words_of_paper(session, row, "decided_by") == "Regionstyrelsen (styrelsen själv), beslut § 8"


def test_a_rule_of_who_may_decide_is_no_decision_that_somebody_took(world: World, set_clock: Clock) -> None:
    rule = "Gruppledaren för respektive parti"
    one = recorded(world, set_clock, rules="region-vasternorrland")
    save(one, decided_by="")
    assert "Skriv vem som har beslutat om anställningen. Reglerna säger vem som får" in page_of(one)
    assert "Beslut fattat av Fylls i innan avtalet kan erbjudas" in paper_of(one)
    with pytest.raises(StillOpen, match="vem som har beslutat"):
        offer(one)
    save(one, decided_by="Gunnel Sundvall")
    assert "Beslut fattat av Gunnel Sundvall" in paper_of(one) and rule not in paper_of(one)
    offer(one)


def test_the_decision_wins_over_what_was_typed_before_and_what_is_posted_by_hand(one: Recorded) -> None:
    save(one, decided_by="Ylva Strandberg")
    assert write(one.world, one.employment, **BY_GROUP_LEADER).status_code == 303
    assert submit(one.world.browser(one.world.kansli), one.page, {"pay": "41 500"}, "Spara").status_code == 303
    assert one.held().filled.decided_by == IN_WORDS
    offer(one)
    row = one.held().row
    assert row is not None
    with one.world.acting(scope.party(one.party)) as session:
        assert words_of_paper(session, row, "decided_by") == IN_WORDS


def test_an_offered_contract_keeps_its_words_when_the_decision_is_corrected(one: Recorded) -> None:
    save(one)
    assert write(one.world, one.employment, **BY_GROUP_LEADER).status_code == 303
    offer(one)
    assert write(one.world, one.employment, **{**BY_GROUP_LEADER, "who": "Elof Näsman"}).status_code == 303
    page = page_of(one)
    assert IN_WORDS in page
    assert "Elof Näsman" not in page


def test_the_day_of_the_decision_is_not_changed_behind_an_offered_contract(one: Recorded, set_clock: Clock) -> None:
    set_clock("2026-12-16T09:00")
    save(one)
    offer(one)
    moved = write(one.world, one.employment, **{**BY_GROUP_LEADER, "decided": "2026-12-15"})
    assert moved.status_code == 422
    assert "ta tillbaka avtalet" in moved.get_data(as_text=True)
    assert one.held().facts.decided_on == date(2026, 12, 14)
    take_back(one)
    assert write(one.world, one.employment, **{**BY_GROUP_LEADER, "decided": "2026-12-15"}).status_code == 303
    assert one.held().facts.decided_on == date(2026, 12, 15)


def test_kl_4_33_an_extension_that_the_last_day_rests_on_is_told_with_who_decided_it(
    world: World, set_clock: Clock
) -> None:
    """What was decided first may be from before an election, and cannot carry the time that is given."""
    one = recorded(world, set_clock, ends=date(2028, 12, 31))
    save(one)
    set_clock("2026-12-15T09:00")
    assert "Förlängning" not in paper_of(one)
    assert change(world, one.employment, EXTEND, decided="2026-12-15", ends="2030-12-31").status_code == 303
    assert "Förlängning beslutad 15 december 2026" in paper_of(one) and "beslutad av" not in paper_of(one)
    with world.writing(scope.party(one.party)) as session:
        said = decision(decided=date(2026, 12, 15), who="Elof Näsman", number="D 14/2026")
        assert write_decision(session, decision=said, **about(world, one.employment, 1))
    assert "Beslut fattat 14 december 2026" in paper_of(one)
    assert "Förlängning beslutad av Elof Näsman" in paper_of(one) and "beslut D 14/2026" in paper_of(one)
    assert change(world, one.employment, BACK).status_code == 303
    assert "Förlängning" not in paper_of(one)


def paper_of(one: Recorded) -> str:
    with one.world.acting(scope.party(one.party)):
        blocks = one.held().sheet(on=date(2026, 12, 15)).blocks
    return " ".join(f"{row[0]} {row[1]}" for block in blocks if block["kind"] == "pairs" for row in block["rows"])
