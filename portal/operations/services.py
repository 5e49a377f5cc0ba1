"""`portal check`: every setting and every invariant, each finding a sentence that says what to do."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from time import sleep

from flask import Flask
from sqlalchemy import Engine, create_engine, inspect, select, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from portal import clock
from portal.applications.services.wholeness import Lack, broken_things
from portal.audit.models import AuditLine
from portal.audit.services import PLATFORM_CHAIN
from portal.audit.verification import broken_lines
from portal.config import Misconfigured, Settings
from portal.db import db, files_of, open_engine
from portal.disclosure.grounds import BadGrounds, grounds
from portal.disks import full_disks
from portal.elections.calendar import elections
from portal.operations.catalogues import stale_catalogues
from portal.operations.rotation.services import strange_keys
from portal.operations.secret_files import another_owner, open_secrets
from portal.operations.servers import servers_told_of
from portal.operations.silence import NO_ANSWER, NO_DATABASE, NO_KEY_STORE, UPGRADE, silent_databases
from portal.operations.stores import silent_stores
from portal.operations.waiting import UNFINISHED_RESTORE, silent_mail_server, unfinished_restore, what_waits
from portal.organisations.models import Authority, Party
from portal.paths import TRANSLATIONS
from portal.profiles.faults import BadProfile
from portal.profiles.shelf import profiles
from portal.revisions import known_revisions, present_revision, wanted_revision
from portal.swedish_dates import swedish_day
from portal.tables import scoped_tables
from portal.vault.generations import lacking_generations
from portal.vault.keyring import Keyring, is_open_to_others, read_keyring
from portal.vault.keystore import metadata as metadata_of_keys
from portal.vault.models import ControllerKey
from portal.vault.sealing import SealBroken
from portal.vault.services import the_vault

SECONDS_FOR_THE_SERVER, SECONDS_BETWEEN_TRIES = 60, 0.5  # a database server that is about to be up
TOLD_OF_EACH = 10  # a lost folder is told in ten lines and a number
OPEN_KEY_FILE = "Nyckelfilen kan läsas av andra. Kör: chmod 400 på den."
OTHER_KEY_FILE = "Nyckelfilen öppnar inget av det som finns i databasen. Lägg tillbaka den fil som hör till den."
LACKING_GENERATION = (
    "{count} ansökningar hos {controller} vilar på nyckel nummer {generation}, som inte finns i databasen, och går inte att "
    "läsa. Lägg tillbaka en säkerhetskopia av portalen från efter det senaste nyckelbytet."
)


def require_ready(settings: Settings, tell: Callable[[str], None]) -> None:
    """What must be so before anything is served or worked off. Raises `Misconfigured` with what to do.

    A database server that does not answer is waited for, which ``tell`` hears at once: after a power cut all begin
    together, and a worker must not need somebody to start it again. So is a restore that is not finished: it is no
    hindrance, for the keys may be lost, but once an application has been begun they go into the store no more. Leaves nothing
    open: the web server's processes are forked afterwards.
    """
    for unfinished in unfinished_restore(settings.instance_path):
        tell(unfinished)
    keyring = read_keyring(settings.keys_file)
    if not settings.demo and is_open_to_others(settings.keys_file):
        raise Misconfigured(OPEN_KEY_FILE)
    engine = open_engine(settings.database_url)
    try:
        wrong = _version_when_up(engine, tell) or _of_another_key_file(engine, keyring)
    except SQLAlchemyError as unprepared:  # no file, or a role that is not let in yet
        raise Misconfigured(NO_DATABASE) from unprepared
    finally:
        engine.dispose()
    if wrong:
        raise Misconfigured(wrong)


def has_keys(database_url: str) -> bool:
    """Whether anything was ever wrapped by a key file's key here; False where there is no database yet. Raises
    `Misconfigured` where a server does not answer: what it would say is not known."""
    engine = open_engine(database_url)
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table(ControllerKey.__tablename__):
                return False
            return connection.execute(select(ControllerKey.id).limit(1)).first() is not None
    except SQLAlchemyError as fault:
        if engine.dialect.name == "sqlite":
            return False
        raise Misconfigured(NO_ANSWER) from fault
    finally:
        engine.dispose()


def _of_another_key_file(engine: Engine, keyring: Keyring) -> str:
    """What is wrong where the file opens nothing of this database: all that were written with it nobody could read later."""
    asked = select(ControllerKey.controller_id, ControllerKey.wrapped).order_by(ControllerKey.created_at.desc())
    with engine.connect() as connection:
        newest = connection.execute(asked.limit(1)).first()
    if newest is None:
        return ""
    try:
        keyring.unwrap(newest.wrapped, belongs_to=f"controller_key|{newest.controller_id}")
    except SealBroken:
        return OTHER_KEY_FILE
    return ""


def _version_when_up(engine: Engine, tell: Callable[[str], None]) -> str:
    """As `_version`, once the server answers. Raises `Misconfigured` where it has not for a minute."""
    until, told = clock.monotonic() + SECONDS_FOR_THE_SERVER, False
    while True:
        try:
            return _version(engine)
        except OperationalError as away:
            if engine.dialect.name == "sqlite":
                raise
            if clock.monotonic() > until:
                raise Misconfigured(NO_ANSWER) from away
        if not told:
            tell(f"{NO_ANSWER} Försöker i {SECONDS_FOR_THE_SERVER} sekunder.")
            told = True
        sleep(SECONDS_BETWEEN_TRIES)


def findings(app: Flask, *, deep: bool = False) -> Iterator[str]:
    """What is wrong with this installation, in words; nothing when all is well. ``deep`` opens every file too."""
    settings: Settings = app.config["SETTINGS"]
    if not_ours := another_owner(settings.instance_path):
        yield not_ours
        return
    yield from _settings(settings)
    if stale_catalogues(TRANSLATIONS):
        yield "Översättningarna är inte sammanställda, så de engelska sidorna visas på svenska. Kör: portal i18n compile"
    yield from _rules()
    yield from _calendar(clock.today())
    unfinished = unfinished_restore(settings.instance_path)
    yield from unfinished
    try:
        yield from _schema()
        yield from _open_files()
        yield from _roles()
        yield from servers_told_of(settings)
        yield from _keys()
        yield from broken_lines()
        yield from _invented(settings)
        yield from what_waits(clock.now(), demo=settings.demo)
        if UNFINISHED_RESTORE not in unfinished:  # what it has not come to yet would be told as lost
            yield from _wholeness(deep)
    except SQLAlchemyError as fault:
        yield from silent_databases(
            db.engine,
            the_vault().key_store.engine,
            f"Databasen svarar inte som den ska ({type(fault).__name__}). {UPGRADE}",
        )
    for folder, free in full_disks(settings):
        yield f"Disken där {folder} ligger är full eller nästan full: {free} MB kvar. Skapa plats, annars kan ingen ansöka."
    yield from silent_stores(app)
    yield from silent_mail_server(app)


def _calendar(on: date) -> Iterator[str]:
    """That the table of elections ends: told from the last election but one, a whole term before."""
    *_, before, last = elections()
    if on > before.day:
        yield (
            f"Valkalendern slutar med valet {swedish_day(last.day)}, och efter det går ingen gräns att räkna ut. "
            "Uppgradera portalen innan dess."
        )


def analyse(*addresses: str) -> None:
    """After a great many rows at once: tell PostgreSQL what it would find out by itself in a while, and plans by."""
    for url in addresses:
        if url.startswith("postgresql"):
            engine = create_engine(url, isolation_level="AUTOCOMMIT")
            with engine.connect() as connection:
                connection.execute(text("ANALYZE"))
            engine.dispose()


def _settings(settings: Settings) -> Iterator[str]:
    if settings.demo:
        return
    if settings.instance_path in Path(settings.keys_file).parents:
        yield "Nyckelfilen ligger i instansmappen. Flytta den, så att en säkerhetskopia aldrig tar med nyckeln."
    if not settings.https:
        yield "PORTAL_BASE_URL är inte https. Ansökningar och lösenord skulle gå oskyddade."
    if is_open_to_others(settings.keys_file):
        yield OPEN_KEY_FILE
    yield from open_secrets(os.environ)


def _rules() -> Iterator[str]:
    try:
        profiles()
    except BadProfile as fault:
        yield f"En regelfil följs inte. {fault.sentence}"
    try:
        grounds()
    except BadGrounds as fault:
        yield f"Sekretessgrunderna följs inte. {fault.sentence}"


def _schema() -> Iterator[str]:
    if wrong := _version(db.engine):
        yield wrong
    present = set(inspect(the_vault().key_store.engine).get_table_names())
    if not present.issuperset(metadata_of_keys.tables):
        yield NO_KEY_STORE


def _version(engine: Engine) -> str:
    """What is wrong with the schema's version; empty when it is the one this code is written for."""
    wanted = wanted_revision()
    present = present_revision(engine)
    if present == wanted:
        return ""
    if present and present not in known_revisions():
        return f"Databasen är på version {present}, som är nyare än programmet. Installera den nyare versionen igen."
    return f"Databasen är på version {present or 'ingen'} men ska vara på {wanted}. Kör: portal db upgrade"


