"""Nothing that a browser says of a person is kept or written anywhere (PRI-1)."""

import logging

import pytest

from tests.voice.web.visitor import Visitor, answered

CANARIES = {
    "User-Agent": "CanaryBrowser/7.0 (CanaryPhone)",
    "Referer": "https://canary-referrer.example/page?who=canaryname",
    "X-Forwarded-For": "203.0.113.77",
    "X-Real-IP": "203.0.113.78",
    "Forwarded": "for=203.0.113.79",
    "Accept-Language": "cy-CanaryTongue",
    "From": "canary@canary-mail.example",
    "Authorization": "Basic CanaryBasicSecret",
    "X-Device-Id": "canary-device-id",
}
COOKIE = "canary-cookie-of-another-site"
ADDRESS = "203.0.113.80"
TRACES = (
    b"Canary", b"canary", b"203.0.113.", COOKIE.encode(), b"cy-Canary",
)  # fmt: skip
WORDS = "a bench by the river"


class TestAnsweringOnTheWeb:
    def test_leaves_no_trace_of_the_browser(self, walked, tmp_path, caplog):
        left = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
        left["the log"] = _written(caplog).encode()

        found = [(name, trace) for name, said in left.items() for trace in TRACES if trace in said]

        assert found == []

    def test_is_searched_where_the_words_lie_sealed(self, walked, tmp_path, database):
        stored = b"".join(path.read_bytes() for path in tmp_path.glob("voice.db*"))

        assert b"sealed:" in stored
        assert WORDS.encode() not in stored
        assert answered(database, "best") == [[WORDS]]

    def test_puts_no_words_and_no_keys_into_the_log(self, walked, caplog):
        written = _written(caplog)

        assert "response submitted" in written
        assert WORDS not in written
        assert not any(cookie.value in written for cookie in walked)

    @pytest.fixture
    def walked(self, app, open_all, caplog):
        """Somebody who answered, came back, chatted, failed and mistyped; their cookies."""
        caplog.set_level(logging.DEBUG)
        visitor = Visitor(app)
        visitor.client.environ_base |= {"REMOTE_ADDR": ADDRESS} | {
            f"HTTP_{name.upper().replace('-', '_')}": said for name, said in CANARIES.items()
        }
        visitor.client.set_cookie("elsewhere", COOKIE)
        _answer(visitor)
        _chat(visitor)
        for path in ("/nowhere", "/officers", "/consultations/viewpoint/questions/none"):
            visitor.open(path)
        return list(visitor.client._cookies.values())


def _written(caplog):
    """Return all that was logged while somebody answered, whatever a formatter would leave out."""
    return "\n".join(f"{each.getMessage()} {each.__dict__}" for each in caplog.get_records("setup"))


def _answer(visitor):
    visitor.begin("viewpoint")
    visitor.press(visitor.ask("viewpoint", "best"), ("best", WORDS))
    visitor.press(visitor.open("/consultations/viewpoint/save"))
    visitor.press(visitor.open("/consultations/viewpoint/come-back"), ("code", "7K3M"))
    visitor.press(visitor.open("/consultations/viewpoint/check"))
    visitor.open("/consultations/viewpoint/copy")


def _chat(visitor):
    page = visitor.press(visitor.open("/consultations/play/chat"))
    for words in ("yes", "Yes", "Very helpful"):
        page = visitor.send(page.address, [*page.forms[0].hidden, ("words", words)])
