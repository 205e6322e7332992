"""GOV.UK Notify and a gateway of a council's own, on loopback and as strict as the real ones."""

import base64
import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

SERVICE = "6f1a3a5e-7f51-4a0c-9a0e-3b1a6c2d4e5f"
SECRET = "0b7e5a9c-1d2f-4c3b-8a6d-9e8f7a6b5c4d"
NOTIFY_KEY = f"our_key-{SERVICE}-{SECRET}"
TEMPLATE = "9d0d4d6e-2b6c-4b0e-8c8b-0f2f4a1b3c5d"
MOST_CHARS = 918
FRESH_SECONDS = 30


class StandIn:
    """A server on a free port of loopback, in a thread; it keeps what it took.

    `pages` are what to answer a question with first, whatever it is; `failures` are statuses to
    answer a text with first. With `loses_answers` it takes a text and hangs up without a word.
    """

    def __init__(self):
        self.taken = []
        self.failures = []
        self.waits = ""
        self.pages = []
        self.loses_answers = 0
        stand_in = self

        class Answering(BaseHTTPRequestHandler):
            def do_GET(self):
                self._write(stand_in.respond(self, b""))

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self._write(stand_in.respond(self, body))

            def _write(self, found):
                if found is None:
                    self.close_connection = True
                    return
                status, body = found
                self.send_response(status)
                if stand_in.waits:
                    self.send_header("Retry-After", stand_in.waits)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def respond(self, request, body):
        """Return status and body; None hangs up."""
        is_text = request.command == "POST"
        if self.pages and not is_text:
            return 200, self.pages.pop(0).encode()
        if self.failures and is_text:
            return self.failures.pop(0), b"{}"
        status, said = self.answer(request, body)
        if is_text and status < 300 and self.loses_answers:
            self.loses_answers -= 1
            return None
        return status, json.dumps(said).encode()

    def __enter__(self):
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    @property
    def texts(self):
        return [each["text"] for each in self.taken]

    def wait_for(self, words, seconds=60):
        """Return the texts, once one of them has these words."""
        until = time.monotonic() + seconds
        while not any(words in each for each in self.texts):
            assert time.monotonic() < until, self.texts
            time.sleep(0.02)
        return self.texts


class NotifyStandIn(StandIn):
    """Notify's own two calls, with its token, its limits and its errors."""

    def answer(self, request, body):
        if not _is_token_of_ours(request.headers.get("Authorization", "")):
            return 403, {"errors": [{"error": "AuthError", "message": "Invalid token"}]}
        address = urlsplit(request.path)
        if request.command == "GET" and address.path == "/v2/notifications":
            wanted = parse_qs(address.query)["reference"]
            return 200, {"notifications": [t for t in self.taken if t["reference"] in wanted]}
        if request.command != "POST" or address.path != "/v2/notifications/sms":
            return 404, {}
        asked = json.loads(body)
        words = asked["personalisation"]["message"]
        if asked["template_id"] != TEMPLATE or len(words) > MOST_CHARS:
            return 400, {"errors": [{"error": "BadRequestError"}]}
        text = {"to": asked["phone_number"], "text": words, "reference": asked["reference"]}
        self.taken.append(text)
        return 201, {"id": str(len(self.taken))}


class GatewayStandIn(StandIn):
    """A council's own: signed both ways, and one text for each id however often it comes."""

    secret = "a-secret-between-us-and-the-gateway"

    def answer(self, request, body):
        at, _, signed = request.headers.get("Voice-Signature", "t=0,v1=").partition(",v1=")
        made = hmac.new(self.secret.encode(), at[2:].encode() + b"." + body, hashlib.sha256)
        if not hmac.compare_digest(signed, made.hexdigest()):
            return 403, {}
        asked = json.loads(body)
        if asked["id"] not in {each["id"] for each in self.taken}:
            self.taken.append(asked)
        return 200, {}


def _is_token_of_ours(given):
    try:
        head, claims, signed = given.removeprefix("Bearer ").split(".")
        made = hmac.new(SECRET.encode(), f"{head}.{claims}".encode(), hashlib.sha256).digest()
        says = [json.loads(_decoded(each)) for each in (head, claims)]
    except ValueError:
        return False
    is_fresh = abs(time.time() - says[1]["iat"]) <= FRESH_SECONDS
    is_named = says[0] == {"typ": "JWT", "alg": "HS256"} and says[1]["iss"] == SERVICE
    return is_fresh and is_named and hmac.compare_digest(_decoded(signed), made)


def _decoded(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
