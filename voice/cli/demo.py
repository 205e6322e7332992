"""`voice demo`: load the demonstration, once."""

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import click

from voice.cli.opened import opened_database, settings_or_exit
from voice.clock import current_time
from voice.config import Settings, read_council
from voice.database import Database, migrate
from voice.services import demonstration, demonstration_comments, demonstration_concerns, jobs
from voice.services.consultations import current_survey, find_by_slug


@click.command()
@click.option("--with-comments", is_flag=True, help="Also 2,641 comments of patients (minutes).")
def demo(*, with_comments: bool) -> None:
    """Load the demonstration data (real questionnaires, answers made from published counts).

    With --with-comments also a consultation of real patient feedback, to find themes in. Each is
    loaded once.
    """
    settings = settings_or_exit()
    with opened_database(settings) as database:
        migrate(database)
        passphrases = load_demonstration(settings, database)
        if with_comments:
            load_comments(settings, database)
    show_sign_in(passphrases)


def load_comments(settings: Settings, database: Database) -> None:
    """Load the patient feedback, all or nothing, with a progress bar; once."""
    council = read_council(settings.home / "council.yaml")
    with database.reading() as session:
        is_here = find_by_slug(session, demonstration_comments.SLUG) is not None
    if not is_here:
        length = len(demonstration_comments.read_comments())
        with (
            _without_lines(),
            database.writing() as session,
            click.progressbar(length=length, label="Loading patient feedback") as bar,
        ):
            demonstration_comments.load_comments(
                session, council=council, now=current_time(), on_response=lambda: bar.update(1)
            )
    frame = settings.home / "patient-feedback-frame.csv"
    shutil.copyfile(demonstration_comments.frame_file(), frame)
    click.echo(f"Patient feedback: /officers/consultations/{demonstration_comments.SLUG}")
    click.echo(f"Its coding frame, to bring in there: {frame}")


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
    length = demonstration.responses_to_load()
    with _without_lines(), click.progressbar(length=length, label=label) as bar:
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


@contextmanager
def _without_lines() -> Iterator[None]:
    """Write no line for each response: nobody answered, and it would only hide the progress."""
    logger = logging.getLogger("voice.services")
    before = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(before)


def show_sign_in(passphrases: dict[str, str]) -> None:
    """Print the demonstration officers' e-mails and passphrases."""
    click.echo("Demonstration officers (for this machine only):")
    for email, passphrase in passphrases.items():
        click.echo(f"  {email:28} passphrase: {passphrase}")
