"""What the operator does by command with those who are logged in."""

from portal.accounts.commands import accounts
from tests.accounts.people import give_account
from tests.world import World


def test_the_operator_logs_out_one_person_or_everybody(world: World) -> None:
    office, rival = world.browser(world.kansli), world.browser(world.rival_kansli)
    email, run = give_account(world, world.kansli), world.app.test_cli_runner().invoke
    assert [one.get("/konto").status_code for one in (office, rival)] == [200, 200]
    answer = run(accounts, ["log-out", email.upper()])
    assert (answer.exit_code, answer.output) == (0, "Avslutade inloggningar: 1\n")
    assert [one.get("/konto").status_code for one in (office, rival)] == [303, 200]
    assert run(accounts, ["log-out", "ingen@example.se"]).output == "Avslutade inloggningar: 0\n"
    assert run(accounts, ["log-out", "--everybody"]).output == "Avslutade inloggningar: 1\n"
    assert rival.get("/konto").status_code == 303


def test_whom_to_log_out_is_said_in_one_way(world: World) -> None:
    run = world.app.test_cli_runner().invoke
    for arguments in (["log-out"], ["log-out", "a@example.se", "--everybody"]):
        answer = run(accounts, arguments)
        assert answer.exit_code == 2
        assert "Skriv en e-postadress, eller --everybody." in answer.output