def _open_files() -> Iterator[str]:
    for file in (*files_of(db.engine), *files_of(the_vault().key_store.engine)):
        if is_open_to_others(file):
            yield f"{file} kan läsas av andra på maskinen. Kör: portal db upgrade"


def _roles() -> Iterator[str]:
    if db.engine.dialect.name != "postgresql":
        return
    with db.engine.connect() as connection:
        role = connection.execute(
            text("select rolsuper, rolbypassrls from pg_roles where rolname = current_user")
        ).one()
        open_tables = connection.scalars(
            text(
                "select relname from pg_class where relkind = 'r' and relname = any(:names) "
                "and not (relrowsecurity and relforcerowsecurity)"
            ),
            {"names": [table.name for table in scoped_tables()]},
        ).all()
        owned = connection.scalar(text("select count(*) from pg_tables where tableowner = current_user"))
    if role.rolsuper or role.rolbypassrls or owned:
        yield (
            "Databasrollen i PORTAL_DATABASE_URL äger tabeller eller kan gå förbi radskyddet. "
            "Ge programmet en egen roll och sätt PORTAL_DATABASE_OWNER_URL för migreringar."
        )
    for name in open_tables:
        yield f"Tabellen {name} saknar radskydd. Kör: portal db upgrade"


def _invented(settings: Settings) -> Iterator[str]:
    made_up = select(AuditLine.id).where(AuditLine.chain_id == PLATFORM_CHAIN, AuditLine.verb == "demo.seeded").limit(1)
    if not settings.demo and db.session.scalar(made_up) is not None:
        yield "Databasen är fylld med påhittade människor för demon eller för mätning. Ta en ny, tom databas."


