"""/metrics: for machines on the networks that ``PORTAL_METRICS_ALLOW`` names; to everybody else there is no such page. And
what a request tells of the proxies before it, which no check can ask about."""

import ipaddress

import structlog
from flask import Blueprint, Response, abort, current_app, request

from portal import clock
from portal.config import Settings
from portal.db import db
from portal.operations.metrics import exposition
from portal.web.guards import operations as for_machines

operations = Blueprint("operations", __name__)
_log = structlog.get_logger("web")


@operations.before_app_request
def tell_of_other_proxies() -> None:
    """Once, that requests come by another number of proxies than ``PORTAL_PROXY_HOPS`` says, or by one that appends to what a
    visitor sent: then all count as one visitor, or by an address of their own choice. Who asks the server itself has none."""
    sent, told = request.headers.get("X-Forwarded-For"), current_app.config["SETTINGS"].proxy_hops
    if sent is None or (came := sent.count(",") + 1) == told or "proxies_told" in current_app.extensions:
        return
    current_app.extensions["proxies_told"] = True
    _log.warning("proxies_counted_otherwise", PORTAL_PROXY_HOPS=told, came=came)


@operations.get("/metrics")
@for_machines
def metrics() -> Response:
    """What waits and how many were answered."""
    if not _may_ask(current_app.config["SETTINGS"]):
        abort(404)
    return Response(exposition(db.session, clock.now()), content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_ask(settings: Settings) -> bool:
    """By the address the request came from. One that passed a proxy nobody told us of could be anybody's."""
    if not settings.proxy_hops and "X-Forwarded-For" in request.headers:
        return False
    try:
        sender = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return False
    if isinstance(sender, ipaddress.IPv6Address) and sender.ipv4_mapped:
        sender = sender.ipv4_mapped  # a server that listens for both kinds is told of the older one so
    return any(sender in network for network in settings.metrics_allow)
