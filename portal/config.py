"""What this installation is set to: frozen, typed, read once from the environment; refuses to start half configured."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit


class Misconfigured(Exception):
    """A setting is missing or cannot be meant. The sentence names the setting and what it should be."""


LEAST_SECRET_BYTES = 32
DEMO_RATES_FACTOR = 1000  # everybody in a demo sits at one machine, and measuring sends all from there

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Settings:
    """One installation's settings. Addresses are SQLAlchemy's; paths are absolute."""

    instance_path: Path
    database_url: str
    database_owner_url: str
    key_store_url: str
    queue_url: str
    rates_url: str
    storage_url: str
    secret_key: str
    keys_file: Path
    base_url: str
    smtp_url: str
    mail_from: str
    trusted_hosts: tuple[str, ...]
    proxy_hops: int
    metrics_allow: tuple[Network, ...]
    rates_factor: int  # how many times as much as `web.limits` says a network may send; guesses stay as they are
    demo: bool

    @property
    def https(self) -> bool:
        """True when people reach the portal by https; cookies and headers follow it."""
        return urlsplit(self.base_url).scheme == "https"

    def made_by(self, url: str) -> str:
        """By which address tables at ``url`` are made: the owner's, where they lie beside the portal's own."""
        return self.database_owner_url if sqlalchemy_url(url) == self.database_url else url

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Read ``PORTAL_…``. Raises `Misconfigured` where a real installation lacks what it must have."""
        env = os.environ if environ is None else environ
        demo = env.get("PORTAL_DEMO", "") == "1"
        instance = Path(env.get("PORTAL_INSTANCE_PATH", "instance")).absolute()
        if env.get("PORTAL_NOW") and not demo:
            raise Misconfigured("PORTAL_NOW flyttar klockan och får bara finnas i demon och i tester.")
        base = _base_url(env, demo)
        database = sqlalchemy_url(env.get("PORTAL_DATABASE_URL") or f"sqlite:///{instance}/portal.db")
        return cls(
            instance_path=instance,
            database_url=database,
            database_owner_url=sqlalchemy_url(env.get("PORTAL_DATABASE_OWNER_URL") or database),
            key_store_url=sqlalchemy_url(env.get("PORTAL_KEY_STORE_URL") or f"sqlite:///{instance}/keys.db"),
            queue_url=env.get("PORTAL_QUEUE_URL") or f"sqlite:///{instance}/queue.db",
            rates_url=env.get("PORTAL_RATES_URL") or f"sqlite:///{instance}/rates.db",
            storage_url=env.get("PORTAL_STORAGE_URL") or f"file://{instance}/documents",
            secret_key=_secret(env),
            keys_file=_keys_file(env, instance, demo),
            base_url=base,
            smtp_url=_smtp_url(env, demo),
            mail_from=env.get("PORTAL_MAIL_FROM") or "noreply@portal.example",
            trusted_hosts=_trusted_hosts(env, base, demo),
            proxy_hops=_proxy_hops(env),
            metrics_allow=_networks(env),
            rates_factor=_rates_factor(env, demo),
            demo=demo,
        )


def sqlalchemy_url(address: str) -> str:
    """``postgres://`` and ``postgresql://`` mean psycopg 3 here."""
    for scheme in ("postgres://", "postgresql://"):
        if address.startswith(scheme):
            return "postgresql+psycopg://" + address.removeprefix(scheme)
    return address


def _secret(env: Mapping[str, str]) -> str:
    path = env.get("PORTAL_SECRET_KEY_FILE")
    try:
        secret = Path(path).read_text().strip() if path else env.get("PORTAL_SECRET_KEY", "")
    except OSError as fault:
        raise Misconfigured(f"Filen {path} i PORTAL_SECRET_KEY_FILE går inte att läsa.") from fault
    if len(secret.encode()) < LEAST_SECRET_BYTES:
        raise Misconfigured("Sätt PORTAL_SECRET_KEY eller PORTAL_SECRET_KEY_FILE till minst 32 slumpade byte.")
    return secret


def _keys_file(env: Mapping[str, str], instance: Path, demo: bool) -> Path:
    if path := env.get("PORTAL_KEYS_FILE"):
        return Path(path).absolute()
    if demo:
        return instance / "installation.keys"
    raise Misconfigured("Sätt PORTAL_KEYS_FILE till installationens nyckelfil, på en annan plats än instansmappen.")


def _base_url(env: Mapping[str, str], demo: bool) -> str:
    address = env.get("PORTAL_BASE_URL", "http://localhost:8000" if demo else "").rstrip("/")
    if urlsplit(address).scheme not in ("http", "https"):
        raise Misconfigured("Sätt PORTAL_BASE_URL till adressen där människor når portalen, med https://.")
    return address


def _smtp_url(env: Mapping[str, str], demo: bool) -> str:
    address = env.get("PORTAL_SMTP_URL", "")
    if not address and not demo:
        raise Misconfigured("Sätt PORTAL_SMTP_URL till e-postservern: smtp://användare:lösenord@värd:587.")
    return address


def _trusted_hosts(env: Mapping[str, str], base_url: str, demo: bool) -> tuple[str, ...]:
    """The names that the portal answers to: its own, those that are set besides, and in the demo this machine's."""
    own = urlsplit(base_url).hostname or ""
    besides = [name.strip() for name in env.get("PORTAL_TRUSTED_HOSTS", "").split(",")]
    machine = ("localhost", "127.0.0.1") if demo else ()
    return tuple(dict.fromkeys(name for name in (own, *machine, *besides) if name))


def _rates_factor(env: Mapping[str, str], demo: bool) -> int:
    if not demo:
        if env.get("PORTAL_RATES_FACTOR"):
            raise Misconfigured("PORTAL_RATES_FACTOR höjer gränserna och får bara finnas i demon och i tester.")
        return 1
    factor = env.get("PORTAL_RATES_FACTOR") or str(DEMO_RATES_FACTOR)
    if not factor.isdecimal() or int(factor) < 1:
        raise Misconfigured("Sätt PORTAL_RATES_FACTOR till ett heltal från 1.")
    return int(factor)


def _proxy_hops(env: Mapping[str, str]) -> int:
    hops = env.get("PORTAL_PROXY_HOPS") or "0"
    if not hops.isdecimal():
        raise Misconfigured("Sätt PORTAL_PROXY_HOPS till antalet proxyservrar framför portalen, som en siffra.")
    return int(hops)


def _networks(env: Mapping[str, str]) -> tuple[Network, ...]:
    named = env.get("PORTAL_METRICS_ALLOW") or "127.0.0.0/8,::1/128"
    try:
        return tuple(ip_network(network.strip()) for network in named.split(",") if network.strip())
    except ValueError as fault:
        raise Misconfigured("Sätt PORTAL_METRICS_ALLOW till nät som 10.0.0.0/8, med komma emellan.") from fault
