"""`voice officer`: who works here."""

import click

from voice.cli.opened import opened_database
from voice.clock import current_time
from voice.database import migrate
from voice.models import Role
from voice.services import second_steps
from voice.services.officers import (
    NewOfficer,
    OfficerRefusedError,
    add_officer,
    find_by_email,
)


@click.group()
def officer() -> None:
    """Who works here."""


@officer.command()
@click.argument("email")
@click.option("--name", default="", help="As colleagues know them.")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    default=Role.OFFICER.value,
    show_default=True,
)
@click.option("--team", required=True, help="They see the consultations of this team.")
@click.option(
    "--passphrase",
    prompt=True,
    hide_input=True,
    confirmation_prompt=True,
    help="At least 15 characters; asked for when left out, which keeps it out of your history.",
)
def add(email: str, name: str, role: str, team: str, passphrase: str) -> None:
    """Let somebody sign in at /officers."""
    new = NewOfficer(email, passphrase, role=Role(role), team=team, name=name)
    with opened_database() as database:
        migrate(database)
        try:
            with database.writing() as session:
                add_officer(session, new, now=current_time())
        except OfficerRefusedError as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"{email} can sign in as {role} of {team}.")


@officer.command()
@click.argument("email")
def reset_second_step(email: str) -> None:
    """Let EMAIL set up another phone, where no other administrator is left to do it."""
    with opened_database() as database:
        migrate(database)
        with database.writing() as session:
            found = find_by_email(session, email)
            if found is None:
                raise click.ClickException("There is no such officer.")
            second_steps.remove(session, found, by=None, now=current_time())
    click.echo(f"{email} is signed out everywhere, and sets up another phone on signing in.")
