"""A day in a sentence that the program has made, or somebody has written, is on no page broken over two lines."""

import re

from markupsafe import Markup

from portal.paths import TEMPLATES
from portal.swedish_dates import ENGLISH_MONTHS, MONTHS, with_whole_days
from portal.web.filters import paragraphs, unbroken
from tests.contracts.deciding import Clock, announced, write
from tests.world import World


def test_a_refusal_says_its_days_unbroken_in_the_summary_and_at_the_field(world: World, set_clock: Clock) -> None:
    refused = write(world, announced(world, set_clock), "Spara överklagandet", came="2027-01-21")
    raw = refused.data.decode()
    assert raw.count("21\xa0januari\xa02027 har inte varit än") == 2 and "21 januari 2027" not in raw


def test_what_was_written_and_stored_is_shown_with_its_days_unbroken() -> None:
    assert paragraphs("Kom in 16 januari 2027.\n\nSvar 3 maj.") == (
        "<p>Kom in 16\xa0januari\xa02027.</p><p>Svar 3\xa0maj.</p>"
    )


def test_nothing_but_a_day_is_joined() -> None:
    for said in ("20 marsvin", "i maj 2027", "§ 142 januarimötet", "12 mars-april"):
        assert with_whole_days(said).replace("\xa0", " ") == said
    assert with_whole_days("on 27 November 2026 or 3 May") == "on 27\xa0November\xa02026 or 3\xa0May"
    assert with_whole_days("20 marsvin") == "20 marsvin" and with_whole_days("i maj 2027") == "i maj 2027"


def test_what_is_safe_stays_so_and_nothing_else_becomes_it() -> None:
    assert unbroken(Markup("<b>1 maj 2027</b>")) == Markup("<b>1\xa0maj\xa02027</b>")
    assert isinstance(unbroken(Markup("1 maj")), Markup) and not isinstance(unbroken("<b>"), Markup)


def test_no_template_writes_a_day_that_a_line_may_end_within() -> None:
    day = re.compile(rf"\d (?:{'|'.join(MONTHS + ENGLISH_MONTHS)})\b")
    faults = []
    for path in sorted(TEMPLATES.rglob("*.html")):
        shown = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)
        faults += [(path.name, line) for line in shown.splitlines() if day.search(line) and "|unbroken" not in line]
    assert faults == []
