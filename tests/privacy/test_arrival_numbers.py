"""An arrival number is the authority's alone: the series is one for all its parties, and two tell what came to others."""

import io

import pypdfium2

from portal import scope
from portal.register.models import ArrivalCounter
from tests.applicants import Sent
from tests.applications.paper import apply, letters, private_link
from tests.applications.test_changing import NEW_CV, change
from tests.crawl import crawl
from tests.decisions.recruiting import closed_recruitment
from tests.door import own_browser
from tests.forms import submit
from tests.privacy.candidates import Clock, copy_at, link_of
from tests.world import World, publish_ad

SERIES, FIRST = "84721", 8472100  # no other number on any page begins so


def far_on(world: World) -> None:
    """The authority's series has come far."""
    with world.writing(scope.authority(world.authority)) as session:
        counter = session.get(ArrivalCounter, world.authority)
        if counter is None:
            session.add(ArrivalCounter(id=world.authority, last_number=FIRST))
        else:
            counter.last_number = FIRST


def paper_of(data: bytes) -> str:
    with pypdfium2.PdfDocument(io.BytesIO(data)) as paper:
        return " ".join(page.get_textpage().get_text_range() for page in paper)


def test_a_candidate_reads_no_number_of_the_series_but_when_it_came_in(world: World) -> None:
    far_on(world)
    own, ad = own_browser(world), publish_ad(world)
    receipt = apply(own, ad)
    link = private_link(receipt)
    assert change(own, link, {"Personligt brev": "Ett nytt brev."}, NEW_CV) == 303
    assert submit(own, f"{link}/brev", {"Ditt brev": "När får jag veta?"}, "Skicka brevet").status_code == 303
    page = own.get(link).get_data(as_text=True)
    assert "Frågar du om en ändring, nämn när den kom in." in page
    copy = copy_at(world, link)
    told = [
        receipt.get_data(as_text=True), page, own.get(f"{link}/brev").get_data(as_text=True),
        paper_of(own.get(f"{link}/kvitto.pdf").data), *(mail.subject + mail.body for mail in letters(world)),
        *(data.decode() for name, data in copy.items() if name.endswith((".json", ".html", ".txt", ".csv"))),
    ]  # fmt: skip
    assert len(told) > 6
    assert not [one for one in told if SERIES in one]
    registrar = world.browser(world.region).get("/arbete/inkomna").get_data(as_text=True)
    assert registrar.count(SERIES) >= 4, "there was something to be told"


def test_nor_does_the_partys_office_nor_an_assessor(world: World, set_clock: Clock) -> None:
    far_on(world)
    _ad, (one,) = closed_recruitment(world, set_clock, 1)
    write_and_correct(world, one)
    for person, pages in ((world.kansli, 30), (world.gunnel, 4)):
        answers = crawl(world.browser(person), ["/arbete"], but=("/annonser", "/om", "/static"))
        assert len(answers) > pages
        assert not [one.path for one in answers if SERIES.encode() in one.everything]


def write_and_correct(world: World, one: Sent) -> None:
    own, link = own_browser(world), link_of(world, one)
    submit(own, f"{link}/brev", {"Ditt brev": "När får jag veta?"}, "Skicka brevet")
    submit(own, f"{link}/mina-uppgifter/kontakt", {"Telefon": "070-174 06 99"})
