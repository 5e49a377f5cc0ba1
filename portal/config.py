"""What this installation is set to: frozen, typed, read once from the environment; refuses to start half configured."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from portal.whereabouts import POSTGRESQL, in_ascii, sqlalchemy_url, taken_apart, whereabouts


class Misconfigured(Exception):
    """A setting is missing or cannot be meant. The sentence names the setting and what it should be."""


LEAST_SECRET_BYTES = 32
THIS_MACHINE = ("localhost", "127.0.0.1")
DEMO_RATES_FACTOR = 1000  # everybody in a demo sits at one machine, and measuring sends all from there

Network = IPv4Network | IPv6Network
LEAST_DIFFERENT_CHARACTERS = 10
# What stands in examples and instructions: whoever copies one has no secret.
_EXAMPLE = re.compile(r"example|exempel|change|byt.?ut|secret|hemlig|password|only-for-tests", re.IGNORECASE)
_ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
_HOST = re.compile(r"\.?[\w-]+(\.[\w-]+)*")
# What holds a password may lie in a file that the setting with _FILE after its name tells of. It goes before words.
IN_FILES = (
    "PORTAL_SECRET_KEY", "PORTAL_DATABASE_URL", "PORTAL_DATABASE_OWNER_URL", "PORTAL_KEY_STORE_URL",
    "PORTAL_QUEUE_URL", "PORTAL_RATES_URL", "PORTAL_SMTP_URL", "AWS_SECRET_ACCESS_KEY",
)  # fmt: skip


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
    storage_key: (
        tuple[str, str] | None
    )  # its name and the key itself; None where the store's library has a way of its own
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
        """Read ``PORTAL_…``. Raises `Misconfigured` where one cannot be meant, or a real installation lacks one."""
        env = {name: text.strip() for name, text in (os.environ if environ is None else environ).items()}
        env |= {name: _content(f"{name}_FILE", path) for name in IN_FILES if (path := env.get(f"{name}_FILE"))}
        demo = _demo(env)
        instance = _instance(env)
        _now(env, demo)
        base = _base_url(env, demo)
        database = _database(env, "PORTAL_DATABASE_URL", f"sqlite:///{instance}/portal.db")
        made = cls(
            instance_path=instance,
            database_url=database,
            database_owner_url=_database(env, "PORTAL_DATABASE_OWNER_URL", database),
            key_store_url=_database(env, "PORTAL_KEY_STORE_URL", f"sqlite:///{instance}/keys.db"),
            queue_url=_queue(env, f"sqlite:///{instance}/queue.db"),
            rates_url=_database(env, "PORTAL_RATES_URL", f"sqlite:///{instance}/rates.db"),
            storage_url=_storage(env, f"file://{instance}/documents"),
            storage_key=_storage_key(env),
            secret_key=_secret(env, demo),
            keys_file=_keys_file(env, instance, demo),
            base_url=base,
            smtp_url=_smtp_url(env, demo),
            mail_from=_mail_from(env, demo),
            trusted_hosts=_trusted_hosts(env, base, demo),
            proxy_hops=_proxy_hops(env),
            metrics_allow=_networks(env),
            rates_factor=_rates_factor(env, demo),
            demo=demo,
        )
        if not demo:
            _refuse_half(made)
        return made


def _refuse_half(made: Settings) -> None:
    """What each setting allows alone, but not together: a real installation is whole, or does not start."""
    database, owner = taken_apart(made.database_url), taken_apart(made.database_owner_url)
    if database.scheme in POSTGRESQL and owner.username in (None, database.username):
        raise Misconfigured(
            "Sätt PORTAL_DATABASE_OWNER_URL till samma databas med en egen roll, som äger tabellerna; "
            "rollen i PORTAL_DATABASE_URL får inte äga dem."
        )
    if whereabouts(taken_apart(made.key_store_url)) == whereabouts(database):
        raise Misconfigured(
            "PORTAL_KEY_STORE_URL leder till samma databas som ansökningarna. "
            "Ge nyckellagret ett eget, så att en säkerhetskopia aldrig tar med nycklarna."
        )


def _content(setting: str, path: str) -> str:
    """What a setting's file says. An empty one says nothing, least of all that the ordinary is meant."""
    try:
        content = Path(path).read_text().strip()
    except (OSError, UnicodeDecodeError) as fault:
        raise Misconfigured(f"Filen {path} i {setting} går inte att läsa.") from fault
    if not content:
        raise Misconfigured(f"Filen {path} i {setting} är tom.")
    return content


