"""The explicit consent that a party as employer must have before it may keep an application (GDPR art. 9.2 a). PURE."""

from portal.refusal import N_

# A changed sentence is a new version; which one was agreed to is kept with the application and logged at sending.
VERSION = "1"
SENTENCE = N_(
    "Jag samtycker till att %(controller)s behandlar uppgifterna i min ansökan för den här rekryteringen. "
    "Att jag söker kan visa min politiska åsikt. Jag kan ta tillbaka samtycket när som helst, och då raderas ansökan."
)
