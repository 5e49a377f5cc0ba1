"""The first two who ask a process for the description, at the same moment, get the whole of it, and so do all after them."""

import sys
from threading import Event, Thread
from typing import Any

import pytest
from spectree import SpecTree

from tests.world import World


def test_two_who_are_the_first_to_ask_for_the_description_leave_the_whole_of_it_to_all_after_them(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.browser().get("/")
    monkeypatch.delitem(sys.modules, "portal.interface.routes.ads", raising=False)  # as nobody has asked yet
    gather, second, answered = SpecTree._get_model_definitions, Event(), Event()
    began, told = list[SpecTree](), list[Any]()

    def slowly(spec: SpecTree) -> dict[str, Any]:
        began.append(spec)
        if len(began) == 1:
            second.wait(0.5)
        else:
            second.set()
            answered.wait(5)
        return gather(spec)

    def ask(language: str) -> None:
        answer = world.app.test_client().get(f"/api/v1/openapi.json?lang={language}")
        told.append(answer.get_json()["components"]["schemas"].keys())
        answered.set()

    monkeypatch.setattr(SpecTree, "_get_model_definitions", slowly)
    both = [Thread(target=ask, args=(language,)) for language in ("sv", "en")]
    for one in both:
        one.start()
    for one in both:
        one.join()
    ask("sv&again")
    assert told[0] == told[1] == told[2]
