"""`voice worker`: do what nobody should wait for, job by job."""

import logging
import signal
import threading
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from types import FrameType

import click
from sqlalchemy.exc import DBAPIError

from voice.cli.opened import opened_database, settings_or_exit
from voice.clock import current_time
from voice.database import Database
from voice.services import analyses, importing, jobs, media

logger = logging.getLogger(__name__)

SWEEP_SECONDS = 60 * 60
WORKS: Mapping[str, jobs.Work] = {
    jobs.ANALYSE: analyses.analyse_question,
    jobs.IMPORT: importing.bring_in,
}


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
    """Find themes as they are asked for. Run as many as you like, on as many machines."""
    stopping, swept_at = _stop_on_signals(), None
    folder = media.folder_of(settings_or_exit())
    works = {**WORKS, media.THROW_AWAY: media.throwing_away(folder)}
    with opened_database() as database:
        while not stopping.is_set():
            if swept_at is None or time.monotonic() - swept_at > SWEEP_SECONDS:
                swept_at = time.monotonic()
                _sweep(database, folder)
            worked = _work_once(database, works, timedelta(seconds=lease))
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


def _stop_on_signals() -> threading.Event:
    """Return an event that is set when somebody asks us to stop; the job at hand is finished."""
    asked = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        asked.set()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    return asked