def _demo(env: Mapping[str, str]) -> bool:
    if env.get("PORTAL_DEMO", "") not in ("", "0", "1"):
        raise Misconfigured("Sätt PORTAL_DEMO till 1 i en demo; i en riktig installation finns den inte.")
    return env.get("PORTAL_DEMO") == "1"


def _instance(env: Mapping[str, str]) -> Path:
    instance = Path(env.get("PORTAL_INSTANCE_PATH") or "instance").absolute()
    if instance.exists() and not instance.is_dir():
        raise Misconfigured("Sätt PORTAL_INSTANCE_PATH till en mapp; där ligger en fil.")
    if set("#?%") & set(str(instance)):  # in an address what follows would be no part of the folder
        raise Misconfigured("Sätt PORTAL_INSTANCE_PATH till en mapp utan #, ? och % i sitt namn.")
    return instance


def _now(env: Mapping[str, str], demo: bool) -> None:
    setting = env.get("PORTAL_NOW", "")
    if setting and not demo:
        raise Misconfigured("PORTAL_NOW flyttar klockan och får bara finnas i demon och i tester.")
    try:
        text = Path(setting[1:]).read_text().strip() if setting.startswith("@") else setting
        if text:
            datetime.fromisoformat(text)
    except FileNotFoundError:
        return  # not moved yet
    except (OSError, ValueError) as wrong:
        raise Misconfigured(
            "Sätt PORTAL_NOW till en tidpunkt som 2026-11-23T10:00, eller @ och en fil med en sådan."
        ) from wrong


def _database(env: Mapping[str, str], name: str, default: str) -> str:
    address = sqlalchemy_url(env.get(name) or default)
    try:
        parts = taken_apart(address)
        good = (parts.scheme in POSTGRESQL and len(parts.path) > 1) or (
            address.startswith("sqlite:///") and len(address) > len("sqlite:///") and ":memory:" not in address
        )
    except ValueError:
        good = False
    if not good:
        raise Misconfigured(f"Sätt {name} till postgresql://roll:lösenord@värd/databas eller sqlite:////mapp/fil.db.")
    return address


def _queue(env: Mapping[str, str], default: str) -> str:
    if env.get("PORTAL_QUEUE_URL", "").startswith(("redis://", "rediss://")):
        return env["PORTAL_QUEUE_URL"]
    address = _database(env, "PORTAL_QUEUE_URL", default)
    return address.replace("postgresql+psycopg://", "postgresql://")


