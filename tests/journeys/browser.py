"""A browser that tells on the page: what it asked for, what it complained about, what axe found.

Open one with the `browser` fixture of `tests/journeys/conftest.py`:

    visit = open_page(browser, address, width=320)
    assert visit.complaints() == []
    assert faults_of(visit.page) == []
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import axe_playwright_python
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    sync_playwright,
)

CHROMIUM = Path(os.environ.get("VOICE_CHROMIUM", "/usr/bin/chromium"))
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE_SMALL, PHONE, DESK = 320, 360, 1280
WIDTHS = (PHONE_SMALL, PHONE, DESK)
HEIGHT = 800
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
CONTROLS = "button, input, select, textarea, a[role=button]"
JAVASCRIPT = "text/javascript"
# What a page may open without asking a server.
LOCAL_SCHEMES = ("data", "blob", "about")


@dataclass
class Visit:
    """A page together with everything it asked for and complained about since it was opened."""

    page: Page
    origin: str
    requests: list[str] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)
    console_errors: list[str] = field(default_factory=list)

    def foreign_requests(self) -> list[str]:
        """Return the addresses outside the service's own origin that the page asked for."""
        return [
            address
            for address in self.requests
            if urlsplit(address).scheme not in LOCAL_SCHEMES
            and not address.startswith(self.origin + "/")
        ]

    def complaints(self) -> list[str]:
        """Return what must be empty after every visit: errors, policy reports, foreign requests."""
        return self.console_errors + [f"foreign request: {one}" for one in self.foreign_requests()]


@contextmanager
def started_chromium() -> Iterator[Browser]:
    """Start Debian's Chromium with a profile of its own, and stop it afterwards."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(CHROMIUM), headless=True, args=list(CHROMIUM_FLAGS)
        )
        try:
            yield chromium
        finally:
            chromium.close()


def open_page(
    browser: Browser,
    address: str,
    *,
    width: int = PHONE,
    javascript: bool = True,
    scripts_arrive: bool = True,
) -> Visit:
    """Open `address` in a fresh context, so with no cookie or storage of an earlier visit.

    `javascript=False` turns it off altogether; axe-core cannot run there, for it needs timers.
    `scripts_arrive=False` is the same page on a bad line: no script of the service ever arrives.
    Close it with `visit.page.context.close()`, or leave that to the browser's own end.
    """
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT}, java_script_enabled=javascript, locale="en-GB"
    )
    if not scripts_arrive:
        context.route("**/*.js*", lambda route: route.fulfill(body="", content_type=JAVASCRIPT))
    visit = watch(context, origin=origin_of(address))
    visit.page.goto(address, wait_until="load")
    return visit


def watch(context: BrowserContext, *, origin: str) -> Visit:
    """Return a new page of `context` whose requests and complaints are written down."""
    page = context.new_page()
    visit = Visit(page, origin)
    page.on("request", lambda request: _note_request(visit, request))
    page.on("pageerror", lambda error: visit.console_errors.append(f"script error: {error}"))
    page.on("console", lambda message: _note_console(visit, message))
    return visit


def origin_of(address: str) -> str:
    """Return scheme, host and port of `address`, without a closing slash."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def axe_findings(page: Page) -> list[str]:
    """Return what axe-core finds on `page` to WCAG 2.2 AA: one line for each element at fault.

    axe-core runs in the page's own world past its content security policy, as a person's
    browser extension would, so it works on pages that allow no inline script. It waits for the
    page's stylesheet: a click returns when the next page has begun, not when it can be seen.
    """
    page.wait_for_load_state("load")
    _run_past_policy(page, AXE.read_text(encoding="utf-8"))
    found = _run_past_policy(
        page,
        f"axe.run(document, {{runOnly: {{type: 'tag', values: {list(AXE_TAGS)}}},"
        " resultTypes: ['violations']})"
        ".then(found => found.violations)",
    )
    return [
        f"{violation['id']}: {node['target']} {_why(node)}"
        for violation in found
        for node in violation["nodes"]
    ]


def faults_of(page: Page) -> list[str]:
    """Return what keeps people from using `page`: what axe-core finds, and widths it overflows.

    axe-core looks once, on a phone, where most breaks: targets are smallest and nearest there.
    Widths are what cannot be seen from one of them, so the page is measured at each.
    """
    faults = []
    for width in (DESK, PHONE_SMALL, PHONE):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        if overflows_sideways(page):
            faults.append(f"wider than {width} px")
    return axe_findings(page) + faults


def overflows_sideways(page: Page) -> bool:
    """Whether the page is wider than its window, so that people must scroll in two directions."""
    page.wait_for_load_state("load")
    return bool(
        page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    )


def small_targets(page: Page, *, least_px: int = 24) -> list[str]:
    """Return the controls smaller than `least_px` either way; links inside sentences are exempt."""
    return list(
        page.evaluate(
            """([controls, least]) => [...document.querySelectorAll(controls)]
              .filter(one => one.type !== 'hidden' && one.checkVisibility())
              .filter(one => one.getBoundingClientRect().width < least
                          || one.getBoundingClientRect().height < least)
              .map(one => one.outerHTML.slice(0, 120))""",
            [CONTROLS, least_px],
        )
    )


def focused_id(page: Page) -> str:
    """Return the id of what the keyboard would type into, or "" when it has none."""
    return str(page.evaluate("document.activeElement ? document.activeElement.id : ''"))


def keep_screenshot(page: Page, name: str) -> Path | None:
    """Write the whole page to the folder that VOICE_SCREENSHOTS names; None when it names none."""
    folder = os.environ.get("VOICE_SCREENSHOTS")
    if not folder:
        return None
    Path(folder).mkdir(parents=True, exist_ok=True)
    width = (page.viewport_size or {"width": 0})["width"]
    path = Path(folder) / f"{re.sub(r'[^a-z0-9]+', '-', name.lower()).strip('-')}-{width}.png"
    page.screenshot(path=str(path), full_page=True)
    return path


def _note_request(visit: Visit, request: Request) -> None:
    """Write down what was asked for, and whether it was a page itself."""
    visit.requests.append(request.url)
    if request.is_navigation_request():
        visit.documents.add(request.url)


def _note_console(visit: Visit, message: ConsoleMessage) -> None:
    """Write down errors, among them refusals of the content security policy.

    An error page that answers 404 as it should is no complaint; a missing part of a page is.
    """
    if "Failed to load resource" in message.text and message.location["url"] in visit.documents:
        return
    if message.type == "error" or "Content Security Policy" in message.text:
        visit.console_errors.append(f"console: {message.text} {message.location['url']}")


def _run_past_policy(page: Page, script: str) -> Any:
    """Run `script` through the debugger, which no content security policy forbids."""
    debugger = page.context.new_cdp_session(page)
    try:
        answer = debugger.send(
            "Runtime.evaluate",
            {"expression": script, "awaitPromise": True, "returnByValue": True},
        )
    finally:
        debugger.detach()
    if "exceptionDetails" in answer:
        raise RuntimeError(str(answer["exceptionDetails"]))
    return answer["result"].get("value")


def _why(node: dict[str, Any]) -> str:
    """Return axe-core's own reason in one line."""
    return " ".join(str(node.get("failureSummary", "")).split())
