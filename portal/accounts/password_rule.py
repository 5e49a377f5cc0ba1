"""What a password must be: long, and not one of those that everybody tries first. No rules about signs or figures.

Twelve letters with a second factor (NIST 800-63B-4 asks for eight with, fifteen without). Two lists: the thirty thousand
that leak most (zxcvbn's; nobody outside is asked), and our own: words of this trade, of Sweden's parties and regions, and
what a finger draws on a keyboard.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from portal.refusal import N_, Refusal

SHORTEST = 12
LONGEST = 1000  # refused before hashing, so that nobody makes the server work on a book

_TRIED_FIRST = """
    lösenord lösenordet losenord password passord passwort hemligt hemlighet hemlig välkommen valkommen welcome
    sommar vinter höst host vår var sverige stockholm göteborg goteborg malmö malmo uppsala januari februari mars
    april maj juni juli augusti september oktober november december måndag tisdag onsdag torsdag fredag lördag
    söndag politisk politiska politik sekreterare sekreteraren kansli kansliet ledamot gruppledare regionråd
    kommunalråd portal portalen rekrytering ansökan ansokan annons region regionen kommun kommunen regionstyrelsen
    landsting socialdemokraterna socialdemokrat moderaterna moderat sverigedemokraterna centerpartiet centern
    vänsterpartiet vansterpartiet vänstern kristdemokraterna liberalerna liberal miljöpartiet miljopartiet parti
    partiet sossarna blekinge dalarna gotland gävleborg halland jämtland härjedalen jönköping kalmar kronoberg
    norrbotten skåne skane sörmland sormland västerbotten västernorrland vasternorrland västmanland örebro
    östergötland värmland varmland västra götaland admin administrator inloggning login logga användare anvandare
    test testar qwerty asdfgh zxcvbn abc aaa iloveyou letmein football princess dragon monkey sunshine superman
    batman baseball hello whatever trustno master shadow michael jordan charlie jessica fotboll hockey sommaren
    hejsan kärlek älskar mamma pappa
"""
WORDS = frozenset(_TRIED_FIRST.split())
_ROWS = ("abcdefghijklmnopqrstuvwxyzåäö", "01234567890", "qwertyuiopå", "asdfghjklöä", "zxcvbnm")
_DIFFERENT = 6  # as many different signs, at the least, as a password needs beside known words
_RUNS = sorted(
    {
        row[start : start + length]
        for line in _ROWS
        for row in (line, line[::-1])
        for length in range(3, len(line) + 1)
        for start in range(len(line) - length + 1)
    },
    key=len,
    reverse=True,
)
_LOOKALIKES = str.maketrans("013457@$", "oieastas")


class PasswordRefused(Refusal):
    """The password cannot be used; the sentence says why."""

    field = "password"


def check_password(password: str, *, about: Iterable[str] = ()) -> str:
    """The password composed (NFC), as it is hashed. Raises `PasswordRefused`.

    ``about`` are words of the person and the house (name, address, party, authority) that may not carry the password.
    """
    composed = unicodedata.normalize("NFC", password)
    if len(composed) > LONGEST:
        raise PasswordRefused(N_("Lösenordet är för långt. Högst %(longest)s tecken."), longest=LONGEST)
    if len(composed) < SHORTEST:
        raise PasswordRefused(
            N_("Lösenordet är för kort. Minst %(shortest)s tecken: tre eller fyra ord som du minns räcker."),
            shortest=SHORTEST,
        )
    if _is_guessable(composed, about):
        raise PasswordRefused(
            N_("Lösenordet är lätt att gissa. Välj ord som inte har med dig, partiet eller regionen att göra.")
        )
    return composed


def _is_guessable(password: str, about: Iterable[str]) -> bool:
    known = sorted(WORDS | {word for text in about for word in _words(text)}, key=len, reverse=True)
    bare = password.casefold()
    if bare in _leaked():
        return True
    readings = (bare, bare.translate(_LOOKALIKES), re.sub(r"\d", "", bare))
    return any(len(set(_left(reading, known))) < _DIFFERENT for reading in readings)


@cache
def _leaked() -> frozenset[str]:
    """Those among the commonest that are long enough to be chosen here. Loaded when the first password is."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(word for word in FREQUENCY_LISTS["passwords"] if len(word) >= SHORTEST)


def _left(password: str, known: Iterable[str]) -> str:
    """What of the password is not a known word, a year, a sign, a repetition or a row of the keyboard."""
    left = password
    for word in (*_RUNS, *known):
        left = left.replace(word, " ")
    left = re.sub(r"(.+?)\1{2,}", r"\1", left)
    left = re.sub(r"(18|19|20)\d\d", " ", left)
    return re.sub(r"[\W_]", "", left)


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\W_]+", text.casefold()) if len(word) > 2]
