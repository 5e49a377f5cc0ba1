"""What cannot be done about keeping an application for later."""

from portal.refusal import N_, Refusal

CHOOSE_MONTHS = N_("Välj hur länge partiet får spara ansökan.")
TICK = N_("Kryssa i rutan om du samtycker. Vill du inte det behöver du inte göra något.")


class NotAsked(Refusal):
    """It is asked after the word, of whoever was not employed by a party."""

    text = N_("Det går inte att spara den här ansökan för senare.")
    status = 409
