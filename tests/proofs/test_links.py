"""Links: opening one changes nothing, however often and by whomever; each is for one purpose, and once where it acts."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from portal import scope
from portal.applications.models import Application
from portal.config import Settings
from portal.links.models import Purpose
from portal.links.services import token_of
from portal.organisations.models import Membership
from tests import traces
from tests.accounts.people import PASSWORD, code_now, link_in, secret_on
from tests.applications.paper import base, letters
from tests.crawl import crawl
from tests.database import Databases
from tests.door import show, submit_inside
from tests.everything import digest
from tests.forms import fields_of, submit, submit_page
from tests.proofs.mails import TEMPLATES_OF_MAILS, Rendered, all_letters, cause_every_mail, paths_in
from tests.proofs.plugin import Proof
from tests.proofs.tokens import ANOTHER, Tokens, one_of_each, use_up
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]
AGENTS = (
    "", "Mozilla/5.0 (Windows NT 10.0) BarracudaSentinel/1.0", "Microsoft Office/16.0 (Safelinks)", "curl/8", "\x7f{}<>",
    "Googlebot/2.1", "Mozilla/5.0 HeadlessChrome/120", "A" * 4000, "ProofpointURLDefense", "sqlmap/1.7 ' OR 1=1 --",
)  # fmt: skip
METHODS = ("HEAD", "GET", "GET", "GET")
NAMED_EXCEPTIONS = ("audit_line", "audit_head", "login_session")  # reads are logged; when a log-in was last seen
PLACES = {
    Purpose.APPLICATION: (
        "/ansokan/{}",
        "/ansokan/{}/ta-tillbaka",
        "/ansokan/{}/brev",
        "/ansokan/{}/andra/uppgifter",
        "/ansokan/{}/andra/handlingar",
        "/ansokan/{}/kvitto.pdf",
    ),
    Purpose.PROPOSAL: ("/ansokan/fraga/{}",),
    Purpose.PASSWORD: ("/losenord/{}",),
    Purpose.INVITATION: ("/inbjudan/{}", "/inbjudan/{}/kod", "/inbjudan/{}/kod.svg"),
}
OPENS = {
    Purpose.APPLICATION: {
        "applications.enter", "applications.private", "applications.private_picture", "applications.private_paper",
        "applications.change_details", "applications.change_documents",
        "privacy.withdraw", "privacy.own", "privacy.contact", "privacy.erase", "privacy.merits_paper",
        "privacy.copy", "privacy.ask", "privacy.ask_for_merits", "privacy.later", "privacy.end_later",
        "interviews.meeting", "interviews.act", "interviews.own_calendar",
        "decisions.own_offer", "decisions.answer_own_offer",
        "letterbox.own", "letterbox.open_own", "letterbox.write",
        "protection.kept",
    },
    Purpose.PROPOSAL: {"privacy.proposal"},
    Purpose.PASSWORD: {"accounts.new_password", "accounts.set_new_password"},
    Purpose.INVITATION: {
        "accounts.invitation", "accounts.answer_invitation", "accounts.invitation_code", "accounts.invitation_picture",
        "accounts.confirm_code",
    },
    Purpose.DRAFT: set(),
}  # fmt: skip


@pytest.mark.proof(
    "Att en länk i ett mejl öppnas ändrar ingenting, hur ofta och av vem det än sker, och sedan går det att handla.",
    how="every kind of mail sent; every link by HEAD and three GET from scanners, and all that they lead to; all rows "
    "compared; then each person acts",
    short={"scanners": 3},
    full={"scanners": 60},
)
def test_scanners_change_nothing(
    proof: Proof, world: World, settings: Settings, databases: Databases, set_clock: Clock
) -> None:
    world.app.test_client_class, rendered = FlaskClient, Rendered()
    with rendered.listen():
        tokens, _ad = cause_every_mail(world, set_clock)
    written = all_letters(world)
    paths, requests, faults = paths_in(written), 0, []
    before = digest(settings, databases, but=NAMED_EXCEPTIONS)
    for number in range(proof.size("scanners")):
        scanner = world.app.test_client()
        scanner.environ_base |= {"REMOTE_ADDR": f"203.0.{number}.5", "HTTP_USER_AGENT": AGENTS[number % len(AGENTS)]}
        for path in paths:
            answers = [scanner.open(path, method=method).status_code for method in METHODS]
            requests += len(answers)
            faults += [(path, answers)] * (not set(answers) <= {200, 303})
        further = crawl(scanner, paths, but=("/demo/", "/static/"))
        requests += len(further)
        faults += [(answer.path, answer.status) for answer in further if answer.status >= 500]
    changed = digest(settings, databases, but=NAMED_EXCEPTIONS) != before
    use_up(world, tokens)
    _bind_the_telephone_and_begin_to_assess(world)
    proof.came_to(
        kinds_of_mail=len(rendered), mails=len(written), links=len(paths), requests=requests, rows_changed=int(changed)
    )
    assert rendered == TEMPLATES_OF_MAILS
    assert faults == []
    assert not changed


def _bind_the_telephone_and_begin_to_assess(world: World) -> None:
    client = world.browser()
    (mailed,) = [letter for letter in letters(world, "recovery:") if letter.to == "elof@example.se"]
    place = link_in(mailed)
    assert submit(client, place, {"Lösenord": PASSWORD}).status_code == 303
    page = client.get(f"{place}/kod")
    assert submit_page(client, page, f"{place}/kod", {"code": code_now(secret_on(page))}).status_code == 303
    called = [letter for letter in letters(world, "panel:") if letter.to == "elof@example.se"]
    assert client.get(link_in(called[0])).status_code in (200, 303)
    told = letters(world, "outcome:")
    assert "Du går inte vidare" in show(world, link_in(told[0])).get_data(as_text=True)


@pytest.mark.proof(
    "En länk är till för en sak: på varje annat ställe öppnar den ingenting, och i databasen ligger bara dess fingeravtryck.",
    how="the token of each purpose, and a log-in's, at every address that takes a token, read and acted with; files and rows "
    "searched for them",
    short={"rounds": 1},
    full={"rounds": 1},
)
def test_a_link_is_for_one_purpose(proof: Proof, world: World, settings: Settings, databases: Databases) -> None:
    ad = publish_ad(world, employer="party", documents=[])
    tokens = one_of_each(world, ad)
    log_in_token = _log_in_token(world)
    before, accepted, own, tried = digest(settings, databases, but=NAMED_EXCEPTIONS), [], 0, 0
    for rule in (rule for rule in world.app.url_map.iter_rules() if "token" in rule.arguments):
        for purpose, token in [*tokens.items(), (None, log_in_token)]:
            if purpose is not None and rule.endpoint in OPENS[purpose]:
                own += "GET" in (rule.methods or ()) and _offered(world, rule, token, "GET") == [200]
                continue
            statuses = _offered(world, rule, token, "GET", "POST")
            tried += len(statuses)
            accepted += [(rule.endpoint, purpose, status) for status in statuses if status != 404]
    tried += len(tokens)
    accepted += _as_the_drafts_cookie(world, ad, tokens)
    unchanged = digest(settings, databases, but=NAMED_EXCEPTIONS) == before
    stored = [*traces.files(settings.instance_path), *traces.tables(settings, databases)]
    found = [name for name, data in stored for token in (*tokens.values(), log_in_token) if token.encode() in data]
    proof.came_to(purposes=len(tokens), tried=tried, accepted=len(accepted), found_in_store=len(found))
    assert (accepted, found) == ([], [])
    assert unchanged
    assert own >= 4, "at its own place each opens"


def _log_in_token(world: World) -> str:
    browser = world.browser(world.elof)
    with browser.session_transaction() as cookie:
        return str(cookie["log_in"])


def _offered(world: World, rule: Rule, token: str, *methods: str) -> list[int]:
    """What the token gets at an address, read and acted with."""
    assert any(rule.endpoint in endpoints for endpoints in OPENS.values()), f"{rule.endpoint} takes what token?"
    path = rule.rule.replace("<token>", token).replace("<uuid:picture_id>", "00000000-0000-0000-0000-000000000007")
    client = world.app.test_client()
    form = {"csrf_token": fields_of(client.get("/logga-in"))["csrf_token"][0], "answer": "keep"}
    tried = [method for method in methods if method in (rule.methods or ())]
    return [client.open(path, method=method, data=form if method == "POST" else None).status_code for method in tried]


def _as_the_drafts_cookie(world: World, ad: Published, tokens: Tokens) -> list[tuple[Purpose, int]]:
    """The other tokens as the cookie that finds a draft: the page of somebody without a draft."""
    accepted = []
    for purpose, token in tokens.items():
        client = world.app.test_client()
        client.set_cookie("draft", token, path=base(ad))
        answer = client.get(f"{base(ad)}/kvitto")
        if purpose is not Purpose.DRAFT and answer.headers.get("Location") != base(ad):
            accepted.append((purpose, answer.status_code))
    return accepted


@pytest.mark.proof(
    "En länk som har gjort sitt öppnar ingenting mer, inte heller en som har överspelats eller gått ut.",
    how="links used; overtaken by a password change, an ended membership, a withdrawal; or out of time: then opened again",
    short={"rounds": 1},
    full={"rounds": 1},
)
@pytest.mark.parametrize("over", ["used", "overtaken", "out_of_time"])
def test_a_link_is_good_once(proof: Proof, world: World, set_clock: Clock, over: str) -> None:
    ad = publish_ad(world, employer="party", documents=[])
    tokens = one_of_each(world, ad)
    paths = [path.format(tokens[purpose]) for purpose, of_purpose in PLACES.items() for path in of_purpose]
    before = [world.browser().get(path).status_code for path in paths]
    if over == "used":
        use_up(world, tokens)
    elif over == "overtaken":
        _overtake(world, ad)
    else:
        set_clock("2031-01-01T10:00")
    after = [world.browser().get(path).status_code for path in paths]
    proof.came_to(
        links=len(paths), open_before=len(paths) - before.count(404), open_after=len(paths) - after.count(404)
    )
    assert before.count(404) == 1, "the picture is for the browser that chose the password"
    assert after == [404] * len(paths)


def _overtake(world: World, ad: Published) -> None:
    """The password is changed by another way, the invitation taken back, and everything that was sent withdrawn."""
    changed = {"password": PASSWORD, "new_password": ANOTHER}
    assert submit(world.browser(world.gunnel), "/konto/losenord", changed).status_code == 303
    with world.acting(scope.party(ad.party_id)) as session:
        ids = session.scalars(select(Application.id).where(Application.ad_id == ad.id)).all()
        links = [token_of(session, purpose=Purpose.APPLICATION, subject_id=one) for one in ids]
        invited = session.scalars(select(Membership.id).where(Membership.accepted_at.is_(None))).one()
    for link in links:
        taken_back = submit_inside(world, f"/ansokan/{link}/ta-tillbaka", {}, "Ta tillbaka ansökan")
        assert taken_back.status_code == 303
    office = world.browser(world.kansli)
    token = fields_of(office.get("/arbete/byt"))["csrf_token"][0]
    ended = office.post(f"/arbete/personer/{invited}/avsluta", data={"csrf_token": token})
    assert ended.status_code == 303
