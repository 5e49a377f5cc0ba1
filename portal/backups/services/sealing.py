"""How this installation marks and seals its own backups."""

from portal.backups.archive import Seal
from portal.vault.services import the_vault


def the_seal() -> Seal:
    """From the oldest installation key, so that a rotation leaves old backups good."""
    keyring = the_vault().keyring
    return Seal(mark=keyring.derive("installation_mark").hex()[:32], key=keyring.derive("backup"))
