"""A published version as its page shows it: the page's own words in the reader's language, the ad's in Swedish."""

from datetime import date, datetime
from typing import Any

from flask_babel import gettext, ngettext
from markupsafe import Markup

from portal import clock
from portal.ads.timetable import days_in, in_order
from portal.ads.window import days_left, last_instant
from portal.organisations.routes.basis_words import basis_shown
from portal.posts.employer_model import Employer, EmployerModel, model_for
from portal.swedish_dates import NBSP
from portal.web.filters import clock_time, day, span, sum_of_money, swedish
from portal.web.term_picture import TermPicture, term_picture


def _(text: str, **values: Any) -> str:
    """The page's own words in the reader's language."""
    return str(gettext(text, **values))


LAW = "https://selex.se/eli/sfs/2017/725"


def shown_advert(content: dict[str, Any], closes: datetime) -> dict[str, Any]:
    """What `ads/_advert.html` draws of a published content."""
    model = model_for(Employer(content["employer"]))
    earliest = _date(content["earliest_start"])
    agreed = content["start_agreed"]
    return {
        **{name: content[name] for name in ("party", "authority_name", "employer_name", "controller_name", "posts")},
        **{name: swedish(content[name]) for name in ("title", "intro", "hours", "place", "remote_text")},
        "collective_agreement": swedish(content["collective_agreement"]),
        "tasks": [swedish(text) for text in content["tasks"]],
        "requirements": [_criterion(row) for row in content["requirements"]],
        "merits": [_criterion(row) for row in content["merits"]],
        "remote": content["remote"],
        "employment_form": form_text(content["employment_form"]),
        "extent_percent": content["extent_percent"],
        "start_text": _("Enligt överenskommelse") if agreed else earliest and day(earliest),
        "earliest_start": earliest if agreed else None,
        "latest_end": _date(content["latest_end"]),
        "salary_text": salary_text(content),
        "salary_basis": basis_text(content),
        "salary_note": swedish(content["salary_form"]) if _has_range(content) else "",
        "leave_right": model.leave_right,
        "documents": [_document(key) for key in content["documents"]],
        "deadline": last_instant(closes),
        "contacts": [{**person, "title": swedish(person["title"])} for person in content["contacts"]],
        "papers_public": model.papers_public,
        "retention_text": retention_text(content, model),
        "timetable": _timetable(content, closes),
    }


def picture_of(content: dict[str, Any], today: date) -> TermPicture | None:
    """The term line of a published content; None where no start is given."""
    starts = _date(content["earliest_start"])
    if starts is None:
        return None
    by_law = model_for(Employer(content["employer"])).end_limit == "law"
    return term_picture(
        today=today,
        deadline=_date(content["deadline"]),
        starts=starts,
        ends=_date(content["latest_end"]),
        election=_date(content["election_day"]),
        limit=_date(content["limit_latest_end"]) if by_law else None,
        start_agreed=content["start_agreed"],
    )


def shown_row(content: dict[str, Any], *, url: str, closes: datetime, today: date) -> dict[str, Any]:
    """One line of the public list, for `components/ad_row.html`."""
    place = content["place"]
    if content["remote"]:
        place = _("%(place)s, delvis distans", place=place) if place else _("delvis distans")
    return {
        "url": url,
        "title": swedish(content["title"]),
        "party": content["party"],
        "authority_name": content["authority_name"],
        "deadline": last_instant(closes),
        "days_left": days_left(date.fromisoformat(content["deadline"]), today),
        "extent_text": extent_text(content),
        "place_text": place,
        "salary_text": salary_text(content),
        "salary_basis": basis_text(content),
        "end_text": end_text(content),
    }


def extent_text(content: dict[str, Any]) -> str:
    """Heltid · 80 % · 2 × 40 %"""
    extent, posts = content["extent_percent"], content["posts"]
    if extent is None:
        return str(ngettext("%(num)s tjänst", "%(num)s tjänster", posts)) if posts > 1 else ""
    one = _("Heltid") if extent == 100 else f"{extent}{NBSP}%"
    return f"{posts}{NBSP}×{NBSP}{one if extent < 100 else one.lower()}" if posts > 1 else one


def salary_text(content: dict[str, Any]) -> str:
    """38 000–46 000 kr/mån, or the form of pay where no range is given."""
    low, high = content["salary_low"], content["salary_high"]
    if low and high and low != high:
        return _("%(low)s–%(high)s kr/mån", low=sum_of_money(low), high=sum_of_money(high))
    if low and not high:
        return _("från %(low)s kr/mån", low=sum_of_money(low))
    if high and not low:
        return _("högst %(high)s kr/mån", high=sum_of_money(high))
    return _("%(sum)s kr/mån", sum=sum_of_money(low)) if low else swedish(content["salary_form"])


def basis_text(content: dict[str, Any]) -> str:
    """What the sums are for, where the post is not a whole one: they are asked for as full time's."""
    part = content["extent_percent"] is not None and content["extent_percent"] < 100
    return _("räknat på heltid") if part and _has_range(content) else ""


def end_text(content: dict[str, Any]) -> str:
    """Who employs, and to when at the latest."""
    if content["employer"] == Employer.PARTY:
        who = _("Anställs av partiet")
    elif content["authority_kind"] == "kommun":
        who = _("Anställs av kommunen")
    else:
        who = _("Anställs av regionen")
    end = _date(content["latest_end"])
    return f"{who}, " + (_("längst till %(day)s", day=day(end)) if end else _("tills vidare"))


def form_text(form: str) -> str:
    """The form of employment in words."""
    words = {"visstid": _("Tidsbegränsad"), "vikariat": _("Vikariat"), "tillsvidare": _("Tills vidare")}
    return words.get(form, "")


def retention_text(content: dict[str, Any], model: EmployerModel) -> str:
    """How long applications are kept, from when, and by which decision."""
    months = content["retention_months"]
    if not months:
        return ""
    if model.disposal_word == "gallras":
        text = _(
            "Gallras %(months)s månader efter att beslutet fått laga kraft eller, om ingen anställs, efter den dag som "
            "arbetsgivaren anger.",
            months=months,
        )
    else:
        text = _(
            "Raderas %(months)s månader efter att tjänsten är tillsatt, eller rekryteringen avslutad utan anställning.",
            months=months,
        )
    rule = content["retention_rule"].rstrip(".")
    return Markup("{} {}.").format(text, basis_shown(rule)) if rule else text


def _criterion(row: dict[str, str]) -> dict[str, str]:
    return {"text": swedish(row["text"]), "note": swedish(row["explanation"])}


def _document(key: str) -> str:
    words = {
        "cv": _("CV"), "letter": _("Personligt brev"), "salary": _("Löneanspråk"), "attachment": _("Andra bilagor"),
    }  # fmt: skip
    return words.get(key, key)


def _timetable(content: dict[str, Any], closes: datetime) -> list[dict[str, str]]:
    if not content["timetable"]:
        return []
    last = last_instant(closes)
    closing = {"when_text": day(last), "text": _("Ansökan stänger kl. %(time)s", time=clock_time(last))}
    deadline = last.astimezone(clock.STOCKHOLM).date()
    rows: list[tuple[date | None, dict[str, str]]] = [(deadline, closing)]
    for when, text in content["timetable"]:
        days = days_in(when, deadline)
        shown = {"when_text": span(*days) if days else swedish(when), "text": swedish(text)}
        rows.append((days[0] if days else None, shown))
    return in_order(rows)


def _has_range(content: dict[str, Any]) -> bool:
    return content["salary_low"] is not None or content["salary_high"] is not None


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
