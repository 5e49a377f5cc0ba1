"""Whoever was recorded as employed by a party, never began and is erased: nothing that names them stays.

While somebody is employed their application is kept with the employment, and for long after (see `privacy`), so what is
erased before is either of one who was called off, or of nobody employed. Of who has worked the employer keeps what it must
know of an employment, whatever becomes of the papers they applied with. The row stays, with its days and the acts on it:
the ledger and the register count on it. An authority's are public records, which go by its own decision on disposal.
"""

from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.applications.services.withdrawing import is_erased
from portal.contracts.acts.queries.rows import acts_of
from portal.contracts.models import Employment
from portal.contracts.onboarding.models import Onboarding, OnboardingStep
from portal.contracts.queries import name_place
from portal.contracts.renewal.queries import renewals_after
from portal.contracts.written.models import Contract, ContractSignature, SignatureTakenBack
from portal.db import after_commit
from portal.documents.models import FiledDocument
from portal.documents.services import delete_blobs
from portal.posts.employer_model import Employer
from portal.vault.services import seal_for_controller

ERASED = "[raderad]"


def forget_never_employed(session: Session, *, application_id: UUID) -> None:
    """Let go of the name, what was noted beside the acts, why the party's policy was passed (typed freely: that it was given
    is kept, and the table asks for it), the contracts with their papers, and the first days: of the employment, and of what
    was to renew it. Twice changes nothing."""
    first = session.scalars(select(Employment.id).where(Employment.application_id == application_id)).one_or_none()
    if first is None:
        return
    for id in reversed([first, *renewals_after(session, first)]):  # locked in the order of whoever acts on one of them
        wanted = select(Employment).where(Employment.id == id).with_for_update()
        session.execute(wanted, execution_options={"populate_existing": True})
    row: Employment | None = session.get_one(Employment, first)
    while row is not None and row.never_began and row.employer == Employer.PARTY:
        _forget(session, row)
        row = session.scalars(select(Employment).where(Employment.renews_id == row.id)).one_or_none()
    session.flush()


def _forget(session: Session, row: Employment) -> None:
    row.name_sealed = seal_for_controller(session, row.controller_id, ERASED, place=name_place(row.id))
    row.policy_lifted_reason = _unsaid(row.policy_lifted_reason)
    for act in acts_of(session, row.id):
        act.note_sealed, act.policy_lifted_reason = None, _unsaid(act.policy_lifted_reason)
    _forget_contracts(session, row.id)
    heads = select(Onboarding.id).where(Onboarding.employment_id == row.id)
    session.execute(delete(OnboardingStep).where(OnboardingStep.onboarding_id.in_(heads)))
    session.execute(delete(Onboarding).where(Onboarding.employment_id == row.id))


def _unsaid(reason: str) -> str:
    return ERASED if reason else ""


def forget_where_erased(session: Session, row: Employment) -> None:
    """Forget whoever never began, where their employment is called off after their application was erased: the erasing found
    somebody who was still to come."""
    while row.renews_id is not None:
        row = session.get_one(Employment, row.renews_id)
    if row.application_id is None:
        return
    application = session.get(Application, row.application_id, execution_options={"hidden_too": True})
    if application is not None and is_erased(application):
        forget_never_employed(session, application_id=row.application_id)


def _forget_contracts(session: Session, employment_id: UUID) -> None:
    """Each after what names it: the signatures, the contracts, and then the papers of both."""
    contracts = session.scalars(select(Contract).where(Contract.employment_id == employment_id)).all()
    whose = [one.id for one in contracts]
    signatures = (ContractSignature, SignatureTakenBack)
    copies = [
        id for kind in signatures for id in session.scalars(select(kind.document_id).where(kind.contract_id.in_(whose)))
    ]
    papers = [*copies, *(one.document_id for one in contracts if one.document_id is not None)]
    blobs = list(session.scalars(select(FiledDocument.blob).where(FiledDocument.id.in_(papers))))
    for kind in signatures:
        session.execute(delete(kind).where(kind.contract_id.in_(whose)))
    session.execute(delete(Contract).where(Contract.id.in_(whose)))
    session.execute(delete(FiledDocument).where(FiledDocument.id.in_(papers)))
    after_commit(session, lambda: delete_blobs(blobs))
