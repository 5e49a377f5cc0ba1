"""Two years pass: candidates apply by real clicks, the office is told, undoes, stops and lifts, and then all is gone.

Each candidate writes twenty words of their own. They are looked for as `tests.proofs.test_erased` does, every sealed value
tried with every key there is, and in all that office, region and private links lead to.
"""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.sync_api import expect
from sqlalchemy import select

from portal import scope
from portal.applications.models import Application
from portal.config import Settings
from portal.jobs.tasks import run_rounds
from portal.privacy.commands import sweep
from portal.vault.services import the_vault
from tests.canary import WORD
from tests.crawl import crawl
from tests.database import Databases
from tests.door import own_browser
from tests.journeys import steps
from tests.journeys.conftest import Portal
from tests.proofs.test_erased import heard
from tests.world import Published, publish_ad

if TYPE_CHECKING:
    from playwright.sync_api import Page

Open = Callable[..., "Page"]
HIDDEN_TOO = {"hidden_too": True}
EVERY = 20
SAID = re.compile(rf"{WORD}-([a-z]+)-\d\d".encode())
REGISTER = "/arbete/inkomna/register.zip"
NOT_ABOUT_PEOPLE = (
    "/?", "/annonser", "/arbete/anstallningar", "/arbete/dataskydd", "/arbete/mandat", "/arbete/tjanst", "/konto",
    "/kontakt", "/logga", "/losenord", "/personuppgifter", "/sa-gar", "/sakerhet", "/tillganglighet",
)  # fmt: skip


@dataclass(frozen=True)
class Writer:
    """One candidate: whose words they are, and the private link once the application is sent."""

    name: str
    link: str = ""

    @property
    def words(self) -> list[str]:
        """Twenty words that nobody else writes."""
        return [f"{WORD}-{self.name}-{n:02}" for n in range(1, EVERY + 1)]

    @property
    def email(self) -> str:
        """The address has the second of the words."""
        return f"{self.words[1]}@example.se"


@dataclass
class Story:
    """The portal, its stores, and what each word was last found in."""

    portal: Portal
    settings: Settings
    databases: Databases

    def stored(self, *writers: Writer) -> set[str]:
        """Which of their words lie anywhere in the stores, opened with every key there is."""
        return heard(self.portal.world.app, self.settings, self.databases, {w for one in writers for w in one.words})

    def heard_by_staff(self) -> set[str]:
        """Whose words anybody of the staff comes to, on any page or in any file."""
        world = self.portal.world
        answers = [
            answer.everything
            for person in (world.kansli, world.region)
            for answer in crawl(world.browser(person), ["/arbete", REGISTER], but=NOT_ABOUT_PEOPLE)
        ]
        with zipfile.ZipFile(io.BytesIO(world.browser(world.region).get(REGISTER).data)) as register:
            answers += [register.read(name) for name in register.namelist()]
        return {name.decode() for one in answers for name in SAID.findall(one)}

    def opens(self, writer: Writer) -> bool:
        """Whether the private link still shows its candidate what they wrote."""
        page = own_browser(self.portal.world).get(writer.link)
        assert page.status_code in (200, 404)
        return writer.words[-1].encode() in page.data

    def sweep(self, instant: str, *, dry: bool = False) -> str:
        """Run `portal sweep` at an instant, and what it says."""
        self.portal.set_clock(instant)
        done = self.portal.world.app.test_cli_runner().invoke(sweep, ["--dry-run"] if dry else [])
        assert done.exit_code == 0, done.output
        run_rounds(self.portal.world.app)
        return done.output

    def office(self, open_browser: Open, instant: str) -> "Page":
        """The office, logged in at an instant."""
        self.portal.set_clock(instant)
        return open_browser(self.portal.world.kansli)


