"""The words that a new party's rule is given: the number of months stands in one place, before them."""

from datetime import date

import pytest
from sqlalchemy import text

from portal import clock, scope
from portal.ads.models import Ad
from portal.config import Settings
from portal.operations.schema import downgrade, upgrade
from portal.organisations.models import Party
from portal.organisations.queries import retention_of
from portal.organisations.retention import PARTY_RULE, Retention, other_months
from portal.organisations.services.founding import add_party
from portal.organisations.services.settings import say_rule
from tests.ads.test_begun_once import KEPT, NEW, SAVE, made, stored
from tests.forms import submit
from tests.world import World, publish_ad

FORMER = "24 månader efter att tjänsten tillsattes"


def test_a_new_partys_rule_names_no_number_of_months(world: World) -> None:
    with world.writing(scope.PLATFORM) as session:
        party = add_party(
            session, authority_id=world.authority, name="Nytt", hue=0, controller_name="Vi", by=None, at=clock.now()
        )
        assert retention_of(session, party, clock.today()) == (24, "Partiets egen regel")


def test_an_ad_of_other_months_and_the_partys_own_rule_does_not_contradict_itself(world: World) -> None:
    office = world.browser(world.kansli)
    url = f"/arbete/rekryteringar/{(ad_id := made(submit(office, NEW, {}, 'Börja skriva')))}/annons"
    submit(office, f"{url}/arbetsgivare", {"employer": "party", "retention_months": "12", "retention_rule": ""}, SAVE)
    assert stored(world, ad_id, *KEPT) == (12, PARTY_RULE)
    page = office.get(f"{url}/forhandsvisning").get_data(as_text=True).replace("\xa0", " ")
    assert "avslutad utan anställning. Partiets egen regel." in page and "Raderas 12 månader efter" in page
    assert "24 månader" not in page


def test_the_rule_is_said_in_english_to_whoever_reads_english(world: World) -> None:
    ad = publish_ad(world, employer="party", retention_rule=PARTY_RULE, retention_months=12)
    page = world.browser().get(f"/annonser/{ad.reference}?lang=en").get_data(as_text=True).replace("\xa0", " ")
    assert "The party's own rule." in page.replace("&#39;", "'")
    with world.writing(scope.PLATFORM) as session:
        rule = Retention(12, PARTY_RULE, clock.today())
        say_rule(session, session.get_one(Party, world.party), rule, None, clock.now())
    paper = world.browser(world.kansli).get("/arbete/dataskydd/record-en.txt").get_data(as_text=True)
    assert "The party's own rule" in paper


@pytest.mark.parametrize(
    ("basis", "months", "other"),
    [
        (FORMER, 12, 24),
        (FORMER, 24, None),
        ("Sparas i 36 mån.", 24, 36),
        ("12 månader, med samtycke 24 månader", 24, None),
        ("Gallringsbeslut 2024 § 12", 24, None),
        (PARTY_RULE, 12, None),
        ("", 12, None),
        (FORMER, None, None),
    ],
)
def test_a_basis_that_names_other_months_is_known(basis: str, months: int | None, other: int | None) -> None:
    assert other_months(basis, months) == other


@pytest.mark.parametrize("whose", ["parti", "myndighet"])
def test_a_rule_that_names_other_months_than_those_beside_it_is_refused(world: World, whose: str) -> None:
    office = world.browser(world.kansli if whose == "parti" else world.region)
    field = "retention_rule" if whose == "parti" else "disposal_decision"
    said = {field: "Sparas i 24 månader", "retention_months": "12"}
    answer = submit(office, f"/arbete/{whose}", said)
    assert answer.status_code == 422
    assert "Regeln säger 24 månader, men här står 12." in answer.get_data(as_text=True)
    left_empty = submit(office, f"/arbete/{whose}", said | {"retention_months": ""})
    assert left_empty.status_code == 422, "months that nobody reads in the rule would be those of before"
    assert "Regeln säger 24 månader. Skriv dem här" in left_empty.get_data(as_text=True)
    assert submit(office, f"/arbete/{whose}", said | {"retention_months": "24"}).status_code == 303


def test_a_draft_whose_rule_names_other_months_warns_before_anybody_reads_it(world: World) -> None:
    office = world.browser(world.kansli)
    url = f"/arbete/rekryteringar/{made(submit(office, NEW, {}, 'Börja skriva'))}/annons"
    said = {"employer": "party", "retention_months": "12", "retention_rule": "Sparas i 24 månader"}
    submit(office, f"{url}/arbetsgivare", said, SAVE)
    assert "Regeln säger 24 månader, men ansökningarna sparas 12" in office.get(f"{url}/publicera").get_data(
        as_text=True
    )


def test_what_parties_were_given_before_is_put_right_and_what_is_published_stays(
    world: World, settings: Settings
) -> None:
    out = publish_ad(world, employer="party", retention_rule=FORMER, retention_months=12)
    draft = made(submit(world.browser(world.kansli), NEW, {}, "Börja skriva"))
    with world.app.app_context():
        downgrade(revision="0048")
    with world.writing(scope.PLATFORM) as session:
        session.execute(text("UPDATE retention_rule SET basis = :basis, months = 12"), {"basis": FORMER})
        session.flush()
        own = session.get_one(Party, world.party)
        say_rule(session, own, Retention(36, "36 månader, beslut § 4", date(2027, 1, 1)), None, clock.now())
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Ad, draft).retention_rule = FORMER
    with world.app.app_context():
        upgrade()
    with world.acting(scope.PLATFORM) as session:
        own = session.get_one(Party, world.party)
        assert retention_of(session, own, clock.today()) == (12, PARTY_RULE)
        assert retention_of(session, own, date(2027, 1, 2)) == (36, "36 månader, beslut § 4")
    assert stored(world, draft, "retention_rule") == (PARTY_RULE,)
    page = world.browser().get(f"/annonser/{out.reference}").get_data(as_text=True).replace("\xa0", " ")
    assert FORMER in page, "as it was published"
