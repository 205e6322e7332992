"""`voice demo`: load the demonstration, once."""

import logging

import click

from voice.cli.opened import opened_database, settings_or_exit
from voice.clock import current_time
from voice.config import Settings, read_council
from voice.database import Database, migrate
from voice.services import demonstration, demonstration_concerns, jobs
from voice.services.consultations import current_survey, find_by_slug


@click.command()
def demo() -> None:
    """Load the demonstration data (real questionnaires, answers made from published counts)."""
    settings = settings_or_exit()
    with opened_database(settings) as database:
        migrate(database)
        passphrases = load_demonstration(settings, database)
    show_sign_in(passphrases)


def load_demonstration(settings: Settings, database: Database) -> dict[str, str]:
    """Load what is not here yet, with a progress bar; return the officers' passphrases.

    What older software noticed in the made-up answers is screened again.
    """
    demonstration.write_council(settings.home / "council.yaml")
    council = read_council(settings.home / "council.yaml")
    passphrases = demonstration.write_passphrases(settings.home / "demonstration-officers.txt")
    with database.writing() as session:
        demonstration.load_officers(session, passphrases, now=current_time())
        demonstration_concerns.screen_again(session)
    with database.reading() as session:
        missing = [s for s in demonstration.SHOWN if find_by_slug(session, s.slug) is None]
    if not missing:
        return passphrases
    label = "Loading the demonstration"
    # Nobody answered: a line for each response would only hide the progress.
    logging.getLogger("voice.services").setLevel(logging.WARNING)
    with click.progressbar(length=demonstration.responses_to_load(), label=label) as bar:
        for shown in missing:
            with database.writing() as session:
                made = demonstration.load_consultation(
                    session,
                    shown,
                    council=council,
                    now=current_time(),
                    on_response=lambda: bar.update(1),
                )
                if made is not None and shown.has_answers:
                    for question in current_survey(made).questions:
                        if question.kind == "free_text":
                            subject = f"{made.slug}/{question.code}"
                            jobs.enqueue(session, "analyse", subject, now=current_time())
    return passphrases


def show_sign_in(passphrases: dict[str, str]) -> None:
    """Print the demonstration officers' e-mails and passphrases."""
    click.echo("Demonstration officers (for this machine only):")
    for email, passphrase in passphrases.items():
        click.echo(f"  {email:28} passphrase: {passphrase}")
