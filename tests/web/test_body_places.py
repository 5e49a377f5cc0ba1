"""Who gets a place for a body, who waits for one, and who gives one up."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from threading import Event, Thread

import pytest

from portal import clock
from portal.config import Settings
from portal.factory import create_app
from portal.web import body_places
from portal.web.bodies import MeasuredBody
from portal.web.body_places import FAST_BYTES_PER_SECOND as FAST
from portal.web.body_places import HELD_BY_MANY, HELD_SECONDS, LONG_SECONDS, Places

ONE, ANOTHER, THIRD = "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"


@dataclass(eq=False)
class Held:
    """A body that has come for so long, and has so many seconds to go if it is slow."""

    network: str = ONE
    seconds: float = 0
    to_go: float = 100
    rate: float = 1000
    asked: bool = False

    def seconds_to_go(self, *, after: float, unless: float) -> float | None:
        return None if self.asked or self.seconds < after or self.rate >= unless else self.to_go

    def give_up(self) -> bool:
        self.asked = True
        return True


class Waiting:
    """Somebody who waits in a thread of their own."""

    def __init__(self, places: Places, body: Held) -> None:
        self.body, self.got, self.places = body, Event(), places
        self.thread = Thread(target=lambda: places.take(body) and self.got.set())
        self.thread.start()
        while body not in places._waiting and self.thread.is_alive():
            pass


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> Iterator[Places]:
    """Four places, and four seats to wait on; nobody is waited for any more at the end."""
    monkeypatch.setattr(body_places, "LOOK_AGAIN", 0.01)
    made = Places(4, 4)
    yield made
    assert not made._waiting
    for body in list(made._held):
        made.give_back(body)
    assert not made._leaving


def taken(places: Places, *bodies: Held) -> list[Held]:
    assert all(places.take(body) for body in bodies)
    return list(bodies)


def asked_by(places: Places, monkeypatch: pytest.MonkeyPatch, body: Held) -> list[bool]:
    """Who of those inside is asked to leave for this one, which waits in vain."""
    monkeypatch.setattr(body_places, "WAIT_SECONDS", 0.1)
    assert not places.take(body)
    return [one.asked for one in places._held if isinstance(one, Held)]


def test_whoever_finds_no_place_and_no_room_to_wait_is_told_at_once() -> None:
    places, first = Places(1, 0), Held()
    assert places.take(first)
    begun = clock.monotonic()
    assert not places.take(Held())
    assert clock.monotonic() - begun < body_places.WAIT_SECONDS / 2
    places.give_back(first)
    assert places.take(Held())


def test_whoever_waits_gets_the_place_that_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    places, first = Places(1, 2), Held()
    assert places.take(first)
    waiting = Waiting(places, Held())
    assert not waiting.got.is_set()
    places.give_back(first)
    assert waiting.got.wait(5)
    waiting.thread.join()
    monkeypatch.setattr(body_places, "WAIT_SECONDS", 0.05)
    assert not places.take(Held())  # waited in vain
    places.give_back(waiting.body)
    assert places.take(Held())


def test_a_place_goes_to_the_network_that_holds_fewest_and_there_to_whoever_came_first(places: Places) -> None:
    first, *_ = taken(places, *(Held() for _ in range(4)))
    crowd = [Waiting(places, Held()) for _ in range(2)]
    others = [Waiting(places, Held(ANOTHER)), Waiting(places, Held(THIRD))]
    for waiting in (*others, *crowd):
        places.give_back(first)
        assert waiting.got.wait(5)
        assert sum(one.got.is_set() for one in (*others, *crowd)) == (*others, *crowd).index(waiting) + 1
        first = waiting.body
        waiting.thread.join()


def test_one_network_has_half_of_the_seats_to_wait_on(places: Places) -> None:
    holding = taken(places, *(Held() for _ in range(4)))
    waiting = [Waiting(places, Held()) for _ in range(2)]
    assert not places.take(Held()), "the third of its network is told at once"
    waiting.append(Waiting(places, Held(ANOTHER)))
    for one in holding[:3]:
        places.give_back(one)
    assert all(one.got.wait(5) for one in waiting)


@pytest.mark.parametrize(
    ("holding", "network", "asked"),
    [
        ([(ONE, HELD_SECONDS - 1)] * 4, ONE, 0),
        ([(ONE, HELD_SECONDS)] * 4, ONE, 1),
        ([(ONE, HELD_BY_MANY)] * 4, ANOTHER, 1),
        ([(ONE, HELD_BY_MANY - 1)] * 4, ANOTHER, 0),
        ([(ONE, HELD_BY_MANY)] * 2 + [(THIRD, HELD_BY_MANY)] * 2, ANOTHER, 1),
        ([(name, HELD_SECONDS - 1) for name in "abcd"], "e", 0),
        ([(name, HELD_SECONDS) for name in "abcd"], "e", 1),
        ([(ANOTHER, HELD_SECONDS)] * 2 + [(ONE, HELD_BY_MANY)] * 2, ONE, 0),
    ],
)
def test_a_slow_one_gives_up_its_place_after_a_time_and_sooner_where_its_network_has_many(
    places: Places, monkeypatch: pytest.MonkeyPatch, holding: list[tuple[str, float]], network: str, asked: int
) -> None:
    taken(places, *(Held(*one) for one in holding))
    assert sum(asked_by(places, monkeypatch, Held(network))) == asked


def test_a_fast_one_keeps_its_place(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    taken(places, *(Held(name, seconds=3600, rate=FAST) for name in "abcd"))
    assert not any(asked_by(places, monkeypatch, Held(ANOTHER)))


@pytest.mark.parametrize(
    ("seconds", "to_go", "own", "asked"),
    [
        (HELD_BY_MANY, LONG_SECONDS + 1, 0, 1),
        (HELD_BY_MANY, LONG_SECONDS, 0, 0),  # through before whoever waits has to go
        (HELD_BY_MANY - 1, 3600, 0, 0),
        (3600, 3600, 2, 0),  # the network that waits has as many
    ],
)
def test_of_a_crowd_a_fast_one_with_much_to_send_gives_up_its_place_to_a_network_with_fewer(
    places: Places, monkeypatch: pytest.MonkeyPatch, seconds: float, to_go: float, own: int, asked: int
) -> None:
    crowd = (Held(seconds=seconds, to_go=to_go, rate=FAST) for _ in range(4 - own))
    taken(places, *crowd, *(Held(ANOTHER, rate=FAST) for _ in range(own)))
    assert sum(asked_by(places, monkeypatch, Held(ANOTHER))) == asked


def networks_seen(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The networks for which a place is asked from here on; nobody gets one."""
    seen: set[str] = set()

    def take(_places: Places, body: MeasuredBody) -> bool:
        seen.add(body.network)
        return False

    monkeypatch.setattr(Places, "take", take)
    return seen


