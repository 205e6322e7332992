"""A person with Telegram on their phone, in front of the loopback Bot API."""

import threading
from itertools import count
from typing import Any

from tests.bot.bot_api import BotApiServer, Sent

# What Telegram sends of everybody, and we must never keep (PRI-1).
CANARIES = {
    "first_name": "CanaryFirst",
    "last_name": "CanaryLast",
    "username": "canary_username",
    "language_code": "en",
}
_SIZES = {"photo": {"width": 90, "height": 90}, "voice": {"duration": 1}}
_numbers = count(1)
_guard = threading.Lock()


class Phone:
    """Types, presses and reads; every update carries canaries where Telegram carries names."""

    def __init__(self, api: BotApiServer, chat: int = 987_654_321_012) -> None:
        self.api = api
        self.chat = chat

    @property
    def sender(self) -> dict[str, Any]:
        return {"id": self.chat, "is_bot": False, **CANARIES}

    @property
    def private(self) -> dict[str, Any]:
        names = {name: each for name, each in CANARIES.items() if name != "language_code"}
        return {"id": self.chat, "type": "private", **names}

    @property
    def screen(self) -> list[Sent]:
        return self.api.chats[self.chat]

    def message(self, **content: Any) -> dict[str, Any]:
        with _guard:
            number = 10_000 + next(_numbers)
        base = {"message_id": number, "date": 1_790_000_000, "from": self.sender}
        return {**base, "chat": self.private, **content}

    def type(self, text: str) -> int:
        return self.api.push(message=self.message(text=text))

    def come_in(self, payload: str = "") -> None:
        """Open the chat, and say that they are old enough for it."""
        self.type(f"/start {payload}".strip())
        self.reads("how old are you")
        self.press("16 or over")
        self.reads("Is that OK?")

    def send(self, **content: Any) -> int:
        return self.api.push(message=self.message(**content))

    def edit(self, text: str) -> int:
        return self.api.push(edited_message=self.message(text=text, edit_date=1_790_000_001))

    def send_file(self, kind: str, content: bytes, *, caption: str = "", **more: Any) -> int:
        """Send a photo, a voice note or a document; a photo comes in two sizes."""
        name = f"{kind}/{len(self.api.files)}"
        self.api.files[name] = content
        needed = _SIZES.get(kind, {})
        file = {"file_id": name, "file_unique_id": "u", "file_size": len(content)}
        file = {**file, **needed, **more}
        small = {**file, "file_id": "small", "file_size": 1}
        words = {"caption": caption} if caption else {}
        sent = [small, file] if kind == "photo" else file
        return self.api.push(message=self.message(**{kind: sent}, **words))

    def press(self, label: str) -> int:
        """Press the newest button whose label holds these words."""
        for sent in reversed(self.screen):
            for button in sent.buttons:
                if label in button["text"]:
                    return self.press_token(button["callback_data"], sent)
        raise AssertionError(f"no button {label!r} on the screen")

    def press_token(self, token: str, sent: Sent) -> int:
        with _guard:
            tap = f"tap{next(_numbers)}"
        shown = {"message_id": sent.message_id, "date": 1, "chat": self.private}
        query = {"id": tap, "from": self.sender, "message": shown, "chat_instance": "1"}
        return self.api.push(callback_query={**query, "data": token})

    def member(self, status: str) -> int:
        change = {"chat": self.private, "from": self.sender, "date": 1}
        user = {"id": 123456, "is_bot": True, "first_name": "Voice"}
        before = {"status": "member" if status == "kicked" else "kicked", "user": user}
        after = {"status": status, "user": user, "until_date": 0}
        return self.api.push(
            my_chat_member={**change, "old_chat_member": before, "new_chat_member": after}
        )

    def reads(self, words: str, *, seconds: float = 40) -> None:
        """Wait until the newest message holds these words."""
        try:
            self.api.wait_until(
                lambda: bool(self.screen) and words in self.screen[-1].text, seconds=seconds
            )
        except AssertionError:
            shown = [sent.text[:60] for sent in self.screen[-4:]]
            raise AssertionError(f"{words!r} is not the newest of {shown}") from None
