"""What stands beside a field is the portal's own sentence, in Swedish: nothing of the form library's shows through."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.ads.drafts import whole_draft
from tests.contracts.deciding import employed
from tests.contracts.deciding import place as decision_place
from tests.contracts.onboarding_lists import one_of_each
from tests.contracts.onboarding_lists import place as onboarding_place
from tests.decisions.recruiting import HIRED, closed_recruitment, decide
from tests.pages import XHTML, parse
from tests.world import World

Clock = Callable[[str], datetime]
OF_LIBRARIES = (
    "This field", "required", "Not a valid", "not a valid", "Invalid", "must be", "Submit", "CSRF",
    "ett giltigt", "Felaktig", "obligatorisk", "måste vara", "Ogiltig",
)  # fmt: skip
FORGED = "borttaget val"
PARTS = (
    "arbetsgivare", "omfattning", "lon", "rubrik", "arbetsuppgifter", "handlingar", "slutdatum", "krav", "kontakt",
    "sista-dag",
)  # fmt: skip


def test_no_sentence_of_a_librarys_own_is_shown_beside_a_field(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    closed, sent = closed_recruitment(world, set_clock, 1)
    decide(world, closed, sent, HIRED)
    browser = world.browser(world.kansli)
    draft = f"/arbete/rekryteringar/{whole_draft(world, deadline=date(2027, 1, 22))}"
    recruitment = f"/arbete/rekryteringar/{closed.id}"
    places = [
        *(f"{draft}/annons/{part}" for part in PARTS),
        "/konto",
        "/konto/losenord",
        "/arbete/personer",
        "/arbete/parti",
    ]
    places += [f"{recruitment}/{tail}" for tail in (f"anstall/{sent[0].id}", "utfall", "besked", "bedomare")]
    set_clock("2026-11-23T10:00")
    places.append(decision_place(employment := employed(world, set_clock)))
    one_of_each(world, employment)
    places.append(onboarding_place(employment))
    answers = [
        *(garbled(browser, place) for place in places),
        garbled(client, "/logga-in"),
        garbled(client, "/losenord"),
    ]
    answers += [garbled(world.browser(world.drift), place) for place in ("/drift/myndighet", "/drift/parti")]
    refused = [page for group in answers for page in group if page.status_code == 422]
    assert len(refused) > 30
    for page in refused:
        said = " ".join(parse(page.get_data(as_text=True)).itertext())
        assert [word for word in OF_LIBRARIES if word in said] == [], page.request.path


def garbled(browser: FlaskClient, place: str) -> list[TestResponse]:
    """The answers to each form of a page, sent with nothing written or chosen in it, and with what nobody means."""
    answers = []
    tree = parse(browser.get(place).get_data(as_text=True))
    for form in tree.iter(f"{XHTML}form"):
        if (form.get("method") or "").lower() == "post" and form.get("action") != "/logga-ut":
            for typed, chosen in (("", ""), ("2026-02-31 nej", ""), ("", FORGED)):
                answers.append(browser.post(form.get("action") or place, data=dict(_filled(form, typed, chosen))))
    return answers


def _filled(form: Element, typed: str, chosen: str) -> Iterator[tuple[str, str]]:
    """As a browser would send it: no box is ticked, each list stands at its first line; or each at what is ``chosen``, which
    an old page may have that is no choice any more."""
    for e in form.iter():
        name, tag, kind = e.get("name"), str(e.tag).removeprefix(XHTML), e.get("type", "text")
        if not name or (kind in ("radio", "checkbox") and not chosen):
            continue
        if chosen and (tag == "select" or kind in ("radio", "checkbox")):
            yield name, chosen
        elif tag == "select":
            yield name, next((option.get("value", "") for option in e.iter(f"{XHTML}option")), "")
        else:
            yield name, e.get("value", "") if kind in ("hidden", "submit") or tag == "button" else typed