@pytest.mark.parametrize("site", ["2001:db8:1:{}::7", "2001:db8:1:{}ff:abcd::9"])
def test_all_networks_of_one_ipv6_site_are_one_here(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, site: str
) -> None:
    seen = networks_seen(monkeypatch)
    client = create_app(settings).test_client()
    for number in range(5):
        client.post("/logga-in", data=b"x", environ_base={"REMOTE_ADDR": site.format(number)})
    assert seen == {"2001:db8:1::/48"}


def test_of_the_network_with_most_places_it_is_the_one_with_most_to_go(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = Held(ANOTHER, seconds=3600, to_go=9000)
    taken(places, phone, *(Held(seconds=3600, to_go=seconds) for seconds in (10, 500, 20)))
    assert asked_by(places, monkeypatch, Held(THIRD)) == [False, False, True, False]


def test_a_crowd_of_one_network_drives_nobody_out_of_another(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    taken(places, Held(ANOTHER, seconds=3600), *(Held(seconds=1) for _ in range(3)))
    assert not any(asked_by(places, monkeypatch, Held()))


@pytest.mark.parametrize("hops", [0, 1, 2])
def test_the_gate_knows_a_network_by_what_the_proxy_says_and_by_nothing_that_is_invented(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, hops: int
) -> None:
    seen = networks_seen(monkeypatch)
    client = create_app(replace(settings, proxy_hops=hops)).test_client()
    for number in range(5):
        told = [f"10.9.{number}.1"] * number + ["203.0.113.7", "10.1.1.1"][:hops]
        headers = {"X-Forwarded-For": ", ".join(told), "X-Real-IP": f"10.8.{number}.1", "Forwarded": "for=10.7.7.7"}
        client.post("/logga-in", data=b"x", headers=headers, environ_base={"REMOTE_ADDR": "192.0.2.200"})
    assert seen == {THIRD if hops else ONE}
