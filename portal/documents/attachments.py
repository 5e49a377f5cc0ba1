"""What an attachment is, in the candidate's own choice. PURE."""

from enum import StrEnum

from portal.refusal import N_


class AttachmentKind(StrEnum):
    """The kinds to choose among; the value is what is stored."""

    CERTIFICATE = "intyg"
    GRADES = "betyg"
    SAMPLE = "arbetsprov"
    OTHER = "annat"

    @property
    def word(self) -> str:
        """The Swedish word, marked for the catalogue."""
        return _WORDS[self]


_WORDS = {
    AttachmentKind.CERTIFICATE: N_("Intyg"),
    AttachmentKind.GRADES: N_("Betyg"),
    AttachmentKind.SAMPLE: N_("Arbetsprov"),
    AttachmentKind.OTHER: N_("Annat"),
}
