"""Every "no" of a backup or a restore, each a sentence that says what to do. PURE."""

from portal.refusal import Refusal


class FileExists(Refusal):
    """A backup is never written over another file."""

    text = "%(file)s finns redan och lämnas som den är. Välj ett annat filnamn."


class BeingWritten(Refusal):
    """Another run writes the same file."""

    text = "%(file)s skrivs just nu av en annan körning. Vänta på den, eller välj ett annat filnamn."


class Restless(Refusal):
    """Papers were replaced each time their files were copied."""

    text = (
        "Handlingar byttes ut medan kopian togs, tre gånger i rad, så ingen kopia är skriven. Försök igen om en stund."
    )


class FileMissing(Refusal):
    """There is nothing to restore from."""

    text = "%(file)s finns inte eller går inte att läsa."


class Damaged(Refusal):
    """Cut short, changed in some byte, or no backup at all."""

    text = "Filen är ingen hel säkerhetskopia: den är avklippt, skadad eller något annat. Ta en annan kopia."


class Forged(Refusal):
    """Whole, and with our mark, but not sealed with our key."""

    text = "Säkerhetskopian är ändrad av någon som inte har installationens nyckel. Ta en annan kopia."


class Foreign(Refusal):
    """Made by another installation: its keys are in a file that is not this one's."""

    text = "Säkerhetskopian är gjord med en annan nyckelfil än den i PORTAL_KEYS_FILE. Lägg tillbaka rätt nyckelfil."


class OtherFormat(Refusal):
    """Made by a program that writes backups in another way."""

    text = "Säkerhetskopian har ett format som den här versionen inte känner. Uppgradera programmet först."


class OtherKind(Refusal):
    """A backup of keys where one of the portal was asked for, or the other way about."""

    text = "Filen är en säkerhetskopia av något annat. Portalen: portal restore. Nycklarna: portal keys restore."


class NewerSchema(Refusal):
    """Made by a newer program than this one."""

    text = "Säkerhetskopian är gjord med en nyare version av programmet. Uppgradera programmet först."


class NotMigrated(Refusal):
    """The database is on another version than the program that should read it."""

    text = (
        "Databasen är på en annan version än programmet. Kör portal db upgrade, eller kopiera med den förra versionen."
    )


class NotEmpty(Refusal):
    """There are rows: a restore never mixes with what is there."""

    text = "Databasen har redan uppgifter i sig. En säkerhetskopia läggs bara tillbaka i en tom databas."


class KeysNotEmpty(Refusal):
    """There are keys: a key that has been destroyed must never come back among them."""

    text = "Nyckellagret har redan nycklar. En kopia läggs bara tillbaka i ett tomt nyckellager."


class KeysTooOld(Refusal):
    """An old dump of keys would bring back what has been erased since."""

    text = "Nyckelkopian är äldre än %(days)d dagar och får inte läggas tillbaka: den kan öppna det som har raderats."


class KeysOfTomorrow(Refusal):
    """How old they are cannot be told by a clock that is before them."""

    text = "Nyckelkopian är tagen senare än maskinens klocka visar. Ställ klockan och försök igen."


class DatabaseFirst(Refusal):
    """Keys without their rows would be swept away as ownerless, and only rows that are all there tell what was erased."""

    text = (
        "Databasen är tom eller inte färdig. Kör först portal restore FIL, "
        "eller portal db upgrade om den redan är tillbaka."
    )
