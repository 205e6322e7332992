"""The drill of an erasure: from the request in the chat to the proof that nothing is left."""

from datetime import datetime
from pathlib import Path
from secrets import token_hex

from sqlalchemy import Text, cast, func, select

from surveys.turns import Command
from voice.config import Settings
from voice.database import Database
from voice.models import AnswerRow, Response
from voice.reports.drill import Act
from voice.services.drilling import Person, Played, check, play

LONGEST_SECONDS = 60  # Figures to reach: erasure


class _Erasure:
    """What is known as the steps are played; the canary is made anew for each drill."""

    def __init__(self, database: Database, settings: Settings, now: datetime) -> None:
        self.database, self.home = database, settings.home
        self.person = Person(database, settings, "drill-b", now)
        self.canary = f"canary{token_hex(8)}"
        self.marks = [self.canary.encode()]  # what must be gone: as it was typed, and as sealed

    def steps(self) -> Played:
        """Return every step, a promise with what checks it."""
        return (
            ("Somebody answers", self._answers),
            ("Their words lie in the files of the store, sealed", self._is_found),
            ("They ask that their answers be deleted, and say yes", self._asks),
            ("No row holds an answer of theirs", self._has_no_row),
            ("No file of the store holds a byte of their words", self._is_absent),
        )

    def _answers(self) -> str:
        self.person.begin()
        self.person.type(f"a bench by the river {self.canary}")
        chat = self.person.chat
        check(chat is not None and chat.response_id is not None, "there is no response")
        self.response_id = chat.response_id if chat is not None else None
        return "Words with a mark made by chance, which stands nowhere else, were kept."

    def _is_found(self) -> str:
        check(not self._files_with_it(), "their words can be read in the files")
        self.marks.append(self._read_sealed())
        found = self._files_with_it()
        check(bool(found), "the search does not find what is there")
        return f"Found in {', '.join(found)}; without the key it says nothing."

    def _read_sealed(self) -> bytes:
        """Return their words as the store keeps them: of all their answers, the longest."""
        kept = select(cast(AnswerRow.values, Text)).where(AnswerRow.response_id == self.response_id)
        with self.database.reading() as session:
            return max(session.scalars(kept), key=len).strip('"').encode()

    def _asks(self) -> str:
        self.person.send(Command("delete"))
        said = self.person.press("Yes, delete them")
        check("Your answers are deleted" in said, "they are not told that it is done")
        return "Told: your answers are deleted."

    def _has_no_row(self) -> str:
        with self.database.reading() as session:
            of_theirs = Response.id == self.response_id
            rows = session.scalar(select(func.count()).select_from(Response).where(of_theirs)) or 0
            mine = AnswerRow.response_id == self.response_id
            rows += session.scalar(select(func.count()).select_from(AnswerRow).where(mine)) or 0
        check(rows == 0, f"{rows} rows are left")
        return "No response and no answer of theirs is left."

    def _is_absent(self) -> str:
        found = self._files_with_it()
        check(not found, f"still in {', '.join(found)}")
        files = [path for path in self.home.rglob("*") if path.is_file()]
        read = sum(path.stat().st_size for path in files)
        return f"{len(files)} files, {read:,} bytes read: in none of them."

    def _files_with_it(self) -> list[str]:
        files = [(each.name, each.read_bytes()) for each in _files_of(self.home)]
        return [name for name, held in files if any(mark in held for mark in self.marks)]


def _files_of(home: Path) -> list[Path]:
    return sorted(path for path in home.rglob("*") if path.is_file())


def play_erasure(database: Database, settings: Settings, *, now: datetime) -> Act:
    """Play an erasure, from the request to the proof."""
    return play("An erasure", _Erasure(database, settings, now).steps())
