"""Many good CVs at once, and which of their pages are still to be drawn."""

from functools import cache

from portal import scope
from portal.demo.engines import papers
from portal.demo.people import candidates
from portal.documents.queries import documents_of, pictures_of
from tests.applications.paper import applications_in
from tests.proofs.visitor import Candidacy, Visitor, go_to_check_page, send
from tests.world import Published, World


@cache
def _cv() -> bytes:
    person = next(one.person for one in candidates() if one.layout == "modern")
    return bytes(papers.cv(person, "modern")[1])


def candidacies(count: int) -> list[Candidacy]:
    """So many people, each with a CV of two pages."""
    return [Candidacy(f"Alma Ek {number}", f"alma{number}@example.se", _cv()) for number in range(count)]


def whole_application(address: str, reference: str, who: Candidacy) -> int:
    """All pages and the sending; what the last answer was."""
    visitor = Visitor(address, timeout=120)
    go_to_check_page(visitor, reference, who)
    status = send(visitor, reference).status
    visitor.close()
    return status


def pages_still_missing(world: World, ad: Published) -> list[str]:
    """Documents that are not read, or have pages without a picture."""
    missing = []
    for application in applications_in(world, ad):
        with world.acting(scope.party(ad.party_id)) as session:
            for document in documents_of(session, application.id):
                drawn = len(pictures_of(session, [document.id]))
                if document.state != "ready" or drawn < max(document.page_count, 1):
                    missing.append(f"{document.slot} {document.state} {drawn} of {document.page_count}")
    return missing
