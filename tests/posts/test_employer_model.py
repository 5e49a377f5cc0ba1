"""Everything that follows from who employs."""

from dataclasses import FrozenInstanceError, fields

import pytest

from portal.posts.employer_model import Employer, model_for

FACTS = [
    ("controller", "authority", "party"),
    ("papers_public", True, False),
    ("consent_required", False, True),
    ("arrival_numbers", True, False),
    ("late_applications", "received_as_late", "refused"),
    ("leave_right", True, False),
    ("end_limit", "law", "policy"),
    ("conflict_ground", "KL 6:28", "party_policy"),
    ("disposal_word", "gallras", "raderas"),
    ("retention_months", 24, 24),
    ("retention_clock", "laga_kraft", "filled"),
    ("decided_by", "board", "party"),
    ("appealable", True, False),
    ("employment_law", "KL 4:33", "LAS"),
    ("turns_permanent", False, True),
    ("notice_in_contract", True, False),
    ("authority_sees", "contract", "extent"),
]


@pytest.mark.parametrize(("fact", "authority", "party"), FACTS)
def test_the_employer_decides(fact, authority, party):
    assert getattr(model_for(Employer.AUTHORITY), fact) == authority
    assert getattr(model_for(Employer.PARTY), fact) == party


def test_the_table_above_has_every_fact():
    told = {"employer", "advantages", "drawbacks"}  # the last two are told by the comparison's own tests
    assert {fact for fact, _, _ in FACTS} | told == {field.name for field in fields(model_for(Employer.PARTY))}


@pytest.mark.parametrize("employer", list(Employer))
def test_every_employer_has_its_own_model(employer):
    assert model_for(employer).employer is employer


def test_a_model_is_found_by_the_word_stored_in_the_database():
    assert model_for(Employer("authority")).end_limit == "law"
    with pytest.raises(ValueError):
        Employer("state")


def test_a_model_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        model_for(Employer.PARTY).papers_public = True
