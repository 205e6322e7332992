"""Somebody with one browser's worth of cookies, in front of the application itself."""

import html
import re

from sqlalchemy import event
from werkzeug.datastructures import MultiDict

from tests.journeys.walker import Page
from voice.sealed import unseal_lists


class Visitor:
    """Opens pages and presses their buttons, following redirects as a browser does."""

    def __init__(self, app) -> None:
        self.client = app.test_client()

    def open(self, address, **how):
        """Open an address."""
        return self._page(self.client.get(address, follow_redirects=True, **how))

    def send(self, address, sent, **how):
        """Send a form in: (name, value) pairs, in their order."""
        form = MultiDict(sent)
        return self._page(self.client.post(address, data=form, follow_redirects=True, **how))

    def send_parts(self, address, sent):
        """Send a form in as many parts, as a form that may carry files does."""
        parts = "".join(
            f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in sent
        )
        kind = "multipart/form-data; boundary=edge"
        body = f"{parts}--edge--\r\n".encode()
        return self._page(
            self.client.post(address, data=body, content_type=kind, follow_redirects=True)
        )

    def press(self, page, *given, button=0, form=0, **how):
        """Fill in the form of that number with `given`, and press its button of that number."""
        pressed = page.forms[form]
        name, value = pressed.buttons[button]
        sent = [*pressed.hidden, *given, *([(name, value)] if name else [])]
        return self.send(pressed.action, sent, **how)

    def begin(self, slug):
        """Begin to answer; return the first question's page."""
        return self.press(self.open(f"/consultations/{slug}"))

    def ask(self, slug, code):
        """Open the page of one question."""
        return self.open(f"/consultations/{slug}/questions/{code}")

    def lose_cookies(self):
        """Lose every cookie, as a browser does that clears them."""
        self.client._cookies.clear()

    def lose_cookies_but(self, name):
        """Lose every cookie but one, as when two presses leave before the first reply is back."""
        kept = {key: each for key, each in self.client._cookies.items() if key[2] == name}
        self.client._cookies = kept

    @staticmethod
    def _page(reply):
        return Page(reply.request.path, reply.status_code, reply.get_data(as_text=True))


def words_in(page, name):
    """Return what the text area of this name holds, as a browser reads it."""
    found = re.search(rf'<textarea[^>]* name="{name}"[^>]*>(.*?)</textarea>', page.body, re.DOTALL)
    words = html.unescape(found[1].replace("\r\n", "\n").replace("\r", "\n"))
    return words.removeprefix("\n")


def answered(database, question):
    """Return the values stored for a question, those of every response."""
    with database.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            'SELECT "values" FROM answer WHERE question = ?', (question,)
        )
        return unseal_lists(row[0] for row in rows)


def count(database, table):
    """Return how many rows a table has."""
    with database.engine.connect() as connection:
        return connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()  # noqa: S608


class counted_statements:  # noqa: N801 - read as a sentence after `with`
    """Every statement that the store is sent, but for the beginning of transactions."""

    def __init__(self, database):
        self.engine = database.engine
        self.statements = []

    def __enter__(self):
        event.listen(self.engine, "before_cursor_execute", self._note)
        return self.statements

    def __exit__(self, *_):
        event.remove(self.engine, "before_cursor_execute", self._note)

    def _note(self, _connection, _cursor, statement, *_):
        if not statement.startswith("BEGIN"):
            self.statements.append(statement)