def test_two_years_pass_and_all_is_gone(
    portal: Portal, open_browser: Open, settings: Settings, databases: Databases
) -> None:
    portal.stop_worker()  # the command alone does here what the worker does each hour
    story = Story(portal, settings, databases)
    ours, theirs = publish_ad(portal.world, employer="party"), publish_ad(portal.world)
    sent, record = _apply(open_browser, ours, "sent"), _apply(open_browser, theirs, "record")
    withdrawn, draft = _apply(open_browser, ours, "withdrawn"), _apply(open_browser, ours, "draft", send=False)
    everybody = sent, record, withdrawn, draft
    run_rounds(portal.world.app)
    _takes_it_back_and_lets_it_lie(portal, open_browser, withdrawn)
    assert len(story.stored(*everybody)) == len(everybody) * EVERY
    assert story.heard_by_staff() == {"sent", "record"}
    assert all(story.opens(one) for one in (sent, record, withdrawn))
    _the_office_ends_both(story, open_browser, ours, theirs)

    assert "1 utkast" in story.sweep("2026-12-28T09:00")
    assert story.stored(draft) == set()
    _the_office_is_told_and_undoes(story, open_browser, ours, theirs, record)
    assert "1 återtagna" in story.sweep("2028-11-28T09:00")
    assert story.stored(withdrawn) == set()
    assert len(story.stored(sent, record)) == 2 * EVERY
    _the_stop_is_lifted(story, open_browser, theirs)
    assert "1 gallrade och 0 raderade" in story.sweep("2028-12-12T09:00")
    assert story.stored(record) == set()
    assert "1 rekryteringar aviserade" in story.sweep("2029-01-01T09:00")
    assert "0 gallrade och 1 raderade" in story.sweep("2029-01-15T09:00")
    assert "Städat: 0 utkast, 0 raderingar, 0 nycklar och 0 filer" in story.sweep("2029-01-16T09:00")

    assert story.stored(*everybody) == set()
    assert story.heard_by_staff() == set()
    assert not any(story.opens(one) for one in (sent, record, withdrawn))
    _counts_remain(story, open_browser)


def _apply(open_browser: Open, ad: Published, name: str, *, send: bool = True) -> Writer:
    """By real clicks; the words stand in every field that takes text, in the CV and in a file's name."""
    who = Writer(name)
    words, page = iter(who.words), open_browser(**steps.PHONE)
    page.goto(f"/annonser/{ad.reference}/ansok")
    page.get_by_label("Namn").fill(next(words))
    page.get_by_label("E-post").fill(who.email)
    next(words)
    if page.locator("[name=consent]").count():
        page.locator("[name=consent]").check()
    steps.press(page, "Fortsätt")
    for group in page.locator("fieldset:has(input[name^=choice_])").all():
        group.get_by_label("Ja", exact=True).check()
    for field in page.locator("textarea[name^=answer_]").all():
        field.fill(next(words))
    page.get_by_label("Löneanspråk (kronor per månad, räknat på heltid)").fill("40000")
    page.get_by_label("När kan du börja?").fill(next(words))
    attached, cv = [next(words), next(words)], [next(words) for _ in range(4)]
    page.get_by_label("Personligt brev", exact=True).fill(" ".join(words))
    _attach(page, "cv", "cv.txt", " ".join(cv))
    expect(page.locator("#del-cv")).to_contain_text("cv.txt")  # saved as soon as it was chosen
    page.locator("details:has(input[name=attachment]) > summary").click()
    _attach(page, "attachment", f"{attached[0]}.txt", attached[1])
    expect(page.locator("main")).to_contain_text(f"{attached[0]}.txt")
    steps.press(page, "Fortsätt")
    steps.heading(page, "Kontrollera och skicka")
    if not send:
        return who
    steps.send(page)
    link = page.get_by_role("link", name="Öppna din privata sida").get_attribute("href")
    return Writer(name, link or "")


def _attach(page: "Page", field: str, name: str, text: str) -> None:
    page.locator(f"input[name={field}]").set_input_files({"name": name, "mimeType": "", "buffer": text.encode()})


