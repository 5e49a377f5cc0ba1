"""Code names for a blind review: a colour and an animal found in Sweden that agree in gender, drawn anew for each ad.

*Röd räv*, *rött rådjur*. A pair is said aloud in meetings, and the candidate may come to read it. So there is no animal whose
name is used of people in scorn (gris, apa, råtta, orm, åsna, hyena, get, ko, höna, gås, gök, mes, hare, torsk), none that
stands for a movement or a power (örn, duva, hök, tupp), none that is a common first name (björn), and none with a colour in
its own name (rödhake, blåmes). No colour is one that is said of skin or hair: svart, vit, brun, gul, grå, blek, mörk, ljus.
"""

import re
import secrets
from collections.abc import Collection, Iterator
from itertools import count
from typing import Final

COLOURS: Final = {  # for *en*, and for *ett*
    "röd": "rött",
    "rubinröd": "rubinrött",
    "tegelröd": "tegelrött",
    "körsbärsröd": "körsbärsrött",
    "lingonröd": "lingonrött",
    "kopparröd": "kopparrött",
    "korallröd": "korallrött",
    "blå": "blått",
    "himmelsblå": "himmelsblått",
    "havsblå": "havsblått",
    "isblå": "isblått",
    "safirblå": "safirblått",
    "lavendelblå": "lavendelblått",
    "stålblå": "stålblått",
    "grön": "grönt",
    "äppelgrön": "äppelgrönt",
    "mossgrön": "mossgrönt",
    "olivgrön": "olivgrönt",
    "smaragdgrön": "smaragdgrönt",
    "havsgrön": "havsgrönt",
    "skogsgrön": "skogsgrönt",
    "limegrön": "limegrönt",
    "jadegrön": "jadegrönt",
    "turkos": "turkost",
    "violett": "violett",
    "lila": "lila",
    "gyllene": "gyllene",
}
EN: Final = (
    "abborre", "alfågel", "backsvala", "beckasin", "bergfink", "björktrast", "bofink", "domherre", "ejder", "ekorre",
    "fjällräv", "fjäril", "gärdsmyg", "humla", "hussvala", "igelkott", "koltrast", "korsnäbb", "kungsfiskare", "ladusvala",
    "lax", "ljungpipare", "lunnefågel", "lärka", "lövsångare", "makrill", "näktergal", "nötväcka", "orre", "pilfink",
    "ripa", "räv", "storlom", "storspov", "syrsa", "sångsvan", "talgoxe", "taltrast", "tofsvipa", "tornseglare",
    "trana", "trollslända", "tumlare", "utter", "vaktel", "ärla", "älg", "öring",
)  # fmt: skip
ETT: Final = ("lodjur", "påfågelöga", "rådjur")
_WORD: Final = re.compile(r"\w+")


def pairs() -> Iterator[str]:
    """Every code name there is."""
    for en, ett in COLOURS.items():
        yield from (f"{en} {animal}".capitalize() for animal in EN)
        yield from (f"{ett} {animal}".capitalize() for animal in ETT)


def draw(taken: Collection[str], *, name: str = "") -> str:
    """A code name that nobody in the ad has, drawn by lot: it follows neither from arrival nor from the name.

    Whoever is called by an animal (Orre, Ripa) does not get that one. When every pair is given, they begin anew with a 2.
    """
    words = {word.casefold() for word in _WORD.findall(name)}
    possible = [pair for pair in pairs() if not words & set(pair.casefold().split())]
    for turn in count(1):
        named = (pair if turn == 1 else f"{pair} {turn}" for pair in possible)
        if free := [pair for pair in named if pair not in taken]:
            break
    return secrets.choice(free)
