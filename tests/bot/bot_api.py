"""A Bot API server on loopback, as strict as Telegram's own where a bot can notice.

Source: the official server's behaviour as published (github.com/tdlib/telegram-bot-api): limits,
error texts, one queue for each chat, repetition after anything but 2xx, lives of updates.
"""

import json
import queue
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import defaultdict
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MAX_TEXT_UNITS = 4096
MAX_FILE_BYTES = 20_000_000  # that a bot may fetch
MAX_CAPTION_UNITS = 1024
MAX_BUTTON_BYTES = 64
TAP_SECONDS = 150
MESSAGE_SECONDS = 86_400
FIRST_RETRY_SECONDS = 0.05  # Telegram's are 0, 2, 4 … 60; scaled down for tests

TOKEN = "123456:loopback-token"
NO_ANSWER = "no answer"  # does what is asked, and never says so
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


class RefusedError(Exception):
    """An answer that is not ok."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


@dataclass
class Sent:
    """A message as it stands in a chat now."""

    message_id: int
    text: str
    keyboard: list[list[dict[str, str]]] = field(default_factory=list)
    photo: bytes = b""

    @property
    def buttons(self) -> list[dict[str, str]]:
        return [button for row in self.keyboard for button in row]


@dataclass
class Called:
    """One call that a bot made."""

    at: float
    method: str
    arguments: dict[str, Any]


class BotApiServer:
    """Holds one bot's updates, chats and webhook; start and stop it with `with`."""

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.calls: list[Called] = []
        self.chats: dict[int, list[Sent]] = defaultdict(list)
        self.toasts: list[str] = []
        self.files: dict[str, bytes] = {}  # what people sent, by its id
        self.blocked: set[int] = set()
        self.failures: dict[str, list[Any]] = defaultdict(list)  # for each method, next first
        self.webhook: dict[str, str] = {}
        self.receivers: list[str] = []  # what a proxy hands the webhook's posts on to, in turn
        self.deliveries: list[tuple[int, int]] = []  # each post to the webhook: update, status
        self.clock = time.time
        self.most_a_second = 0  # messages; 0 lets any number through
        self.refused_for_pace = 0
        self._slack_ends = 0.0
        self._updates: list[dict[str, Any]] = []
        self._queues: dict[int, queue.SimpleQueue[dict[str, Any]]] = {}
        self._taps: dict[str, float] = {}
        self._born: dict[int, float] = {}
        self._ids = iter(range(1, 1_000_000))
        self._polls = 0
        self._lock = threading.Condition()
        self._closing = threading.Event()

    def __enter__(self) -> "BotApiServer":
        outer = self

        class Answering(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                outer.answer(self)

            def do_GET(self) -> None:
                (outer.give_file if self.path.startswith("/file/") else outer.answer)(self)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        with self._lock:
            self._lock.notify_all()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    # What a bot calls ----------------------------------------------------------------------

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        code, body = 200, {"ok": True, "result": None}
        try:
            body["result"] = self._call(request)
        except RefusedError as refused:
            code = refused.code
            body = {"ok": False, "error_code": code, "description": refused.description}
            if refused.parameters:
                body["parameters"] = refused.parameters
        if body.get("result") is NO_ANSWER:
            self._closing.wait(15)
            return
        reply = json.dumps(body).encode()
        try:
            request.send_response(code)
            request.send_header("Content-Type", "application/json")
            request.send_header("Content-Length", str(len(reply)))
            request.end_headers()
            request.wfile.write(reply)
        except OSError:
            pass  # the bot was killed while it waited

    def give_file(self, request: BaseHTTPRequestHandler) -> None:
        found = self.files.get(request.path.removeprefix(f"/file/bot{self.token}/"))
        request.send_response(200 if found is not None else 404)
        request.send_header("Content-Length", str(len(found or b"")))
        request.end_headers()
        request.wfile.write(found or b"")

    def _on_get_file(self, file_id: str) -> dict[str, Any]:
        if file_id not in self.files:
            raise RefusedError(400, "Bad Request: wrong file_id")
        if len(self.files[file_id]) > MAX_FILE_BYTES:
            raise RefusedError(400, "Bad Request: file is too big")
        return {"file_id": file_id, "file_unique_id": "u", "file_path": file_id}

    def _call(self, request: BaseHTTPRequestHandler) -> Any:
        _, bot, method = urllib.parse.urlsplit(request.path).path.split("/")
        arguments = _read_arguments(request)
        if bot != f"bot{self.token}":
            raise RefusedError(401, "Unauthorized")
        with self._lock:
            self.calls.append(Called(time.monotonic(), method, arguments))
            failure = self.failures[method].pop(0) if self.failures[method] else None
            self._keep_pace(method)
        if isinstance(failure, RefusedError):
            raise failure
        answer = self._method(method)
        if answer is None:
            raise RefusedError(404, "Not Found: method not found")
        result = answer(**arguments)
        return NO_ANSWER if failure == NO_ANSWER else result

    def _keep_pace(self, method: str) -> None:
        """Refuse what comes faster than is allowed, with half a second's slack."""
        if not self.most_a_second or not method.startswith("send"):
            return
        now = time.monotonic()
        self._slack_ends = max(self._slack_ends, now - 0.5) + 1 / self.most_a_second
        if self._slack_ends > now:
            self._slack_ends -= 1 / self.most_a_second
            self.refused_for_pace += 1
            raise RefusedError(429, "Too Many Requests: retry after 1", retry_after=1)

    def _method(self, name: str) -> Any:
        """Return what answers the method of this name, written in Telegram's own way, or None."""
        snake = "".join(f"_{each.lower()}" if each.isupper() else each for each in name)
        return getattr(self, f"_on_{snake}", None)

    def _on_get_me(self) -> dict[str, Any]:
        return {"id": 123456, "is_bot": True, "first_name": "Voice", "username": "voice_bot"}

    def _on_set_my_commands(self, **_: Any) -> bool:
        return True

    def _on_set_webhook(self, url: str, secret_token: str = "", **_: Any) -> bool:
        with self._lock:
            self.webhook = {"url": url, "secret": secret_token}
            waiting, self._updates = self._updates, []
        self._post_in_order(waiting)
        return True

    def _on_delete_webhook(self, **_: Any) -> bool:
        with self._lock:
            self.webhook = {}
        return True

    def _on_get_updates(
        self, offset: int = 0, timeout: int = 0, limit: int = 100, **_: Any
    ) -> list[dict[str, Any]]:
        until = time.monotonic() + min(timeout, 50)
        with self._lock:
            if self.webhook:
                raise RefusedError(
                    409,
                    "Conflict: can't use getUpdates method while webhook is active; use "
                    "deleteWebhook to delete the webhook first",
                )
            self._polls += 1
            mine = self._polls
            self._lock.notify_all()
            self._updates = [u for u in self._updates if u["update_id"] >= offset]
            while not self._fresh() and time.monotonic() < until and not self._closing.is_set():
                self._lock.wait(0.1)
                if self._polls != mine:
                    raise RefusedError(
                        409,
                        "Conflict: terminated by other getUpdates request; make sure that only "
                        "one bot instance is running",
                    )
            return self._fresh()[:limit]

    def _fresh(self) -> list[dict[str, Any]]:
        return [update for update in self._updates if not self._is_expired(update)]

    def _is_expired(self, update: dict[str, Any]) -> bool:
        life = TAP_SECONDS if "callback_query" in update else MESSAGE_SECONDS
        return self.clock() - self._born[update["update_id"]] > life

    def _on_send_message(
        self, chat_id: int, text: str = "", reply_markup: Any = None, **_: Any
    ) -> dict[str, Any]:
        chat = int(chat_id)
        if chat in self.blocked:
            raise RefusedError(403, "Forbidden: bot was blocked by the user")
        keyboard = _checked(text, reply_markup)
        with self._lock:
            sent = Sent(next(self._ids), text, keyboard)
            self.chats[chat].append(sent)
            self._lock.notify_all()
        return _as_message(chat, sent)

    def _on_send_photo(
        self, chat_id: int, photo: bytes, caption: str = "", reply_markup: Any = None, **_: Any
    ) -> dict[str, Any]:
        if int(chat_id) in self.blocked:
            raise RefusedError(403, "Forbidden: bot was blocked by the user")
        if len(caption.encode("utf-16-le")) // 2 > MAX_CAPTION_UNITS:
            raise RefusedError(400, "Bad Request: message caption is too long")
        with self._lock:
            sent = Sent(next(self._ids), caption, _checked(caption or "-", reply_markup), photo)
            self.chats[int(chat_id)].append(sent)
            self._lock.notify_all()
        return {**_as_message(int(chat_id), sent), "photo": []}

    def _on_edit_message_caption(self, caption: str = "", **how: Any) -> dict[str, Any]:
        return self._edit(caption, is_photo=True, **how)

    def _on_edit_message_text(self, text: str = "", **how: Any) -> dict[str, Any]:
        return self._edit(text, is_photo=False, **how)

    def _edit(
        self,
        text: str,
        *,
        is_photo: bool,
        chat_id: int,
        message_id: int,
        reply_markup: Any = None,
        **_: Any,
    ) -> dict[str, Any]:
        chat = int(chat_id)
        keyboard = _checked(text, reply_markup)
        with self._lock:
            same = (sent for sent in self.chats[chat] if sent.message_id == int(message_id))
            sent = next(same, None)
            if sent is None:
                raise RefusedError(400, "Bad Request: message to edit not found")
            if bool(sent.photo) is not is_photo:
                what = "caption" if is_photo else "text"
                raise RefusedError(400, f"Bad Request: there is no {what} in the message to edit")
            if (sent.text, sent.keyboard) == (text, keyboard):
                raise RefusedError(
                    400,
                    "Bad Request: message is not modified: specified new message content and "
                    "reply markup are exactly the same as a current content",
                )
            sent.text, sent.keyboard = text, keyboard  # no markup takes the old one away
            self._lock.notify_all()
        return _as_message(chat, sent)

    def _on_answer_callback_query(self, callback_query_id: str, text: str = "", **_: Any) -> bool:
        with self._lock:
            at = self._taps.pop(callback_query_id, None)
            if at is None or self.clock() - at > TAP_SECONDS:
                raise RefusedError(400, TOO_OLD)
            if text:
                self.toasts.append(text)
            self._lock.notify_all()
        return True

    # What people send ----------------------------------------------------------------------

    def push(self, **content: Any) -> int:
        """Make an update of this content, and give or post it as Telegram would."""
        with self._lock:
            update = {"update_id": 500_000 + next(self._ids), **content}
            if "callback_query" in content:
                self._taps[content["callback_query"]["id"]] = self.clock()
        return self.give(update)

    def give(self, update: dict[str, Any]) -> int:
        """Give or post this very update, once more if it was given before."""
        with self._lock:
            self._born[update["update_id"]] = self.clock()
            is_posting = bool(self.webhook)
            if not is_posting:
                self._updates.append(update)
            self._lock.notify_all()
        if is_posting:
            self._post_in_order([update])
        return int(update["update_id"])

    def _post_in_order(self, updates: list[dict[str, Any]]) -> None:
        """Post each update in its own chat's queue; the queues run side by side."""
        for update in updates:
            key = _queue_of(update)
            with self._lock:
                is_new = key not in self._queues
                waiting = self._queues.setdefault(key, queue.SimpleQueue())
            waiting.put(update)
            if is_new:
                threading.Thread(target=self._post_all, args=(waiting,), daemon=True).start()

    def _post_all(self, waiting: "queue.SimpleQueue[dict[str, Any]]") -> None:
        while not self._closing.is_set():
            try:
                update = waiting.get(timeout=0.2)
            except queue.Empty:
                continue
            wait = FIRST_RETRY_SECONDS
            while not self._closing.is_set() and self.webhook:
                status = self._post(update)
                self.deliveries.append((update["update_id"], status))
                if 200 <= status < 300:
                    break
                self._closing.wait(wait)
                wait = min(wait * 2, 1.0)

    def _post(self, update: dict[str, Any]) -> int:
        turn = next(self._ids)
        url = self.receivers[turn % len(self.receivers)] if self.receivers else self.webhook["url"]
        request = urllib.request.Request(
            url,
            data=json.dumps(update).encode(),
            headers={
                "Content-Type": "application/json",
                "X-Telegram-Bot-Api-Secret-Token": self.webhook["secret"],
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as reply:
                body = reply.read()
                if body:
                    said = json.loads(body)
                    self._method(said.pop("method"))(**said)
                return int(reply.status)
        except urllib.error.HTTPError as error:
            error.close()
            return error.code
        except OSError:
            return 0

    # What a test waits for -----------------------------------------------------------------

    def wait_until(self, is_true: Any, *, seconds: float = 40) -> None:
        """Return as soon as `is_true()`; fail after `seconds`."""
        until = time.monotonic() + seconds
        with self._lock:
            while not is_true():
                if time.monotonic() > until:
                    raise AssertionError("the bot did not do it in time")
                self._lock.wait(0.02)

    def called(self, method: str) -> list[Called]:
        return [call for call in self.calls if call.method == method]


def _read_arguments(request: BaseHTTPRequestHandler) -> dict[str, Any]:
    body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
    if "multipart" in request.headers.get("Content-Type", ""):
        return _read_parts(request.headers["Content-Type"], body)
    if "json" in request.headers.get("Content-Type", ""):
        return dict(json.loads(body))
    asked = body.decode() or urllib.parse.urlsplit(request.path).query
    fields = dict(urllib.parse.parse_qsl(asked, keep_blank_values=True))
    for name in ("chat_id", "message_id", "offset", "timeout", "limit"):
        if name in fields:
            fields[name] = int(fields[name])  # type: ignore[assignment]
    return fields


def _read_parts(content_type: str, body: bytes) -> dict[str, Any]:
    """Return a form with a file in it: a file as its bytes, anything else as its words."""
    whole = BytesParser(policy=HTTP).parsebytes(
        f"Content-Type: {content_type}\r\n\r\n".encode() + body
    )
    fields: dict[str, Any] = {}
    for part in whole.iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        fields[str(name)] = content if part.get_filename() else content.decode()
    fields["chat_id"] = int(fields["chat_id"])
    for name, value in fields.items():
        if isinstance(value, str) and value.startswith("attach://"):
            fields[name] = fields[value.removeprefix("attach://")]
    return fields


def _checked(text: str, markup: Any) -> list[list[dict[str, str]]]:
    if not text:
        raise RefusedError(400, "Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > MAX_TEXT_UNITS:
        raise RefusedError(400, "Bad Request: message is too long")
    parsed = json.loads(markup) if isinstance(markup, str) else markup
    keyboard = (parsed or {}).get("inline_keyboard", [])
    for button in (button for row in keyboard for button in row):
        if not 1 <= len(button["callback_data"].encode()) <= MAX_BUTTON_BYTES:
            raise RefusedError(400, "Bad Request: BUTTON_DATA_INVALID")
    return [row for row in keyboard if row]


def _as_message(chat: int, sent: Sent) -> dict[str, Any]:
    known = {"id": chat, "type": "private", "first_name": "Sam"}
    return {"message_id": sent.message_id, "date": 1, "chat": known, "text": sent.text}


def _queue_of(update: dict[str, Any]) -> int:
    content = next(value for key, value in update.items() if key != "update_id")
    if "message" in content:
        return int(content["from"]["id"]) + (3 << 33)
    return int(content["chat"]["id"])