def _storage(env: Mapping[str, str], default: str) -> str:
    address = env.get("PORTAL_STORAGE_URL") or default
    parts = urlsplit(address)
    if parts.scheme == "s3" and parts.netloc:
        endpoint = parse_qs(parts.query).get("endpoint", [""])[0]
        if urlsplit(endpoint).scheme not in ("http", "https"):
            raise Misconfigured(
                "PORTAL_STORAGE_URL saknar lagrets adress. Skriv s3://hink?endpoint=https://lagring.example.se."
            )
        if _storage_key(env) is None and {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"} & env.keys():
            raise Misconfigured(
                "Sätt både AWS_ACCESS_KEY_ID och AWS_SECRET_ACCESS_KEY för lagret i PORTAL_STORAGE_URL."
            )
    elif not (parts.scheme == "file" and not parts.netloc and parts.path.startswith("/")):
        raise Misconfigured("Sätt PORTAL_STORAGE_URL till file:///mapp eller s3://hink?endpoint=https://värd.")
    return address


def _storage_key(env: Mapping[str, str]) -> tuple[str, str] | None:
    name, key = env.get("AWS_ACCESS_KEY_ID"), env.get("AWS_SECRET_ACCESS_KEY")
    return (name, key) if name and key else None


def _secret(env: Mapping[str, str], demo: bool) -> str:
    secret = env.get("PORTAL_SECRET_KEY", "")
    if len(secret.encode()) < LEAST_SECRET_BYTES:
        raise Misconfigured("Sätt PORTAL_SECRET_KEY eller PORTAL_SECRET_KEY_FILE till minst 32 slumpade byte.")
    if not demo and (_EXAMPLE.search(secret) or len(set(secret)) < LEAST_DIFFERENT_CHARACTERS):
        raise Misconfigured(
            "PORTAL_SECRET_KEY är inte slumpad utan som ur ett exempel. Gör en egen: openssl rand -hex 32"
        )
    return secret


def _keys_file(env: Mapping[str, str], instance: Path, demo: bool) -> Path:
    if path := env.get("PORTAL_KEYS_FILE"):
        return Path(path).absolute()
    if demo:
        return instance / "installation.keys"
    raise Misconfigured("Sätt PORTAL_KEYS_FILE till installationens nyckelfil, på en annan plats än instansmappen.")


def _base_url(env: Mapping[str, str], demo: bool) -> str:
    address = (env.get("PORTAL_BASE_URL") or ("http://localhost:8000" if demo else "")).rstrip("/")
    if not _is_address(address, ("http", "https")) or urlsplit(address).path:
        raise Misconfigured("Sätt PORTAL_BASE_URL till adressen där människor når portalen, med https://.")
    if demo and urlsplit(address).hostname not in THIS_MACHINE:
        raise Misconfigured(
            "PORTAL_DEMO=1 visar allas koder och mejl för vem som helst, och finns bara på den egna maskinen. "
            "Ta bort den, eller sätt PORTAL_BASE_URL till http://localhost:8000."
        )
    host = urlsplit(address).hostname or ""
    return address.lower().replace(host, in_ascii(host))


def _smtp_url(env: Mapping[str, str], demo: bool) -> str:
    address = env.get("PORTAL_SMTP_URL", "")
    if not (address and _is_address(address, ("smtp", "smtps"))) and (address or not demo):
        raise Misconfigured("Sätt PORTAL_SMTP_URL till e-postservern: smtp://användare:lösenord@värd:587.")
    return address


def _trusted_hosts(env: Mapping[str, str], base_url: str, demo: bool) -> tuple[str, ...]:
    """The names that the portal answers to: its own, those that are set besides, and in the demo this machine's."""
    own = urlsplit(base_url).hostname or ""
    besides = [name.strip() for name in env.get("PORTAL_TRUSTED_HOSTS", "").split(",") if name.strip()]
    if not all(_HOST.fullmatch(name) for name in besides):
        raise Misconfigured(
            "Sätt PORTAL_TRUSTED_HOSTS till värdnamn med komma emellan, utan https:// och utan snedstreck."
        )
    machine = THIS_MACHINE if demo else ()
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


def _is_address(address: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = taken_apart(address)
        in_ascii(parts.hostname or "")
    except ValueError:
        return False
    return parts.scheme in schemes and bool(_HOST.fullmatch(parts.hostname or ""))


def _mail_from(env: Mapping[str, str], demo: bool) -> str:
    address = env.get("PORTAL_MAIL_FROM") or ("noreply@portal.example" if demo else "")
    local, _at, domain = address.rpartition("@")
    if not (_ADDRESS.fullmatch(address) and local.isascii() and _is_address(f"smtp://{domain}", ("smtp",))):
        raise Misconfigured(
            "Sätt PORTAL_MAIL_FROM till adressen som portalens mejl kommer från: noreply@portal.example.se."
        )
    return f"{local}@{in_ascii(domain)}"


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
