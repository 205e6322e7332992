"""The sender: drains the outbox in each person's order, at Telegram's pace. One for each token."""

import asyncio
import logging
import os
import time
from collections import deque
from contextlib import suppress
from datetime import timedelta

import httpx
from telegram import Bot
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

from bot.outbox import Done, Fate, Outbox, Outgoing
from bot.pace import Pace
from bot.photos import edit_caption, send_photo, with_keyboard
from bot.rendering import Call
from bot.serving import Wakeful
from voice.errors import NotSavedError

logger = logging.getLogger(__name__)

# The library gives the wait that 429 asks for in its new unit; in the old one it warns each time.
os.environ.setdefault("PTB_TIMEDELTA", "true")

WRONG_TOKEN = "Telegram does not know this bot; check VOICE_TELEGRAM_TOKEN"  # noqa: S105 - words
AT_ONCE = 15  # messages on their way at a time: half a second's worth
LEAD_SECONDS = 0.1  # a message is chosen so long before it may go: a reply waits no longer
IDLE_SECONDS = 0.5  # between two looks at the outbox when nobody wakes us
CONNECT_SECONDS = 3.0
ANSWER_SECONDS = 8.0  # with the two above less than the lease, so that nobody else sends it too
BREAK_SECONDS = 2.0  # after trouble with the network or the store
TROUBLE_SECONDS = 5.0  # until a message is tried again that never reached Telegram
SWEEP_SECONDS = 3600.0
NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class Sender(Wakeful):
    """Sends what waits, in a thread of its own or in the main one, until it is stopped."""

    def __init__(
        self,
        outbox: Outbox,
        token: str,
        api: str,
        *,
        answer_seconds: float = ANSWER_SECONDS,
        pace: Pace | None = None,
    ) -> None:
        super().__init__()
        self._outbox = outbox
        self._token = token
        self._api = api
        self._answer_seconds = answer_seconds
        self._pace = pace or Pace()
        self._swept_at = 0.0
        self._done: deque[Done] = deque()  # sent, or not, and not written down yet
        self.is_token_wrong = False

    def run(self) -> None:
        """Send until stopped, or until Telegram says that the token is wrong."""
        has_taken_over = False
        while not self._stop.is_set():
            try:
                if not has_taken_over:
                    self._outbox.take_over()
                    has_taken_over = True
                asyncio.run(self._drain())
            except InvalidToken:
                self.is_token_wrong = True
                logger.error(WRONG_TOKEN)
                return
            except Exception as error:  # noqa: BLE001 - the outermost edge: begin again
                # Never the error's words: they may hold the token or somebody's words.
                logger.warning("sender paused", extra={"error": type(error).__name__})
                self._stop.wait(BREAK_SECONDS)

    async def _drain(self) -> None:
        request = HTTPXRequest(
            connection_pool_size=AT_ONCE + 1,
            connect_timeout=CONNECT_SECONDS,
            write_timeout=CONNECT_SECONDS,
            read_timeout=self._answer_seconds,
        )
        under_way: set[asyncio.Task[None]] = set()
        async with Bot(self._token, base_url=f"{self._api}/bot", request=request) as bot:
            while not self._stop.is_set():
                outgoing = await self._next(is_full=len(under_way) >= AT_ONCE)
                if outgoing is not None:
                    task = asyncio.create_task(self._send(bot, outgoing))
                    under_way.add(task)
                    task.add_done_callback(under_way.discard)
                    await asyncio.sleep(0)  # it takes its moment before the next is chosen
            if under_way:
                await asyncio.wait(under_way)
            with suppress(NotSavedError):
                await asyncio.to_thread(self._outbox.report, self._take_done())

    async def _next(self, *, is_full: bool) -> Outgoing | None:
        """Return the next message, or None after a short wait for one."""
        early = self._pace.free_at() - time.monotonic() - LEAD_SECONDS
        if is_full or early > 0:
            await asyncio.sleep(min(max(early, 0.02), IDLE_SECONDS))
            return None
        self._wake.clear()
        done = self._take_done()
        try:
            outgoing = await asyncio.to_thread(self._outbox.take_next, done)
            if outgoing is None:
                await asyncio.to_thread(self._sweep)
        except NotSavedError:
            self._done.extendleft(reversed(done))
            # What is on its way goes on; it must not be cut off because the store is busy.
            logger.warning("store not reached")
            await asyncio.to_thread(self._stop.wait, BREAK_SECONDS)
            return None
        if outgoing is None:
            await asyncio.to_thread(self._wake.wait, IDLE_SECONDS)
        return outgoing

    def _sweep(self) -> None:
        if time.monotonic() - self._swept_at >= SWEEP_SECONDS:
            self._swept_at = time.monotonic()
            self._outbox.sweep()

    async def _send(self, bot: Bot, outgoing: Outgoing) -> None:
        fate, after = await self._deliver(bot, outgoing)
        self._done.append(Done(outgoing.delivery_id, fate, after))
        self._wake.set()  # the next one to this person may go now

    def _take_done(self) -> list[Done]:
        """Return what became of messages since we last wrote it down."""
        return [self._done.popleft() for _ in range(len(self._done))]

    async def _deliver(self, bot: Bot, outgoing: Outgoing) -> tuple[Fate, timedelta | None]:
        try:
            for call in outgoing.calls:
                await self._call(bot, call, outgoing)
        except RetryAfter as error:
            wait = _seconds(error)
            self._pace.pause(time.monotonic() + wait.total_seconds())
            logger.warning("Telegram asks us to wait", extra={"seconds": wait.total_seconds()})
            return Fate.LATER, wait
        except Forbidden:
            return Fate.BLOCKED, None
        except BadRequest:
            logger.warning("message refused", extra={"delivery": outgoing.delivery_id})
            return Fate.REFUSED, None
        except InvalidToken:
            return Fate.LATER, timedelta(seconds=TROUBLE_SECONDS)
        except TelegramError as error:
            logger.warning("no answer from Telegram", extra={"error": type(error).__name__})
            if isinstance(error.__cause__, NEVER_SENT):
                return Fate.LATER, timedelta(seconds=TROUBLE_SECONDS)
            return Fate.UNCERTAIN, None
        return Fate.SENT, None

    async def _call(self, bot: Bot, call: Call, outgoing: Outgoing) -> None:
        """Make one call. What only decorates a message may fail without harm."""
        match call.method:
            case "answerCallbackQuery":
                await _answer_press(bot, call)
            case "editMessageText":
                # No new message, so the chat's own pace does not count it.
                await self._wait_for_all()
                await self._edit(bot, call, outgoing)
            case "sendPhoto":
                await self._wait_for_chat(outgoing.chat)
                await self._wait_for_all()
                await send_photo(bot, call)
            case "sendMessage":
                await self._wait_for_chat(outgoing.chat)
                await self._wait_for_all()
                await bot.send_message(**with_keyboard(call, bot))

    async def _edit(self, bot: Bot, call: Call, outgoing: Outgoing) -> None:
        try:
            await bot.edit_message_text(**with_keyboard(call, bot))
        except BadRequest as error:
            if "not modified" in error.message.lower():
                return
            if "no text in the message" in error.message.lower():
                await edit_caption(bot, call)
                return
            for instead in outgoing.instead:
                await bot.send_message(**with_keyboard(instead, bot))

    async def _wait_for_chat(self, chat: int) -> None:
        now = time.monotonic()
        await asyncio.sleep(self._pace.reserve_in_chat(chat, now) - now)

    async def _wait_for_all(self) -> None:
        now = time.monotonic()
        await asyncio.sleep(self._pace.reserve_in_all(now) - now)


async def _answer_press(bot: Bot, call: Call) -> None:
    # Too old, or answered before: the button has stopped spinning by itself.
    with suppress(BadRequest, NetworkError):
        await bot.answer_callback_query(**call.arguments)


def _seconds(error: RetryAfter) -> timedelta:
    wait = error.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
