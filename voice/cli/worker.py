"""`voice worker`: do what nobody should wait for, job by job."""

import logging
import signal
import threading
from collections.abc import Mapping
from datetime import timedelta
from types import FrameType

import click
from sqlalchemy.exc import DBAPIError

from voice.cli.opened import opened_database
from voice.database import Database
from voice.services import analyses, jobs

logger = logging.getLogger(__name__)

WORKS: Mapping[str, jobs.Work] = {jobs.ANALYSE: analyses.analyse_question}


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
    stopping = _stop_on_signals()
    with opened_database() as database:
        while not stopping.is_set():
            worked = _work_once(database, timedelta(seconds=lease))
            if once and not worked:
                break
            if not worked:
                stopping.wait(wait)


def _work_once(database: Database, lease: timedelta) -> bool:
    """Return whether there was a job; a store that is away for a while is no reason to stop."""
    try:
        return jobs.work_once(database, WORKS, lease=lease)
    except DBAPIError as error:
        logger.error("the worker cannot reach the store", extra={"error": type(error).__name__})
        return False


def _stop_on_signals() -> threading.Event:
    """Return an event that is set when somebody asks us to stop; the job at hand is finished."""
    asked = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        asked.set()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    return asked
