"""sealed words"""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from voice.sealed import blind, keys_in_use, marks_of, seal, unseal

revision = "0033"
down_revision = "0032"

AT_ONCE = 500
SAYS = "the record of a concern is only added to"
# What stands in a record may be sealed with another key, and changed in no other way.
ANEW = (
    "substr(NEW.words, 1, 7) <> 'sealed:' OR substr(NEW.words, 1, 16) = substr(OLD.words, 1, 16)"
)
GUARDS = (
    ("concern", "concern_words_stay", "words", ANEW),
    ("concern", "concern_moment_stays", "raised_at", ""),
    ("concern_entry", "concern_entry_keeps", "id, concern_id, at, officer_id, step", ""),
    ("concern_entry", "concern_entry_words_stay", "words", ANEW),
)
BEFORE = (
    ("concern", "concern_words_stay", "words, raised_at", ""),
    ("concern_entry", "concern_entry_keeps", "", ""),
)
_Guards = Sequence[tuple[str, str, str, str]]
WORDS = (
    ("answer", "id", "other"),
    ("chat_invitation", "chat_id", "code_sealed"),
    ("concern", "id", "decision"),
    ("concern", "id", "sentence"),
    ("concern", "id", "words"),
    ("concern_entry", "id", "words"),
    ("conference", "id", "child_sealed"),
    ("enquiry", "id", "name"),
    ("enquiry", "id", "reply"),
    ("enquiry", "id", "reply_to_sealed"),
    ("enquiry", "id", "words"),
    ("gathering", "id", "notes"),
    ("gathering_point", "id", "words"),
    ("hub_entry", "answer_id", "words"),
    ("media", "id", "name"),
    ("participant", "id", "address_sealed"),
    ("worker_note", "id", "note"),
    ("worker_note", "id", "reason"),
)
LISTS = (
    ("answer", "id", "values"),  # with marks, by which a chosen option is found
    ("chat", "id", "state"),
    ("delivery", "id", "body"),
    ("hub_search", "id", "asked"),
    ("second_entry", "response_id", "answers"),
)
_Change = Callable[[str], str]


def upgrade() -> None:
    """What people wrote is encrypted at rest, and the store says which keys it needs."""
    op.create_table(
        "sealing_key",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealing_key")),
    )
    key = keys_in_use().current
    note = sa.text("INSERT INTO sealing_key (id, made_on) VALUES (:id, :made_on)")
    day = note.bindparams(sa.bindparam("made_on", type_=sa.Date()))
    op.get_bind().execute(day, {"id": key.id, "made_on": datetime.now(UTC).date()})
    _let_go(BEFORE)
    for table, key_name, column in WORDS:
        _change(table, key_name, column, seal)
    _guard(GUARDS)
    _change("hub_entry", "answer_id", "folded", blind)
    for table, key_name, column in LISTS:
        _change(table, key_name, column, _seal_answer if table == "answer" else _seal_list)
    _change_files(_seal_file)


def downgrade() -> None:
    """Everything lies in the open again; the worker fills the hub anew."""
    op.execute("DELETE FROM hub_entry")
    _let_go(GUARDS)
    for table, key_name, column in WORDS:
        _change(table, key_name, column, unseal)
    _guard(BEFORE)
    for table, key_name, column in LISTS:
        _change(table, key_name, column, lambda kept: unseal(json.loads(kept).partition(" ")[0]))
    _change_files(_unseal_file)
    op.drop_table("sealing_key")


def _let_go(guards: _Guards) -> None:
    is_postgres = op.get_bind().dialect.name == "postgresql"
    for table, name, _, _ in guards:
        op.execute(f"DROP TRIGGER {name} ON {table}" if is_postgres else f"DROP TRIGGER {name}")


def _guard(guards: _Guards) -> None:
    """Let the store refuse to change these columns: always, or when the condition holds."""
    is_postgres = op.get_bind().dialect.name == "postgresql"
    refuse = (
        "FOR EACH ROW {when} EXECUTE FUNCTION concern_is_only_added_to()"
        if is_postgres
        else f"{{when}} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    )
    for table, name, columns, condition in guards:
        of = f"OF {columns} " if columns else ""
        when = f"WHEN ({condition})" if condition else ""
        told = refuse.format(when=when)
        op.execute(f"CREATE TRIGGER {name} BEFORE UPDATE {of}ON {table} {told}")


def _change(table: str, key_name: str, column: str, change: _Change) -> None:
    """Change each value that is not empty, some at a time."""
    bind = op.get_bind()
    of_it = sa.table(table, sa.column(key_name), sa.column(column))
    key, kept = of_it.c[key_name], sa.cast(of_it.c[column], sa.Text())
    # As text from beginning to end: a store that knows JSON makes it that by itself.
    is_json = (table, key_name, column) in LISTS and bind.dialect.name == "postgresql"
    changed = sa.bindparam("changed", type_=sa.Text())
    given = sa.cast(changed, JsonAsWritten()) if is_json else changed
    write = sa.update(of_it).where(key == sa.bindparam("which")).values({column: given})
    ids = list(bind.scalars(sa.select(key).where(kept.not_in(["", "[]", "{}"]))))
    for start in range(0, len(ids), AT_ONCE):
        some = bind.execute(sa.select(key, kept).where(key.in_(ids[start : start + AT_ONCE])))
        bind.execute(write, [{"which": which, "changed": change(was)} for which, was in some.all()])


class JsonAsWritten(sa.types.UserDefinedType[str]):
    """PostgreSQL's JSON, given as the text that it is."""

    cache_ok = True

    def get_col_spec(self) -> str:
        """Return its name."""
        return "JSON"


def _change_files(change: Callable[[bytes], bytes]) -> None:
    """Change the files that wait to be brought in: a few at most."""
    bind = op.get_bind()
    kept = sa.table("import", sa.column("id"), sa.column("content", sa.LargeBinary()))
    for which in bind.scalars(sa.select(kept.c.id).where(kept.c.content.is_not(None))).all():
        was = bind.scalar(sa.select(kept.c.content).where(kept.c.id == which))
        if was:
            changed = sa.update(kept).where(kept.c.id == which).values(content=change(bytes(was)))
            bind.execute(changed)


def _seal_list(kept: str) -> str:
    return json.dumps(seal(kept))


def _seal_answer(kept: str) -> str:
    key_id = keys_in_use().current.id
    marks = "".join(marks_of(each, key_id) for each in json.loads(kept))
    return json.dumps(f"{seal(kept)}{marks} ")


def _seal_file(content: bytes) -> bytes:
    key_id, sealed = keys_in_use().seal(content)
    return b":".join((b"sealed", key_id.encode(), sealed))


def _unseal_file(content: bytes) -> bytes:
    _, key_id, sealed = content.split(b":", 2)
    return keys_in_use().unseal(key_id.decode(), sealed)
