"""What this installation is set to: frozen, typed, read once from the environment; refuses to start half configured."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


class Misconfigured(Exception):
    """A setting is missing or cannot be meant. The sentence names the setting and what it should be."""


LEAST_SECRET_BYTES = 32


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
            base_url=_base_url(env, demo),
            smtp_url=_smtp_url(env, demo),
            mail_from=env.get("PORTAL_MAIL_FROM") or "noreply@portal.example",
            trusted_hosts=tuple(h for h in env.get("PORTAL_TRUSTED_HOSTS", "").split(",") if h),
            proxy_hops=_proxy_hops(env),
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


def _proxy_hops(env: Mapping[str, str]) -> int:
    hops = env.get("PORTAL_PROXY_HOPS") or "0"
    if not hops.isdecimal():
        raise Misconfigured("Sätt PORTAL_PROXY_HOPS till antalet proxyservrar framför portalen, som en siffra.")
    return int(hops)
