"""What is to be sent, where to, and under which subject line."""

import re

from portal.ads.reading.sections import Page

_ASKS = re.compile(
    r"\b(?:skicka\w*|bifoga\w*|sänd\w*|ansök\w*|mejla\w*|maila\w*|inkludera\w*|ange|lämna\w*|innehålla|via)\b", re.I
)
_DOCUMENT = re.compile(
    r"\b(?:CV|meritförteckning|personligt brev|följebrev|ansökningsbrev|löneanspråk|referenser|referenslista"
    r"|examensbevis|betyg\w*|intyg|tjänstgöringsintyg"
    r"|arbetsprov\w*|skrivprov|textprov\w*|arbetsintyg|utdrag ur belastningsregistret|registerutdrag"
    r"|presentation av dig själv)\b",
    re.I,
)
_SAME = {"meritförteckning": "cv"}
_NOT_SENT = re.compile(r"\b(?:inga?|inget|inte|ej|utan)\s(?:\w{1,20}\s){0,2}$", re.I)
_LATER = re.compile(r"\b(?:på begäran|vid intervju\w*|vid en eventuell)\b", re.I)
_QUOTED = re.compile(r"[\"”“»«']([^\"”“»«\n]{2,120}?)[\"”“»«']")
_SUBJECT = re.compile(r"\b(?:ämnesrad\w*|ämne|rubrik\w*|märk|märks|märkt|referens(?:nummer)?)\b", re.I)
_UNQUOTED = re.compile(
    r"\b(?:märk\w*|ange)\s(?:\w{1,20}\s){0,3}?(?:med|:)\s(?:referens\w*\s|ämne\w*\s"
    r"|ref\.?\s)?([A-ZÅÄÖ0-9][^.;\n]{2,80})|\bämnesrad:?\s([A-ZÅÄÖ][^.;\n]{2,80})",
    re.I,
)
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.[a-zåäö]{2,24}", re.I)
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"”)]{3,300}", re.I)
_LONGEST_WORD = 320


def mail_addresses(text: str) -> list[str]:
    """The e-mail addresses in `text`. A word too long to be one is passed by, so that reading stays linear."""
    words = [word for word in text.split() if "@" in word and len(word) <= _LONGEST_WORD]
    return [found for word in words for found in _MAIL.findall(word)]


def read_documents(page: Page) -> list[str]:
    """All that is to be sent, in the posting's words and order."""
    documents: dict[str, str] = {}
    applying = set(page.sentences("sending", "documents"))
    for sentence in page.all_sentences:
        if _LATER.search(sentence) or not (sentence in applying or _ASKS.search(sentence)):
            continue
        for found in _DOCUMENT.finditer(sentence):
            if not _NOT_SENT.search(sentence[max(0, found.start() - 40) : found.start()]):
                documents.setdefault(_SAME.get(found[0].casefold(), found[0].casefold()), found[0])
    return list(documents.values())


def read_subject_line(page: Page) -> str | None:
    """The words the message is to be marked with."""
    for sentence in page.all_sentences:
        cue = _SUBJECT.search(sentence)
        if not cue:
            continue
        near = sentence[max(0, cue.start() - 80) :]
        quoted = _QUOTED.search(sentence, cue.end()) or _QUOTED.search(near)
        if quoted:
            return quoted[1].strip()
        plain = _UNQUOTED.search(sentence)
        if plain:
            return (plain[1] or plain[2]).strip(' "”“')
    return None


def read_apply_to(page: Page) -> str | None:
    """The e-mail address or web address the application goes to."""
    spoken = [*page.sentences("sending"), *(sentence for sentence in page.all_sentences if _ASKS.search(sentence))]
    for sentence in spoken:
        for address in mail_addresses(sentence):
            return address
    for sentence in spoken:
        found = _ADDRESS.search(sentence)
        if found:
            return found[0].rstrip(".,;")
    return None
