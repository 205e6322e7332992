"""The application itself, served on loopback from a thread, with one open consultation or more."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import waitress

from tests.factories import make_consultation

THREADS = 4


@contextmanager
def served(app) -> Iterator[str]:
    """Serve `app` on a free port of loopback; give its address without a closing slash."""
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=THREADS, ident=None)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        # In its own thread: a browser that keeps its line open would hold the server for long.
        server.trigger.pull_trigger(lambda: _hang_up(server))
        thread.join(timeout=10)


def _hang_up(server) -> None:
    for channel in list(server.active_channels.values()):
        channel.handle_close()
    server.close()


def open_surveys(database, **slugs) -> None:
    """Open consultations: slug (with _ for -) = the survey of the library that it asks."""
    with database.writing() as session:
        for slug, survey in slugs.items():
            make_consultation(session, survey=survey, slug=slug.replace("_", "-"))