def _wholeness(deep: bool) -> Iterator[str]:
    found: Counter[Lack] = Counter()
    try:
        for broken in broken_things(clock.now(), deep=deep):
            found[broken.lack] += 1
            if found[broken.lack] <= TOLD_OF_EACH:
                yield str(broken)
    except SQLAlchemyError:
        raise
    except Exception as fault:  # each kind of store has its own
        yield f"Dokumentlagret svarar inte ({type(fault).__name__}). Se PORTAL_STORAGE_URL."
    for lack, count in found.items():
        if count > TOLD_OF_EACH:
            yield f"… och {count - TOLD_OF_EACH} till: {lack.value.format(id='…', blob='…')}"


def _keys() -> Iterator[str]:
    controllers = {*db.session.scalars(select(Party.id)), *db.session.scalars(select(Authority.id))}
    keyed = set(db.session.scalars(select(ControllerKey.controller_id)))
    for missing in controllers - keyed:
        yield f"Personuppgiftsansvarig {missing} saknar nyckel."
    for row in db.session.scalars(select(ControllerKey)):
        try:
            the_vault().keyring.unwrap(row.wrapped, belongs_to=f"controller_key|{row.controller_id}")
        except Exception:
            yield f"Nyckeln för {row.controller_id} går inte att öppna: rätt nyckelfil saknas."
    for controller_id, generation, count in lacking_generations():
        yield LACKING_GENERATION.format(controller=controller_id, generation=generation, count=count)
    yield from strange_keys()
