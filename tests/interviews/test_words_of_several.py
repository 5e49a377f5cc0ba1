"""Who has spoken with several references and saves what one said loses nothing of what is written of the others."""

from tests.forms import fields_of, submit_page
from tests.interviews.meetings import Meetings
from tests.interviews.test_references import Reference, ReferenceWord, give, rows


def test_what_is_written_of_another_reference_stays_when_one_is_saved_or_refused(meetings: Meetings) -> None:
    for name in ("Rut Ett", "Rut Två"):
        assert give(meetings, **{"Referensens namn": name}) == 303
    first, second = rows(meetings, Reference)
    office, page = (
        meetings.world.browser(meetings.world.kansli),
        f"{meetings.card_url(meetings.panel.sent[0])}/referenser",
    )
    shown = office.get(page)
    both = {f"{first.id.hex}-words": "Om den ena.", f"{second.id.hex}-words": "Om den andra."}
    kept = submit_page(office, shown, page, both, "Spara")
    assert kept.status_code == 200 and "står kvar, men är inte sparat än" in kept.get_data(as_text=True)
    (word,) = rows(meetings, ReferenceWord)
    saved, other = (first, second) if word.reference_id == first.id else (second, first)
    fields = fields_of(kept)
    assert fields[f"{saved.id.hex}-words"] == [""] and fields[f"{other.id.hex}-words"] == [
        both[f"{other.id.hex}-words"]
    ]
    refused = office.post(f"{page}/{saved.id}", data={name: text[0] for name, text in fields.items()})
    assert refused.status_code == 422
    assert fields_of(refused)[f"{other.id.hex}-words"] == fields[f"{other.id.hex}-words"]
    data = {name: text[0] for name, text in fields.items()}
    assert office.post(f"{page}/{other.id}", data=data).status_code == 303
    assert len(rows(meetings, ReferenceWord)) == 2
