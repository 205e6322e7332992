"""Somebody who answers over plain HTTP, as a browser without JavaScript would."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, Request, build_opener

TIMEOUT_SECONDS = 20


@dataclass
class Form:
    """One form of a page: where it goes, what it holds, and what can be chosen."""

    action: str
    method: str
    hidden: list[tuple[str, str]] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _Forms(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []

    def handle_starttag(self, tag, attrs):
        has = dict(attrs)
        if tag == "form":
            action = urljoin(self.address, has.get("action") or self.address)
            self.forms.append(Form(action, has.get("method", "get").lower()))
        if not self.forms:
            return
        form, name, value = self.forms[-1], has.get("name"), has.get("value") or ""
        kind = has.get("type", "text" if tag == "input" else "submit")
        if tag == "textarea" or (tag == "input" and kind in {"text", "number", "email"}):
            form.texts.append(name)
        elif tag == "input" and kind == "hidden":
            form.hidden.append((name, value))
        elif tag == "input" and kind in {"radio", "checkbox"}:
            form.choices.setdefault(name, []).append(value)
        elif tag == "button" and kind == "submit":
            form.buttons.append((name or "", value))


@dataclass
class Page:
    """What came back."""

    address: str
    status: int
    body: str

    @property
    def forms(self) -> list[Form]:
        """The forms that send something in, in the order of the page."""
        reader = _Forms(self.address)
        reader.feed(self.body)
        return [form for form in reader.forms if form.method == "post"]


class Walker:
    """One person with one browser's worth of cookies."""

    def __init__(self, root: str) -> None:
        self.root = root
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def open(self, address: str, sent: list[tuple[str, str]] | None = None) -> Page:
        """Open an address, following redirects; with `sent`, send it in as a form."""
        body = None if sent is None else urlencode(sent).encode()
        request = Request(urljoin(self.root, address), data=body)
        try:
            with self._opener.open(request, timeout=TIMEOUT_SECONDS) as reply:
                return Page(reply.url, reply.status, reply.read().decode())
        except HTTPError as error:
            with error:
                return Page(error.url, error.code, error.read().decode())

    def press(self, form: Form, *given: tuple[str, str], button: int = 0) -> Page:
        """Fill the form with `given` and press its button of that number."""
        name, value = form.buttons[button] if form.buttons else ("", "")
        pressed = [(name, value)] if name else []
        return self.open(form.action, [*form.hidden, *given, *pressed])

    def answer(self, page: Page, words: str) -> Page:
        """Take the first choice or type `words`, and press the form's first button."""
        form = max(page.forms, key=lambda each: len(each.choices) + len(each.texts))
        given = [(name, values[0]) for name, values in form.choices.items()]
        if not form.choices:
            given = [(name, words) for name in form.texts]
        return self.press(form, *given)
