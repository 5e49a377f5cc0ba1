"""Before anything is written the page says who reads it: with an authority its HR and registrator read each letter too."""

import pytest

from tests.door import own_browser
from tests.protection.applying import apply, name_as_reader
from tests.world import World, publish_ad

AT_AUTHORITY = (
    "Skriv inget som visar vem du är: alla på kansliet som läser brev, och regionens eller kommunens HR och registrator, "
    "läser det."
)


@pytest.mark.parametrize("employer", ["party", "authority"])
def test_whoever_is_under_a_code_name_reads_who_reads_a_letter(world: World, employer: str) -> None:
    name_as_reader(world, world.kansli)
    browser, agreed = own_browser(world), {"consent": True} if employer == "party" else {}
    own = apply(browser, publish_ad(world, employer=employer), **agreed).location.removesuffix("/spara")
    for language, words in (
        ("sv", AT_AUTHORITY),
        ("en", "the HR staff and the registrar of the region or municipality"),
    ):
        shown = " ".join(browser.get(f"{own}/brev?lang={language}").get_data(as_text=True).split())
        assert (words in shown) is (employer == "authority")
    assert ("Bara kansliet läser" in browser.get(f"{own}/brev?lang=sv").get_data(as_text=True)) is (employer == "party")
