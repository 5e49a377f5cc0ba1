"""What the masking pages say no to: boxes that are none, what somebody else changed, what is approved, what is another's."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from portal import clock, scope
from portal.documents.masks import BoxesRefused, Doubt
from portal.review.blind.mask_boxes import typed_box
from portal.review.refusals import (
    ApprovedAlready,
    BlindSettled,
    BoxUnknown,
    DoubtsUnseen,
    MaskingHandedIn,
    MasksChanged,
    NotOpenToYou,
    StillMasking,
)
from portal.review.services import masking as masks
from tests.applicants import Sent
from tests.review.blind import (
    SUGGESTED,
    approve_all,
    blind_panel,
    machine_says,
    make_blind,
    page_url,
    pages_of,
    post,
    take_back,
    work,
)
from tests.review.panel import Panel


def do(panel: Panel, verb: Callable[..., object], sent: Sent, **more: object) -> None:
    """One of the office's verbs on the first page of one file."""
    with panel.as_person(panel.world.kansli) as (session, case):
        page = masks.page_of(session, sent.id, sent.document, 1)
        given: dict[str, object] = {
            "session": session, "case": case, "application_id": sent.id, "document_id": sent.document, "number": 1,
            "shown": masks.page_print(page), **more,
        }  # fmt: skip
        verb(given.pop("session"), **given)


def approve(panel: Panel, sent: Sent, **more: object) -> None:
    actor = panel.actor(panel.world.kansli)
    do(panel, masks.approve_page, sent, **{"actor": actor, "seen": [], "at": clock.now(), **more})


def test_doubts_are_ticked_as_looked_at_or_the_page_is_not_approved(
    panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine_says(monkeypatch, doubts={1: [Doubt.PICTURE_TEXT, Doubt.OUTLINES], 2: [Doubt.PICTURE_TEXT]})
    make_blind(panel)
    work(panel)
    first, browser = panel.sent[0], panel.world.browser(panel.world.kansli)
    assert Doubt.PICTURE_TEXT.text in browser.get(page_url(panel, first)).get_data(as_text=True)
    for seen in ([], ["1:picture_text"], ["2:picture_text", "2:outlines"]):
        status, page = post(browser, page_url(panel, first), do="approve", seen=seen)
        assert (status, DoubtsUnseen.text in page) == (422, True)
    assert post(browser, page_url(panel, first), do="approve", seen=["1:picture_text", "1:outlines"])[0] == 303
    whole = f"{panel.url}/maskera/{first.id}/{first.document}"
    assert post(browser, whole, seen=["1:picture_text"])[0] == 422
    assert post(browser, whole, seen=["2:picture_text"])[0] == 303


@pytest.mark.parametrize(
    "sides",
    [
        ("-1", "0", "10", "10"), ("0", "0", "100,1", "10"), ("40", "0", "10", "10"), ("0", "10", "10", "10"),
        ("nan", "0", "10", "10"), ("inf", "0", "10", "10"), ("", "0", "10", "10"), ("1e999", "0", "10", "10"),
        ("<script>", "0", "10", "10"), ("9" * 10_000, "0", "10", "10"),
    ],
)  # fmt: skip
def test_a_box_that_is_none_is_refused_with_a_sentence(looked_at: Panel, sides: tuple[str, ...]) -> None:
    browser, first = looked_at.world.browser(looked_at.world.kansli), looked_at.sent[0]
    typed = dict(zip(("left", "top", "right", "bottom"), sides, strict=True))
    status, page = post(browser, page_url(looked_at, first), do="add", **typed)
    assert status == 422
    assert "sak att rätta" in page
    assert 'href="#left"' in page  # what was typed stands there, to be put right
    assert "Öppna sidan på nytt och rita" not in page
    assert len(pages_of(looked_at, first)[0].boxes) == 1


def test_ten_thousand_boxes_do_not_fit_on_a_page(looked_at: Panel) -> None:
    first = looked_at.sent[0]
    with looked_at.world.writing(scope.party(looked_at.ad.party_id)) as session:
        page = masks.page_of(session, first.id, first.document, 1)
        page.boxes = page.boxes * 400
    with pytest.raises(BoxesRefused):
        do(looked_at, masks.add_box, first, box=typed_box(("1", "1", "2", "2")))
    for which in (0, 401, 10_000):
        with pytest.raises(BoxUnknown):
            do(looked_at, masks.remove_box, first, which=which)


def test_what_a_colleague_changed_meanwhile_is_not_approved_unseen(looked_at: Panel) -> None:
    first = looked_at.sent[0]
    with pytest.raises(MasksChanged):
        approve(looked_at, first, shown="0" * 16)
    for verb, more in ((masks.add_box, {"box": SUGGESTED}), (masks.remove_box, {"which": 1})):
        with pytest.raises(MasksChanged):
            do(looked_at, verb, first, shown="0" * 16, **more)
    assert pages_of(looked_at, first)[0].approved_at is None


def test_approving_twice_changes_nothing_and_what_is_approved_is_not_changed(looked_at: Panel) -> None:
    first = looked_at.sent[0]
    approve(looked_at, first)
    was = pages_of(looked_at, first)[0].approved_at
    approve(looked_at, first)
    work(looked_at)
    work(looked_at)
    page = pages_of(looked_at, first)[0]
    assert page.approved_at == was and page.blob
    for verb, more in ((masks.add_box, {"box": SUGGESTED}), (masks.remove_box, {"which": 1})):
        with pytest.raises(ApprovedAlready):
            do(looked_at, verb, first, **more)


def test_someone_elses_document_or_page_is_not_there(looked_at: Panel) -> None:
    first, second, _ = looked_at.sent
    browser = looked_at.world.browser(looked_at.world.kansli)
    for document, number in (
        (second.document, 1),
        (uuid4(), 1),
        (first.document, 0),
        (first.document, 3),
        (first.document, 10**30),
    ):
        url = f"{looked_at.url}/maskera/{first.id}/{document}/{number}"
        assert {browser.get(url).status_code, browser.get(f"{url}/bild").status_code} == {404}
    with pytest.raises(NotOpenToYou):
        do(
            looked_at,
            masks.approve_page,
            first,
            document_id=second.document,
            actor=looked_at.actor(looked_at.world.kansli),
            seen=[],
            at=clock.now(),
        )


def test_what_somebody_has_handed_in_on_is_not_taken_back(panel: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    blind_panel(panel, monkeypatch)
    panel.score_all(panel.people[0])
    panel.hand_in(panel.people[0])
    with pytest.raises(MaskingHandedIn):
        take_back(panel, panel.sent[0])


def test_nobody_hands_in_while_an_application_waits_to_be_masked(looked_at: Panel) -> None:
    approve_all(looked_at, *looked_at.sent[:2])
    looked_at.declare(looked_at.people[0])
    looked_at.score_all(looked_at.people[0])
    with pytest.raises(StillMasking):
        looked_at.hand_in(looked_at.people[0])
    approve_all(looked_at, looked_at.sent[2])
    looked_at.score_all(looked_at.people[0])
    looked_at.hand_in(looked_at.people[0])


def test_the_choice_stands_fast_when_papers_could_be_opened(panel: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    machine_says(monkeypatch)
    make_blind(panel)
    make_blind(panel, blind=False)
    make_blind(panel)
    panel.declare(panel.people[0])
    with pytest.raises(BlindSettled):
        make_blind(panel, blind=False)