def _takes_it_back_and_lets_it_lie(portal: Portal, open_browser: Open, who: Writer) -> None:
    page = open_browser(**steps.PHONE)
    page.goto(steps.let_in(page, portal, f"{who.link}/ta-tillbaka"))
    page.get_by_label("Låt dem ligga låsta och olästa").check()
    steps.press(page, "Ta tillbaka ansökan")
    steps.heading(page, "Tillbakatagen")


def _the_office_ends_both(story: Story, open_browser: Open, *ads: Published) -> None:
    """Both are broken off; where the authority employs, somebody says from which day it is counted."""
    page = story.office(open_browser, "2026-11-25T09:00")
    for ad in ads:
        page.goto(f"/arbete/rekryteringar/{ad.id}/annons/dra-tillbaka")
        steps.press(page, "Dra tillbaka annonsen")
    page.goto(f"/arbete/sparade/{ads[1].id}")
    page.get_by_label("Räknas från").fill("2026-11-25")
    page.get_by_label("Vad dagen vilar på").fill("Beslutet att avbryta, § 12")
    steps.press(page, "Spara dagen")
    expect(page.locator(".lead")).to_contain_text("gallras 28 november 2028")


def _the_office_is_told_and_undoes(
    story: Story, open_browser: Open, ours: Published, theirs: Published, held: Writer
) -> None:
    """Two weeks before the day: one recruitment is kept longer, and in the other one application is stopped."""
    assert "2 rekryteringar skulle aviseras" in story.sweep("2028-11-14T09:00", dry=True)
    assert "2 rekryteringar aviserade" in story.sweep("2028-11-14T09:00")
    page = story.office(open_browser, "2028-11-20T09:00")
    page.goto("/arbete")
    expect(page.get_by_role("link", name="Ansökningar raderas: ångra om de ska sparas längre")).to_be_visible()
    page.goto("/arbete/sparade")
    soon = page.locator("section", has=page.get_by_role("heading", name="Snart"))
    expect(soon).to_contain_text("En ansökan raderas 28 november 2028.")
    expect(soon).to_contain_text("En ansökan gallras 28 november 2028.")
    page.goto(f"/arbete/sparade/{ours.id}")
    page.get_by_label("Tas bort tidigast").fill("2029-01-15")
    page.get_by_label("Varför de sparas längre").fill("Partiet väntar på en dom.")
    steps.press(page, "Spara längre")
    page.goto(f"/arbete/sparade/{theirs.id}")
    page.get_by_label("Vems ansökan").select_option(label=held.words[0])
    page.get_by_label("Varför", exact=True).fill("Diskrimineringsombudsmannen har hört av sig.")
    steps.press(page, "Stoppa")
    page.goto("/arbete/sparade")
    expect(page.get_by_role("main")).to_contain_text("Stoppat tills någon häver det: en ansökan.")


def _the_stop_is_lifted(story: Story, open_browser: Open, ad: Published) -> None:
    page = story.office(open_browser, "2028-11-28T10:00")
    page.goto(f"/arbete/sparade/{ad.id}")
    steps.press(page, "Häv stoppet")
    assert "1 rekryteringar aviserade" in story.sweep("2028-11-28T11:00")


def _counts_remain(story: Story, open_browser: Open) -> None:
    """Four applied in all; who, nobody can tell any more."""
    world = story.portal.world
    with world.acting(scope.party(world.party)) as session:
        rows = session.scalars(select(Application), execution_options=HIDDEN_TOO).all()
        assert sorted(row.state for row in rows) == ["disposed", "disposed", "withdrawn"]
        assert not any(row.name_sealed or row.address_print for row in rows)
        assert [the_vault().key_store.has(row.id) for row in rows] == [False] * 3
    page = open_browser(world.kansli)
    page.goto("/arbete/sparade")
    expect(page.get_by_role("main")).to_contain_text("Det finns inga ansökningar att visa här just nu.")
