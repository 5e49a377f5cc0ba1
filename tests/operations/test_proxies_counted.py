"""A wrong `PORTAL_PROXY_HOPS` is told of once in the log, by numbers and without anybody's address."""

from dataclasses import replace
from typing import Any

import pytest
from structlog.testing import capture_logs

from portal.config import Settings
from portal.factory import create_app

TWO = "192.0.2.7, 198.51.100.2"


def told(settings: Settings, hops: int, *senders: str) -> list[dict[str, Any]]:
    """What the log says of it when requests come by way of these."""
    browser = create_app(replace(settings, proxy_hops=hops)).test_client()
    with capture_logs() as lines:
        for sender in senders:
            browser.get("/healthz", headers={"X-Forwarded-For": sender} if sender else {})
    assert not any("192.0.2" in str(line) or "198.51" in str(line) for line in lines)
    return [dict(line) for line in lines if line["event"] == "proxies_counted_otherwise"]


@pytest.mark.parametrize(("hops", "sender", "came"), [(0, "192.0.2.7", 1), (2, "192.0.2.7", 1), (1, TWO, 2)])
def test_requests_that_pass_another_number_of_proxies_are_told_of_once(
    settings: Settings, hops: int, sender: str, came: int
) -> None:
    (line,) = told(settings, hops, sender, sender)
    assert (line["PORTAL_PROXY_HOPS"], line["came"], line["log_level"]) == (hops, came, "warning")


@pytest.mark.parametrize(("hops", "sender"), [(0, ""), (1, ""), (1, "192.0.2.7"), (2, TWO)])
def test_as_many_as_was_said_and_who_asks_the_server_itself_are_nothing_to_tell(
    settings: Settings, hops: int, sender: str
) -> None:
    assert told(settings, hops, sender) == []
