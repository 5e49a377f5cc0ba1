"""When something the portal needs is away: the database, a store, the disk. A page that says so, and nothing typed lost.

The page needs no database and no person. A form comes back with it, to be sent again when it is over; the log says what
was away, never what was asked.
"""

import errno

import structlog
from flask import Response, g, make_response, request
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoFreeConnection

from portal.documents.engines.setter import NotSet
from portal.vault.blobs import StoreUnreachable
from portal.web.fault_words import OUTAGE, fault_page
from portal.web.parked import Sender, form_of_request, page_for_sending_again, sender
from portal.web.problems import asked_by_machine, problem_of

RETRY_AFTER_SECONDS = 30
_OF_THE_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE}
_log = structlog.get_logger("web")


def what_is_away(fault: BaseException) -> str:
    """In a word for the log, what a fault says is away for the moment; empty where the fault is our own."""
    if isinstance(fault, OperationalError | InterfaceError) or (
        isinstance(fault, DBAPIError) and fault.connection_invalidated
    ):
        told = fault.orig
        if getattr(told, "sqlite_errorname", "") == "SQLITE_ERROR":
            return ""  # a statement that is wrong: the database is there
        return f"database:{getattr(told, 'sqlite_errorname', None) or getattr(told, 'sqlstate', None) or 'no answer'}"
    if isinstance(fault, NoFreeConnection):
        return "database:no free connection"
    if isinstance(fault, NotSet):
        return "papers:no child"
    if isinstance(fault, StoreUnreachable):
        return f"storage:{errno.errorcode.get(fault.errno or 0, 'no answer')}"
    if isinstance(fault, OSError) and fault.errno in _OF_THE_DISK:
        return f"disk:{errno.errorcode[fault.errno]}"
    return ""


def outage_answer(reason: str) -> Response:
    """503: what to do, and the form of our own page with what was typed in it. Files cannot come along."""
    _log.error("outage", endpoint=request.endpoint, reason=reason)
    g.pop("membership", None)  # whose party and authority the page's frame would ask the database for
    if request.method == "POST" and sender() is Sender.HERE:
        page = page_for_sending_again(form_of_request(), heading="outage")
    else:
        page = fault_page(OUTAGE)
    response = problem_of(503, OUTAGE) if asked_by_machine() else make_response(page, 503)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
