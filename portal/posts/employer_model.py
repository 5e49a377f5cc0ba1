"""All that follows from who employs, derived in one place. Facts only: the sentences belong to the pages."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal


class Employer(StrEnum):
    """Who employs the secretary. Chosen for each post, since one authority may have both kinds."""

    AUTHORITY = "authority"  # a region or a municipality
    PARTY = "party"  # an association under private law


@dataclass(frozen=True, slots=True)
class EmployerModel:
    """What holds for a post because of its employer."""

    employer: Employer
    controller: Literal["authority", "party"]  # personuppgiftsansvarig
    papers_public: bool  # applications are public records from the moment they arrive
    consent_required: bool  # explicit consent before an application may be kept
    arrival_numbers: bool  # applications are numbered as they arrive
    late_applications: Literal["received_as_late", "refused"]
    leave_right: bool  # leave from another employment, for the time of the service
    end_limit: Literal["law", "policy"]  # what 31 December of the election year rests on
    conflict_ground: Literal["KL 6:28", "party_policy"]  # what a conflict (jäv) is judged by
    disposal_word: Literal["gallras", "raderas"]
    retention_months: int  # by default; an organisation's own decision may set another time
    retention_clock: Literal["laga_kraft", "filled"]  # the day the months are counted from
    decided_by: Literal["board", "party"]  # styrelsen or whom it has delegated to; the party by its own rules
    appealable: bool  # members of the municipality or region can have the decision tried
    employment_law: Literal["KL 4:33", "LAS"]
    turns_permanent: bool  # särskild visstid becomes tillsvidare by itself
    notice_in_contract: bool  # no law sets a notice period, so the contract must
    authority_sees: Literal["contract", "extent"]  # of the employment: all of it, or how much of the quota it fills
    advantages: tuple[str, ...]
    drawbacks: tuple[str, ...]


# Two years: the longest time a claim can be brought, diskrimineringslagen (2008:567) 6:4.
RETENTION_MONTHS: Final = 24

# Where advantages and drawbacks are from: the one comparison of the two that has been read.
COMPARED_IN: Final = "Region Jämtland Härjedalens rapport RS/265/2023, 2023-03-29"

AUTHORITY: Final = EmployerModel(
    employer=Employer.AUTHORITY,
    controller="authority",  # the employer decides why and how (GDPR art. 4.7)
    papers_public=True,  # TF 2:4, 2:9; no secrecy for ordinary applicants in OSL 39
    consent_required=False,  # weak towards a public employer; GDPR art. 6.1 e and dataskyddslagen (2018:218) 3:2–3
    arrival_numbers=True,  # OSL 5:1: registered, or kept so that it is plain what has come in
    late_applications="received_as_late",  # what has arrived is a public record and cannot be turned away (TF 2:9)
    leave_right=True,  # KL 4:34
    end_limit="law",  # KL 4:33 second paragraph
    conflict_ground="KL 6:28",  # for employees by way of KL 7:4
    disposal_word="gallras",  # arkivlagen (1990:782) 10 §: only an authority "gallrar"
    retention_months=RETENTION_MONTHS,
    retention_clock="laga_kraft",  # diskrimineringslagen 6:4 last paragraph, employer with public standing
    decided_by="board",  # KL 6:37, 7:5
    appealable=True,  # KL 13:1
    employment_law="KL 4:33",  # third paragraph: LAS is not applied
    turns_permanent=False,
    notice_in_contract=True,
    authority_sees="contract",
    advantages=("Mindre partier har större möjlighet att få en politisk sekreterare anställd.",),
    drawbacks=(
        "Arbetsmiljöansvaret blir svårt att delegera och arbetsmiljön svår att kontrollera.",
        "Rollen i organisationen blir otydlig.",
        "En tjänst kan behöva delas mellan flera personer.",
        "Bara visstidsanställning med särskilda begränsningar är möjlig.",
    ),
)

PARTY: Final = EmployerModel(
    employer=Employer.PARTY,
    controller="party",
    papers_public=False,  # an association is no authority under TF 2
    consent_required=True,  # GDPR art. 9.2 a: applying to a party reveals political opinion (CJEU C-184/20)
    arrival_numbers=False,
    late_applications="refused",
    leave_right=False,  # KL 4:34 stands with 4:33 and speaks of those whom the authority employs
    end_limit="policy",  # LAS applies, not KL 4:33; the party may lift the limit with a reason
    conflict_ground="party_policy",
    disposal_word="raderas",
    retention_months=RETENTION_MONTHS,
    retention_clock="filled",  # the day the post was filled or the recruitment closed
    decided_by="party",
    appealable=False,
    employment_law="LAS",
    turns_permanent=True,  # LAS 5 a §: after more than twelve months in five years
    notice_in_contract=False,  # LAS 11 §
    authority_sees="extent",
    advantages=(
        "Det blir tydligare vem som har arbetsmiljöansvaret och leder arbetet.",
        "Partiet har större frihet att välja anställningsform och att utforma tjänsten.",
    ),
    drawbacks=("Fördelningen av pengarna kan göra det svårt för mindre partier att anställa själva.",),
)

_MODELS: Final = {model.employer: model for model in (AUTHORITY, PARTY)}


def model_for(employer: Employer) -> EmployerModel:
    """The facts for a post with this employer."""
    return _MODELS[employer]
