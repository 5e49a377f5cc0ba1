"""Finding back to one answer: every box of the own matrix leads to its own score, the page tells what is done and what is
stored, and the papers stay as they were chosen to be shown."""

import re

from tests.forms import submit
from tests.review.panel import Panel

A_BOX = re.compile(r'<td class="cell[^"]*"><a href="([^"]+)">\s*<span class="name">([^<]+)</span>')


def page_of(panel: Panel, address: str) -> str:
    return panel.world.browser(panel.world.elof).get(address).get_data(as_text=True)


def test_every_box_leads_to_the_score_it_shows(panel: Panel) -> None:
    panel.declare(panel.world.elof)
    panel.score_all(panel.world.elof)
    found = A_BOX.findall(page_of(panel, f"{panel.url}/din-bedomning"))
    assert len(found) == 15 and len({href for href, _ in found}) == 15
    for href, head in found[:5]:
        heading = re.search(r"<h1>([^<]+)</h1>", page_of(panel, href.replace("&amp;", "&")))
        assert heading is not None and heading[1].startswith(head.rstrip("…"))


def test_the_former_is_a_link_to_see_and_the_queue_can_be_gone_to(panel: Panel) -> None:
    panel.declare(panel.world.elof)
    shown = page_of(panel, panel.score_url(panel.sent[0], 4))
    assert re.search(r'<a class="linklike" href="[^"]+" data-previous>Föregående sökande</a>', shown)
    assert '<a class="linklike" href="#alla">Visa alla</a>' in shown and '<ol id="alla"' in shown


def test_what_is_done_is_counted_in_the_group_and_in_all(panel: Panel) -> None:
    panel.declare(panel.world.elof)
    panel.step(panel.world.elof, panel.sent[0], 0, 2)
    shown = page_of(panel, panel.score_url(panel.sent[1]))
    assert re.search(r"<span data-tally>1 av 3</span> sökande klara</b>", shown)
    assert re.search(r"I allt <span data-tally-all[^>]*>1 av 15</span> svar", shown)


def test_a_change_that_waits_for_its_reason_is_not_said_to_be_saved(panel: Panel) -> None:
    panel.declare(panel.world.elof)
    panel.score_all(panel.world.elof)
    panel.hand_in(panel.world.elof)
    address = panel.score_url(panel.sent[0])
    shown = page_of(panel, address)
    assert re.search(r"Sparat [\d.:]+: Gott 2<", shown), "what is stored is named: another step may be chosen beside it"
    assert "Hoppa över" not in shown
    refused = submit(panel.world.browser(panel.world.elof), address, {"step": "3"}, "Spara").get_data(as_text=True)
    assert "Skriv en rad om varför du ändrar" in refused and "Sparat" not in refused[refused.index('id="dock"') :]


def test_papers_shown_as_text_stay_so_and_a_page_can_be_enlarged(panel: Panel) -> None:
    panel.declare(panel.world.elof)
    first = panel.score_url(panel.sent[0])
    shown = page_of(panel, f"{first}?som=text")
    assert 'aria-label="Visas som"' in shown and 'aria-current="page">Text</a>' in shown
    onwards = re.findall(r'<a [^>]*href="[^"]*som=text', shown[shown.index('id="alla"') :])
    assert len(onwards) == 3, "whoever comes next is shown so too"
    pictures = page_of(panel, first)
    assert re.search(r'<a class="page" id="sida-1" href="([^"]+)"><img src="\1"', pictures)
