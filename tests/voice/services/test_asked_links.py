"""Links asked for their pages: what each answer means, and where a question never goes."""

import datetime
import socket
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from voice.services import asked_links
from voice.services.asked_links import Reach, Verdict, ask_links, is_public


class _Site(BaseHTTPRequestHandler):
    """A site whose paths say how it answers: /200, /404, /moved, /round, /slow, /get-only."""

    def do_HEAD(self):
        self._answer("HEAD")

    def do_GET(self):
        self._answer("GET")

    def _answer(self, method):
        self.server.heard.append((method, self.path, self.headers.get("Host")))
        name = self.path.strip("/").partition("?")[0]
        if name == "slow":
            time.sleep(0.6)
        moves = {"moved": "/200", "round": "/round", "inside": "http://10.0.0.1/", "app": "tel:1"}
        if name in moves:
            self.send_response(301)
            self.send_header("Location", moves[name])
        elif name == "get-only":
            self.send_response(200 if method == "GET" else 405)
        else:
            self.send_response(int(name) if name.isdigit() else 200)
        self.end_headers()
        if method == "GET":
            self.wfile.write(b"x" * 1_000)

    def log_message(self, *_):
        """Say nothing on the terminal."""


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    server.heard = []
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def ask(site):
    """Ask the stand-in for these paths; return the answers and forget what it heard before."""
    site.heard.clear()
    root, reach = f"http://127.0.0.1:{site.server_port}", Reach(site.server_port)
    return lambda *paths: ask_links([f"{root}{each}" for each in paths], reach)


@pytest.fixture
def names(monkeypatch):
    """Let tests say which addresses a name has; any line that is opened is written down."""
    known, lines = {}, []

    def look_up(host, port, **_):
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return [(None, None, None, "", (known[host].pop(0), port))]

    def open_line(to, *_):
        lines.append(to)
        raise ConnectionRefusedError

    monkeypatch.setattr(asked_links.socket, "getaddrinfo", look_up)
    monkeypatch.setattr(asked_links.socket, "create_connection", open_line)
    return known, lines


@pytest.mark.parametrize(
    ("path", "verdict"),
    [
        ("/200", Verdict.ANSWERS),
        ("/304", Verdict.ANSWERS),
        ("/get-only", Verdict.ANSWERS),
        ("/moved", Verdict.MOVED),
        ("/404", Verdict.NOT_FOUND),
        ("/410", Verdict.NOT_FOUND),
        ("/403", Verdict.UNREACHED),
        ("/500", Verdict.UNREACHED),
        ("/round", Verdict.UNREACHED),
        ("/inside", Verdict.UNREACHED),
        ("/app", Verdict.UNREACHED),
    ],
)
def test_each_answer_has_its_verdict(ask, path, verdict):
    assert [each.verdict for each in ask(path)] == [verdict]


def test_a_page_that_moved_is_named(ask, site):
    (found,) = ask("/moved")

    assert found.address.endswith("/moved")
    assert found.moved_to == f"http://127.0.0.1:{site.server_port}/200"


def test_a_site_is_asked_by_head_and_by_get_only_where_that_is_refused(ask, site):
    ask("/200", "/404?a=b c")

    told = sorted(one[:2] for one in site.heard)
    assert told == [("GET", "/404?a=b%20c"), ("HEAD", "/200"), ("HEAD", "/404?a=b%20c")]
    assert {host for *_, host in site.heard} == {f"127.0.0.1:{site.server_port}"}


def test_a_slow_site_could_not_be_reached_and_holds_nobody_up(ask, monkeypatch):
    monkeypatch.setattr(asked_links, "ALL_SECONDS", 0.2)
    begun = time.monotonic()

    slow, quick = ask("/slow", "/200")

    assert time.monotonic() - begun < 0.5
    assert (slow.verdict, quick.verdict) == (Verdict.UNREACHED, Verdict.ANSWERS)
    assert "from here" in slow.why


def test_only_the_first_links_are_asked(ask, site, monkeypatch):
    monkeypatch.setattr(asked_links, "MOST_LINKS", 1)

    first, second = ask("/200", "/201")

    assert (first.verdict, second.verdict) == (Verdict.ANSWERS, Verdict.UNREACHED)
    assert len(site.heard) == 1


@pytest.mark.parametrize(
    "address",
    ["10.1.2.3", "127.0.0.1", "169.254.169.254", "172.16.0.1", "192.168.1.1", "100.64.0.1",
     "0.0.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1",
     "::ffff:8.8.8.8", "2002:7f00:1::", "64:ff9b::a00:1"],
)  # fmt: skip
def test_an_address_inside_a_network_is_never_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111"])
def test_an_address_of_the_internet_is_public(address):
    assert is_public(address)


def test_no_line_is_opened_to_a_name_that_points_inside(names):
    known, lines = names
    known["inside.example.uk"] = ["10.0.0.5"]

    (found,) = ask_links(["https://inside.example.uk/"])

    assert (found.verdict, lines) == (Verdict.UNREACHED, [])
    assert "public internet" in found.why


def test_the_line_goes_to_the_address_that_was_allowed_whatever_the_name_says_next(names):
    known, lines = names
    known["turns.example.uk"] = ["8.8.8.8", "10.0.0.5"]

    ask_links(["turns.example.uk"])

    assert set(lines) == {("8.8.8.8", 443)}


@pytest.mark.parametrize("address", [
    "https://8.8.8.8:22/", "http://name:word@8.8.8.8/", "http://[::1", "http://a..b/",
    "ftp://8.8.8.8/", "https://8.8.8.8:99999/"])  # fmt: skip
def test_what_no_browser_should_open_is_not_asked(names, address):
    known, lines = names
    known["8.8.8.8"] = ["8.8.8.8"]

    (found,) = ask_links([address])

    assert (found.verdict, lines) == (Verdict.UNREACHED, [])


def test_without_a_network_nothing_is_said_to_be_missing(names):
    assert [each.verdict for each in ask_links(["gone.example.uk", "b.example.uk"])] == [
        Verdict.UNREACHED,
        Verdict.UNREACHED,
    ]


def test_a_name_that_nobody_knows_is_not_found_where_other_sites_answer(ask, monkeypatch):
    real = socket.getaddrinfo

    def look_up(host, *rest, **more):
        if host == "bucksc.gov.uk":
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return real(host, *rest, **more)

    monkeypatch.setattr(asked_links.socket, "getaddrinfo", look_up)
    root = ask("/200")[0].address

    found = ask_links(["bucksc.gov.uk", root], Reach(int(root.split(":")[2].split("/")[0])))

    assert [each.verdict for each in found] == [Verdict.NOT_FOUND, Verdict.ANSWERS]


def test_a_site_that_cannot_prove_its_name_is_not_said_to_answer(site, tmp_path):
    sealed = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    sealed.load_cert_chain(_own_proof(tmp_path))
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    server.socket = sealed.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()

    (found,) = ask_links([f"https://localhost:{server.server_port}/200"], Reach(server.server_port))
    server.shutdown()
    server.server_close()

    assert found.verdict is Verdict.UNREACHED
    assert "cannot prove" in found.why


def _own_proof(folder):
    """Write a certificate that nobody but the site itself vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    day = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    proof = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, day, day.replace(year=2099))
        .sign(key, hashes.SHA256())
        .public_bytes(serialization.Encoding.PEM)
    )
    file = folder / "proof.pem"
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    file.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain) + proof)
    return file
