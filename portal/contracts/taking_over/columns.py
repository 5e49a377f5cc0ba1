"""The template for those who are employed already: its columns, in their order, each with what it asks for."""

from typing import Final

from portal.documents.table_values import Column

MOST_SECRETARIES: Final = 100  # at a time; no party has more
SHEET: Final = "Sekreterare"

COLUMNS: Final = (
    Column("name", "Namn", "Förnamn och efternamn.", "Åsa Exempel", most=150),
    Column("title", "Titel", "Titeln som den står i avtalet.", "Politisk sekreterare"),
    Column(
        "employer",
        "Arbetsgivare",
        "Vem som är arbetsgivare: skriv region eller kommun när den anställer, parti när partiet gör det.",
        "region",
    ),
    Column("percent", "Omfattning", "Procent av heltid, ett helt tal från 2 till 100. Inget procenttecken behövs.", "80"),
    Column(
        "decided",
        "Beslut",
        "Dagen då beslutet om anställning fattades. Därifrån räknas sista möjliga dag.",
        "2023-01-09",
        is_day=True,
    ),
    Column("starts", "Tillträde", "Första dagen på arbetet.", "2023-02-01", is_day=True),
    Column(
        "ends",
        "Slutdatum",
        "Sista dagen. Tomt betyder den sista möjliga dagen. När partiet är arbetsgivare betyder det utgångsläget, och du kan "
        "skriva tills vidare.",
        "2026-12-31",
        required=False,
        is_day=True,
    ),
    Column(
        "earlier_days",
        "Tidigare dagar",
        "Bara när partiet är arbetsgivare: dagar i särskild visstidsanställning hos det de fem åren före tillträdet, med "
        "allmän visstid från 1 mars 2022 och dagarna mellan tre eller fler anställningar i samma kalendermånad.",
        "0",
        required=False,
    ),
    Column(
        "reason",
        "Skäl",
        "Bara när partiet är arbetsgivare och anställningen sträcker sig förbi den 31 december valåret: varför den gör det.",
        "",
        most=1000,
        required=False,
    ),
    Column(
        "stands_in",
        "Vikariat",
        "Bara när partiet är arbetsgivare: skriv ja för den som är vikarie. Då blir anställningen tills vidare efter två år, "
        "inte efter tolv månader.",
        "",
        required=False,
    ),
)  # fmt: skip
