"""`voice worker`: do what nobody should wait for, job by job."""

import logging
import signal
import threading
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from types import FrameType

import click
from sqlalchemy.exc import DBAPIError

from voice.analysis.aliases import aliases_with
from voice.analysis.coding.seeing import Sight
from voice.cli.opened import opened_database, settings_or_exit
from voice.cli.watching import watching
from voice.clock import current_time
from voice.config import Settings
from voice.database import Database
from voice.services import (
    analyses,
    answer_vectors,
    assigning,
    due,
    hub,
    hub_filling,
    hub_meaning,
    importing,
    jobs,
    mail,
    media,
    new_answers,
)
from voice.services.smtp import post_by

logger = logging.getLogger(__name__)

SWEEP_SECONDS = 60 * 60
JOIN_SECONDS = 10 * 60  # so late may an answer be in the themes that people named
CHAT_SECONDS = 60  # so late may a message of a chat be, and no later
HUB_SECONDS = 5  # so late may an answer come into the hub, and be read for its meaning
HUB_LOOKS_BACK = timedelta(hours=2)  # each hour everything is looked at


def learning_works() -> dict[str, jobs.Work]:
    """Return the works on themes; what they saw of texts is remembered from one to the next."""
    sight = Sight()
    return {
        jobs.ANALYSE: analyses.analyse_question,
        jobs.ASSIGN: assigning.assigning(sight, with_new=False),
        jobs.JOIN: assigning.assigning(sight, with_new=True),
        jobs.CHOOSE: assigning.choosing(sight),
        jobs.MEASURE: assigning.measuring,
    }


WORKS: Mapping[str, jobs.Work] = {**learning_works(), hub.MEANING: hub_meaning.find_alike}


class Rounds:
    """When each round of the worker's began last, in seconds of a clock that is never set."""

    def __init__(self) -> None:
        self._began: dict[str, float] = {}

    def has_come(self, round_name: str, seconds: float, *, at: float) -> bool:
        """Return whether a round begins now: the first at once, then each after so many seconds."""
        if at - self._began.get(round_name, at - seconds) < seconds:
            return False
        self._began[round_name] = at
        return True


@click.command()
@click.option("--once", is_flag=True, help="Stop when nothing is left to be done.")
@click.option("--wait", default=0.5, show_default=True, help="Seconds between two looks for work.")
@click.option(
    "--lease",
    default=jobs.LEASE.total_seconds(),
    show_default=True,
    help="Seconds after which a dead worker's job goes to another.",
)
def worker(*, once: bool, wait: float, lease: float) -> None:
    """Find themes, send e-mails, make reminders. Run as many as you like, on as many machines."""
    stopping, rounds = _stop_on_signals(), Rounds()
    settings = settings_or_exit()
    folder, post = media.folder_of(settings), post_by(settings)
    works: dict[str, jobs.Work] = {
        **WORKS,
        jobs.ANALYSE: partial(
            analyses.analyse_question, aliases=aliases_with(settings.council.aliases)
        ),
        jobs.IMPORT: importing.bringing_in(settings.secret_key),
        media.THROW_AWAY: media.throwing_away(folder),
    }
    chats_seen_at = current_time()
    with opened_database() as database, watching(database, settings, post):
        while not stopping.is_set():
            if rounds.has_come("all", SWEEP_SECONDS, at=time.monotonic()):
                _sweep(database, folder)
                _make_due(database, settings)
                _fill_hub(database, settings, since=None)
            if rounds.has_come("hub", HUB_SECONDS, at=time.monotonic()):
                _fill_hub(database, settings, since=current_time() - HUB_LOOKS_BACK)
                _read_answers(database)
            if rounds.has_come("joining", JOIN_SECONDS, at=time.monotonic()):
                _ask_to_join(database)
            if rounds.has_come("chats", CHAT_SECONDS, at=time.monotonic()):
                chats_seen_at = _make_chats_due(database, settings, since=chats_seen_at)
            worked = _work_once(database, works, timedelta(seconds=lease))
            worked = _send_once(database, settings, post) or worked
            if once and not worked:
                break
            if not worked:
                stopping.wait(wait)


def _work_once(database: Database, works: Mapping[str, jobs.Work], lease: timedelta) -> bool:
    """Return whether there was a job; a store that is away for a while is no reason to stop."""
    try:
        return jobs.work_once(database, works, lease=lease)
    except DBAPIError as error:
        logger.error("the worker cannot reach the store", extra={"error": type(error).__name__})
        return False


def _sweep(database: Database, folder: Path) -> None:
    """Throw away files that no answer speaks of; the next sweep does it if the store is away."""
    try:
        media.sweep(database, folder, now=current_time())
    except DBAPIError as error:
        logger.error("files not swept", extra={"error": type(error).__name__})


def _make_due(database: Database, settings: Settings) -> None:
    """Make the reminders whose day has come; the next look does it if the store is away."""
    try:
        due.make_each_due(database, settings, now=current_time())
    except DBAPIError as error:
        logger.error("nothing made due", extra={"error": type(error).__name__})


def _read_answers(database: Database) -> None:
    """Keep what new answers mean, so that an analysis need not read them all."""
    try:
        answer_vectors.read_new(database)
    except DBAPIError as error:
        logger.error("answers not read", extra={"error": type(error).__name__})


def _ask_to_join(database: Database) -> None:
    """Ask that new answers join named themes; the next look does it if the store is away."""
    try:
        with database.writing() as session:
            new_answers.ask_where_new(session, now=current_time())
    except DBAPIError as error:
        logger.error("no answers asked to join", extra={"error": type(error).__name__})


def _make_chats_due(database: Database, settings: Settings, *, since: datetime) -> datetime:
    """Write what is due in chats, and return from when on plans are new at the next look."""
    try:
        return due.make_chats_due(database, settings, since=since, now=current_time())
    except DBAPIError as error:
        logger.error("nothing written to chats", extra={"error": type(error).__name__})
        return since


def _fill_hub(database: Database, settings: Settings, *, since: datetime | None) -> None:
    """Mask what arrived for the hub; the next look does it if the store is away."""
    try:
        named = aliases_with(settings.council.aliases)
        hub_filling.fill(database, since=since, now=current_time(), aliases=named)
    except DBAPIError as error:
        logger.error("hub not filled", extra={"error": type(error).__name__})


def _send_once(database: Database, settings: Settings, post: mail.Post | None) -> bool:
    """Return whether an e-mail was due; without a mail server they wait in the store."""
    if post is None:
        return False
    try:
        return mail.send_next(database, settings, post, now=current_time())
    except Exception as error:  # noqa: BLE001 - no letter may end the worker
        logger.error("no e-mail sent", extra={"error": type(error).__name__})
        return False


def _stop_on_signals() -> threading.Event:
    """Return an event that is set when somebody asks us to stop; the job at hand is finished."""
    asked = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        asked.set()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    return asked
