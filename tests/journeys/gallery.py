"""Every layout and component on a few pages, served on loopback under a strict policy."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

from surveys.how_far import Place

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "voice" / "static"
PAGES = tuple(sorted(path.stem for path in (HERE / "gallery").glob("*.html")))
ERRORS = tuple(sorted(path.stem for path in (TEMPLATES / "errors").glob("*.html")))
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True)
class Helpline:
    """A line of the council's directory, as templates receive it."""

    name: str
    number: str
    hours: str = ""
    note: str = ""


@dataclass(frozen=True)
class Council:
    """The least that a template may count on."""

    name: str
    helplines: tuple[Helpline, ...]


@dataclass(frozen=True)
class Officer:
    """Somebody signed in, as templates receive them."""

    name: str
    may_read_concerns: bool


COUNCIL = Council(
    "Anyshire Council",
    (
        Helpline("Childline", "0800 1111", "Any time, free", "For anybody under 19."),
        Helpline("First Response", "01296 383962", "Monday to Friday, 9am to 5:30pm", "Our team."),
        Helpline("NSPCC", "0808 800 5000", "", "If you are worried about a child."),
    ),
)


def templates() -> Environment:
    """Return an environment set up as the service's own: strict, and everything is escaped."""
    environment = Environment(
        loader=ChoiceLoader(
            [FileSystemLoader(TEMPLATES), FileSystemLoader(HERE / "gallery")],
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        council=COUNCIL, nonce="gallery", static_url=lambda name: f"/static/{name}"
    )
    environment.globals.update(
        _=lambda english, **parts: english.format(**parts) if parts else english,
        _plain=lambda english, **parts: english.format(**parts) if parts else english,
        theirs=lambda written, language="en": written,
        of_line=getattr,
        sentence_by_sentence=lambda written: written,
        drawn_once=lambda macro, *given: macro(*given),
        languages_here=(),
        lang="en",
        here_in=lambda language: f"?language={language}",
    )
    return environment


def render(name: str, **more: Any) -> str:
    """Return the page `name` of the gallery, or of `errors/`."""
    always = {
        "audience": "adult",
        "officer": None,
        "demonstration": None,
        "place": Place(first=3, last=3, total=16),
        "sent": [],
        **more,
    }
    return templates().get_template(f"{name}.html").render(always)


@contextmanager
def served_gallery() -> Iterator[str]:
    """Serve the gallery on a free port of loopback; give its address without a closing slash."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Gallery)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Gallery(http.server.BaseHTTPRequestHandler):
    """Answers with a page of the gallery or a file of `voice/static`, and never logs."""

    def do_GET(self) -> None:
        """Answer `/static/NAME`, `/NAME` and `/errors/NAME`; anything else is not there."""
        path = urlsplit(self.path).path.strip("/")
        if path.startswith("static/") and (file := STATIC / Path(path).name).is_file():
            self._answer(file.read_bytes(), KINDS[file.suffix])
        elif path in PAGES or path.removeprefix("errors/") in ERRORS:
            status = HTTPStatus.OK if path in PAGES else HTTPStatus.NOT_FOUND
            self._answer(render(path).encode(), "text/html; charset=utf-8", status)
        else:
            self._answer(b"", "text/plain", HTTPStatus.NOT_FOUND)

    def log_message(self, *_: Any) -> None:
        """Stay silent."""

    def _answer(self, body: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)
