"""Which route leaves which line when it shows a person's data, and whose page shows nobody's; held against every answer."""

from dataclasses import dataclass, field

from flask import Flask
from sqlalchemy import func, select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from portal.audit.models import AuditHead
from portal.db import db
from portal.web.readings import SHOWN, page_of

# By reason: what these pages show is no candidate's and nobody's who is employed.
SHOWS_NOBODY: dict[str, str] = {
    "one's own account": "accounts.confirm accounts.own_password organisations.account",
    "an ad, a draft or a list of recruitments: texts, days, contacts who are to be asked": "ads.code ads.edit "
    "ads.edit_contacts ads.edit_criteria ads.edit_deadline ads.edit_documents ads.edit_employer ads.edit_extent "
    "ads.edit_salary ads.edit_tasks ads.edit_term ads.edit_title ads.extend ads.new ads.preview ads.publish "
    "ads.read_posting ads.recruitments ads.withdraw",
    "a form that is empty until it is filled in": "contracts.new_employment contracts.take_over "
    "contracts.take_over_template disclosure.new_request posts.take_over posts.take_over_template "
    "protection.apply decisions.own_offer",
    "counts, days and what is left to do": "decisions.checklist desk.case desk.start privacy.kept review.hand_in "
    "review.pause "
    "review.phases review.why",
    "the authority's own numbers of a case": "disclosure.diary",
    "names nobody on purpose: jäv is found while reading by a code name": "review.conflict_found",
    "questions to whoever comes": "interviews.guide",
    "organisations, their rules, papers and posts": "organisations.data_protection organisations.data_protection_paper "
    "organisations.authority organisations.authority_by_drift organisations.choose "
    "organisations.installation organisations.new_authority organisations.new_party organisations.party "
    "organisations.party_by_drift organisations.rules posts.decide posts.lines posts.own",
    "colleagues of one's own house, as one knows them": "organisations.invitation_by_drift organisations.operators "
    "organisations.people organisations.people_elsewhere protection.reader protection.ad_reader",
    "a step on the way to another page": "review.assess",
    "what one has typed oneself, in the browser that holds the draft": "applications.apply applications.apply_check "
    "applications.apply_documents applications.discard applications.draft_picture applications.mend applications.receipt "
    "applications.receipt_paper",
    "a question, with the day of each sending": "privacy.erase privacy.later privacy.proposal privacy.withdraw",
    "the address of one's own page, to be written down": "protection.kept",
}
# Pictures and files whose address only a page tells that has left its line.
WITHIN: dict[str, str] = {
    "applications.private_picture": "applications.private",
    "disclosure.page_to_mark": "disclosure.mark_page",
    "disclosure.numbered_page": "disclosure.numbered",
    "disclosure.record_page": "disclosure.record",
    "review.page_picture": "review.candidate",
    "review.unmasked_picture": "review.mask_page",
}
# By their own hand, since what is logged depends on what is shown (tests of their own hold the verbs).
LOGS_ITSELF = {
    "contracts.copy",
    "contracts.copy_taken_back",
    "contracts.draft_paper",
    "contracts.employments_as_csv",
    "contracts.employments_as_xlsx",
    "contracts.paper",
    "decisions.file_as_data",
    "decisions.file_on_paper",
    "decisions.kept_as_data",
    "decisions.kept_on_paper",
    "disclosure.choose",
    "disclosure.decision_on_paper",
    "disclosure.handed_out",
    "disclosure.mark_page",
    "disclosure.record",
    "disclosure.register",
    "disclosure.requests",
    "disclosure.review_record_page",
    "disclosure.taken",
    "intake.letter",
    "intake.signed_form",
    "privacy.merits_paper",
    "protection.paper",
    "review.mask_document",
    "review.mask_page",
    "review.mask_texts",
    "review.minutes",
    "review.original",
}


def of_nobody() -> set[str]:
    """The routes that show nobody's data."""
    return {name for names in SHOWS_NOBODY.values() for name in names.split()}


def form_is(app: Flask, rule: Rule) -> str:
    """What a form of the staff's is where it is sent back: a "reading", as it says itself or as its page is one; "nobody",
    where its page shows none; empty where nothing says which."""
    page = rule.endpoint if "GET" in (rule.methods or ()) else page_of(app, rule.rule)
    if any(hasattr(app.view_functions[name], "__reads__") for name in (rule.endpoint, page) if name):
        return "reading"
    if page in LOGS_ITSELF and page == rule.endpoint:
        return "reading"
    return "nobody" if page in of_nobody() else ""


@dataclass
class Readings:
    """Told of each page that was shown to whom it is for, it finds those that left no line though they should have, and
    those that show somebody though it is said that they do not."""

    app: Flask
    words: tuple[bytes, ...]  # names and addresses of candidates and of those employed
    faults: list[str] = field(default_factory=list)
    lines: int = 0

    def begin(self) -> None:
        """Before a page is asked for."""
        self.lines = self._lines()

    def note(self, endpoint: str, answer: TestResponse) -> None:
        """After it was shown."""
        if answer.status_code == 200 and endpoint not in WITHIN:
            self._hold(endpoint, answer, nobody=endpoint in of_nobody())

    def note_form(self, rule: Rule, answer: TestResponse) -> None:
        """After a form was sent: what is answered with a page is held against what the table has of it."""
        if answer.status_code in SHOWN and answer.mimetype == "text/html":
            self._hold(rule.endpoint, answer, nobody=form_is(self.app, rule) == "nobody")

    def _hold(self, endpoint: str, answer: TestResponse, *, nobody: bool) -> None:
        if nobody:
            self.faults += [f"{endpoint} shows {word.decode()}" for word in self.words if word in answer.data]
        elif self._lines() <= self.lines:
            self.faults.append(f"{endpoint} leaves no line")

    def _lines(self) -> int:
        with self.app.app_context():
            return db.session.scalar(select(func.sum(AuditHead.count))) or 0
