"""What each part of an installation gives away to whoever gets hold of it, part by part. PURE.

True to the code: ``tests/test_what_is_lost.py`` opens the stores of a living portal and finds what stands here, no more.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from portal.refusal import N_


@dataclass(frozen=True, slots=True)
class Part:
    """One part: what it is called, what it tells (by a key, for the tests), and what it does not."""

    key: str
    name: str
    tells: Mapping[str, str]
    keeps: str


@dataclass(frozen=True, slots=True)
class Group:
    """Parts of one kind."""

    heading: str
    parts: tuple[Part, ...] = field(default=())


_KEYS_OF_THE_LOST: Final = N_("Ansökningar som är raderade: deras nycklar är förstörda.")

_INTERVIEW: Final = N_(
    "Tid och plats för en bokad intervju: länken till ett videomöte, och vad kansliet annars har skrivit om platsen."
)

_DATABASE: Final = Part(
    "database",
    N_("Databasen"),
    {
        "organisations": N_("Vilka regioner, kommuner och partier som finns, deras frister och beslut om tjänster."),
        "ads": N_(
            "Annonserna, också utkasten: texter, kontaktpersoner, krav, intervjufrågor och intervjuernas platser. "
            "Rekryteringarnas gång."
        ),
        "staff": N_("De som loggar in: namn, e-post, titel, roll, webbläsare och ett avtryck av lösenordet."),
        "work": N_("Vilka av dem som arbetar i vilken rekrytering, och när de läste eller ändrade något."),
        "numbers": N_(
            "Hur många som har sökt varje tjänst. Var och en är ett slumpat nummer med tider, läge, filernas slag och antal, "
            "kodnamn, poäng, jävsgrund, intervjutid och utfall."
        ),
        "employments": N_(
            "Anställningarnas titel, tid, omfattning, gräns och vem som fattade beslutet, men inte vem som är anställd."
        ),
        "mails": N_("Att ett mejl har skrivits om en ansökan med ett visst nummer, och om servern tog emot det."),
    },
    N_(
        "Vem som har sökt, handlingar, svar, löneanspråk, skäl, anteckningar, protokoll, avtal, mejlens text och mottagare. "
        "Allt det är förseglat."
    ),
)

AT_REST: Final = Group(
    N_("Det som ligger stilla"),
    (
        _DATABASE,
        Part(
            "documents",
            N_("Mappen med handlingar, eller lagret hos en leverantör"),
            {"files": N_("Hur många filer det finns, hur stora de är och när de kom.")},
            N_("Vad som står i dem, vad de heter eller vem de hör till."),
        ),
        Part(
            "backup",
            N_("En säkerhetskopia"),
            {"same": N_("Samma som databasen och mappen med handlingar.")},
            N_("Ansökningarnas nycklar och pågående inloggningar: de är inte med."),
        ),
        Part(
            "key_store",
            N_("Nyckellagret, eller en kopia av det"),
            {
                "count": N_("Hur många ansökningar som finns hos varje arbetsgivare och när de påbörjades, som nummer."),
                "erased": N_("Hur många som har raderats eller gallrats, som nummer."),
            },
            N_("Någonting ur dem. Nycklarna är själva förseglade."),
        ),
        Part(
            "key_file",
            N_("Nyckelfilen"),
            {},
            N_("Någonting alls: den är en nyckel utan lås."),
        ),
        Part(
            "database_and_key_file",
            N_("Databasen, handlingarna och nyckelfilen, utan nyckellagret"),
            {
                "mails": N_("De senaste sju dagarnas mejl, och så vem som sökte den veckan."),
                "guesses": N_("Om en viss e-postadress har sökt hos en viss arbetsgivare, genom att pröva den."),
                "employed": N_("Namn på de anställda, avtal och sparade akter från avslutade rekryteringar."),
                "codes": N_("Hemligheten bakom personalens engångskoder."),
                "links": N_(
                    "Länkarna till de sökandes egna sidor, och i inbjudningar som inte är använda. De fungerar så länge "
                    "portalen är igång."
                ),
            },
            N_("Handlingar, brev och svar ur en kopia av portalen: de ligger under ansökans egen nyckel."),
        ),
        Part(
            "everything",
            N_("Databasen, handlingarna, nyckelfilen och nyckellagret tillsammans"),
            {"everything": N_("Allt.")},
            _KEYS_OF_THE_LOST,
        ),
        Part(
            "secret",
            N_("Installationens hemlighet (PORTAL_SECRET_KEY)"),
            {"orders": N_("Inget att läsa. Den som också kan skriva i kön får arbetaren att köra ett eget program.")},
            N_("Någons inloggning: den är ett slumptal som bara finns i webbläsaren."),
        ),
        Part(
            "queue",
            N_("Kön"),
            {"numbers": N_("Att något väntar på att göras, som slumpade nummer.")},
            N_("Vad det är, eller för vem."),
        ),
        Part(
            "rates",
            N_("Filen som räknar försök"),
            {"counts": N_("Hur många försök som har gjorts den dagen.")},
            N_("Vem som försökte, eller varifrån."),
        ),
        Part(
            "log",
            N_("Serverns logg"),
            {"requests": N_("Vilken sorts sida som visades när, och om det gick bra.")},
            N_("Adresser, namn, länkar, och vem som sökte eller läste."),
        ),
    ),
)  # fmt: skip

RUNNING: Final = Group(
    N_("Det som är igång"),
    (
        Part(
            "web",
            N_("Webbservern"),
            {"everything": N_("Allt: den har nycklarna, och text är öppen medan den visas.")},
            _KEYS_OF_THE_LOST,
        ),
        Part(
            "worker",
            N_("Arbetaren som skickar mejl och ritar sidor"),
            {"everything": N_("Samma som webbservern.")},
            _KEYS_OF_THE_LOST,
        ),
        Part(
            "reader",
            N_("Programmet som öppnar sökandes filer"),
            {"file": N_("Filen som öppnas just då.")},
            N_("Andra filer, nycklar, inställningar eller nätet: det får inget av det."),
        ),
        Part(
            "mail_server",
            N_("E-postservern"),
            {
                "mails": N_("Till vilka adresser portalen skriver, och länkarna i mejlen så länge de gäller."),
                "interview": _INTERVIEW,
            },
            N_("Vilket parti eller vilken annons det gäller, och handlingarna: de skickas aldrig."),
        ),
    ),
)

PEOPLE: Final = Group(
    N_("Det som finns hos människor"),
    (
        Part(
            "mailbox",
            N_("En sökandes brevlåda"),
            {
                "link": N_("Att portalen har skrivit, och länken till den egna sidan med allt som är skickat."),
                "interview": _INTERVIEW,
            },
            N_("Partiets namn, innan länken är öppnad."),
        ),
        Part(
            "staff_mailbox",
            N_("En brevlåda hos någon i personalen"),
            {
                "counts": N_("Att det finns något att göra, hur mycket och till när. Ett nytt lösenord går att beställa."),
                "invitation": N_(
                    "En inbjudan som inte är använd räcker i sju dagar för att komma in. Ett brev om ny telefon, som en "
                    "kollega eller driften har bett om, räcker ett dygn, tillsammans med ett nytt lösenord."
                ),
                "interview": _INTERVIEW,
            },
            N_("Namn, poäng eller handlingar. Annars kommer ingen in utan telefonens kod."),
        ),
        Part(
            "phone",
            N_("En telefon hos någon i personalen"),
            {"session": N_("Är den inloggad, allt som kontot når, i högst tolv timmar. Annars bara koderna.")},
            N_("Lösenordet. Ett sparat lösenord och koden i samma telefon är däremot hela inloggningen."),
        ),
        Part(
            "log_in",
            N_("En inloggning hos någon i personalen, utan telefonen"),
            {"session": N_("Det som kontot når, i högst tolv timmar, men handlingar från högst 30 sökande i timmen.")},
            N_("Filer med många personer, raderingar och andras uppdrag: en kvart efter koden frågar portalen efter en ny."),
        ),
        Part(
            "office",
            N_("Ett konto på ett partis kansli"),
            {"own": N_("Det partiets ansökningar, så långt rekryteringen har kommit.")},
            N_("Något om ett annat partis, inte ens att det finns."),
        ),
        Part(
            "assessor",
            N_("En bedömares konto"),
            {"named": N_("De ansökningar som bedömaren är utsedd för.")},
            N_("De andras poäng innan de är öppna, eller någon annan rekrytering."),
        ),
        Part(
            "region",
            N_("Regionens eller kommunens konto"),
            {"own": N_("Ansökningar och avtal där regionen eller kommunen är arbetsgivare.")},
            N_("De sökande där ett parti är arbetsgivare, inte ens att de finns."),
        ),
        Part(
            "drift",
            N_("Driftens konto"),
            {
                "people": N_("Vilka organisationer och personer som finns."),
                "invites": N_(
                    "Kan bjuda in någon, också sig själv, till ett partis kansli eller till en regions eller kommuns HR, och "
                    "läser då det som ett sådant konto når. De som redan är där får ett mejl om det."
                ),
            },
            N_("Annonsutkast, sökande eller bedömningar, utan en sådan inbjudan."),
        ),
    ),
)  # fmt: skip

GROUPS: Final = (AT_REST, RUNNING, PEOPLE)


def part(key: str) -> Part:
    """The part of this key."""
    return next(one for group in GROUPS for one in group.parts if one.key == key)
