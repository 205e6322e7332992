"""E-mails leave by a real mail server's own language, and what it refuses is not sent again."""

import socketserver
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOON, SECRET
from tests.voice.themed import make_officer
from voice.config import read_settings
from voice.errors import SettingsError
from voice.models import Delivery, DeliveryStatus
from voice.services import mail, participants, suppressions
from voice.services.mail import AddressRefusedError, Letter
from voice.services.quiet_hours import next_polite
from voice.services.smtp import post_by

LETTER = Letter("ann@example.org", "Your question", "Here is the reply.")


class TestALetter:
    """REL-13."""

    def test_leaves_by_the_mail_server(self, server, send, stored):
        assert send() == 1

        assert "To: ann@example.org" in server.taken[0]
        assert "Here is the reply." in server.taken[0]
        assert "From: voice@council.example" in server.taken[0]
        assert stored().status is DeliveryStatus.SENT
        assert stored().body == {}

    def test_is_not_tried_again_at_an_address_that_is_refused(self, server, send, stored):
        server.refuses = True
        send()

        assert stored().status is DeliveryStatus.REFUSED

    def test_waits_while_the_server_is_away(self, server, send, stored):
        server.shutdown()
        server.server_close()
        send()

        assert stored().status is DeliveryStatus.WAITING
        assert stored().due_at == NOON + mail.AGAIN

    def test_waits_whatever_goes_wrong(self, database, sending, queued, stored):
        def break_down(_letter, _reference):
            raise ValueError("a letter that cannot be put together")

        mail.send_next(database, sending, break_down, now=NOON)

        assert stored().status is DeliveryStatus.WAITING

    def test_goes_to_nobody_who_asked_for_quiet_while_it_waited(
        self, server, send, stored, database
    ):
        with database.writing() as session:
            officer, to = make_officer(session), LETTER.to.upper()
            suppressions.suppress(session, officer, to, reason="No", secret=SECRET, now=NOON)
        send()

        assert server.taken == []
        assert (stored().status, stored().body) == (DeliveryStatus.REFUSED, {})

    @pytest.mark.parametrize(("is_sent", "is_kept"), [(False, True), (True, False)])
    def test_that_waits_outlives_every_sweep(self, send, database, queued, is_sent, is_kept):
        if is_sent:
            send()
        with database.writing() as session:
            participants.sweep_addresses(session, now=NOON + timedelta(days=31))

        with database.reading() as session:
            assert (session.scalar(select(Delivery.id)) is not None) is is_kept

    @pytest.mark.parametrize("to", ["=?x?q??=@b.uk", "a@b.\u2028uk"])
    def test_is_given_up_where_no_head_can_hold_the_address(self, sending, to):
        with pytest.raises(AddressRefusedError):
            post_by(sending)(replace(LETTER, to=to), "one")

        assert not mail.is_address(to)

    def test_says_no_passphrase_over_an_open_line(self, server, send, stored, sending):
        open_line = sending.mail_server.replace("smtp://", "smtp://name:word@")
        send(replace(sending, mail_server=open_line))

        assert stored().status is DeliveryStatus.WAITING
        assert not any(line.startswith("AUTH") for line in server.lines)

    def test_has_no_readable_address_while_it_waits(self, stored, queued):
        assert "ann" not in str(stored().body)

    def test_goes_to_no_such_address(self, session, sending):
        letter = replace(LETTER, to="ann@example.org\nBcc: bob@example.org")

        assert not mail.queue_letter(session, sending, letter, reference="x", now=NOON)


class TestAPoliteHour:
    @pytest.mark.parametrize(
        ("hour", "leaves"), [(6, (1, 7)), (7, (1, 7)), (18, (1, 18)), (19, (2, 7)), (23, (2, 7))]
    )
    def test_is_between_eight_and_eight_by_uk_clocks(self, hour, leaves):
        found = next_polite(NOON.replace(hour=hour))

        assert (found.day, found.hour) == leaves


@pytest.mark.parametrize(
    ("server", "sender", "said"),
    [
        pytest.param("http://mail.example", "a@b.cd", "smtp://", id="no mail server"),
        pytest.param("smtps://mail.example", "", "VOICE_MAIL_FROM", id="from nobody"),
    ],
)
def test_settings_that_could_send_nothing_are_refused(tmp_path, server, sender, said):
    environment = {"VOICE_HOME": str(tmp_path), "VOICE_MAIL_SERVER": server}

    with pytest.raises(SettingsError, match=said):
        read_settings(environment | {"VOICE_MAIL_FROM": sender})


class _Line(socketserver.StreamRequestHandler):
    """One connection to a mail server that knows what is needed and no more."""

    def handle(self):
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline().decode().strip():
            self.server.lines.append(line)
            verb = line.split()[0].upper()
            if verb == "DATA":
                self.wfile.write(b"354 go on\r\n")
                self._take()
            refused = verb == "RCPT" and self.server.refuses
            self.wfile.write(b"550 nobody here\r\n" if refused else b"250 ok\r\n")
            if verb == "QUIT":
                return

    def _take(self):
        words = []
        while (line := self.rfile.readline().decode()) != ".\r\n":
            words.append(line)
        self.server.taken.append("".join(words))


@pytest.fixture
def server():
    found = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Line)
    found.taken, found.lines, found.refuses, found.daemon_threads = [], [], False, True
    thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield found
    found.shutdown()
    found.server_close()
    thread.join()


@pytest.fixture
def sending(settings, server):
    host, port = server.server_address
    address = f"smtp://{host}:{port}"
    return replace(settings, mail_server=address, mail_from="voice@council.example")


@pytest.fixture
def queued(database, sending):
    with database.writing() as session:
        assert mail.queue_letter(session, sending, LETTER, reference="one", now=NOON)


@pytest.fixture
def send(database, sending, queued):
    def drain(chosen=None):
        by = chosen or sending
        count = 0
        while mail.send_next(database, by, post_by(by), now=NOON):
            count += 1
        return count

    return drain


@pytest.fixture
def stored(database):
    def read():
        with database.reading() as session:
            return session.scalars(select(Delivery)).one()

    return read
