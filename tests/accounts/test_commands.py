"""What the operator does by command with those who are logged in."""

import pytest
from flask.testing import FlaskClient

from portal.accounts.commands import accounts
from tests.accounts.people import PASSWORD, code_now, give_account, letters, secret_on
from tests.forms import submit, submit_page
from tests.world import World


def test_the_operator_logs_out_one_person_or_everybody(world: World) -> None:
    office, rival = world.browser(world.kansli), world.browser(world.rival_kansli)
    email, run = give_account(world, world.kansli), world.app.test_cli_runner().invoke
    assert [one.get("/konto").status_code for one in (office, rival)] == [200, 200]
    answer = run(accounts, ["log-out", email.upper()])
    assert (answer.exit_code, answer.output) == (0, "Avslutade inloggningar: 1\n")
    assert [one.get("/konto").status_code for one in (office, rival)] == [303, 200]
    nobody = run(accounts, ["log-out", "ingen@example.se"])
    assert nobody.exit_code == 1 and "Ingen har den adressen" in nobody.output
    assert run(accounts, ["log-out", "--everybody"]).output == "Avslutade inloggningar: 1\n"
    assert rival.get("/konto").status_code == 303


def test_the_only_operator_who_has_lost_the_telephone_is_let_in_anew_by_command(
    world: World, client: FlaskClient
) -> None:
    email = give_account(world, world.drift)
    answer = world.app.test_cli_runner().invoke(accounts, ["invite", email, "--role", "drift"])
    assert answer.exit_code == 0, answer.output
    path = answer.output.strip().removeprefix("http://localhost")
    assert path in letters(world)[-1].body, "the mail tells its owner"
    assert submit(client, path, {"Lösenord": "fel lösenord igen"}).status_code == 422
    shown = submit(client, path, {"Lösenord": PASSWORD}).headers["Location"]
    page = client.get(shown)
    submit_page(client, page, shown, {"code": code_now(secret_on(page))})
    assert client.get("/drift").status_code == 200


def test_whom_to_log_out_is_said_in_one_way(world: World) -> None:
    run = world.app.test_cli_runner().invoke
    for arguments in (["log-out"], ["log-out", "a@example.se", "--everybody"]):
        answer = run(accounts, arguments)
        assert answer.exit_code == 2
        assert "Skriv en e-postadress, eller --everybody." in answer.output


@pytest.mark.parametrize("email", ["evil@x.se Bcc: a@b.se", "a@b@c.se", "<x>@x.se", "x", "", f"{'å' * 5000}@x.se"])
def test_whom_no_mail_can_be_sent_to_is_not_invited(world: World, email: str) -> None:
    told = world.app.test_cli_runner().invoke(accounts, ["invite", email, "--role", "drift"])
    assert told.exit_code == 2 and "Skriv adressen som i namn@exempel.se." in told.output
    named = world.app.test_cli_runner().invoke(accounts, ["invite", "ny@x.se", "--role", "drift", "--name", "å" * 121])
    assert named.exit_code == 2 and "högst 120 tecken" in named.output
