"""the audit chain"""

import hashlib
import json
from datetime import UTC

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

BEFORE_THE_FIRST = "0" * 64
ENTRY_IS_LEFT_ALONE = (
    "OLD.hash IS NULL AND NEW.hash IS NOT NULL AND OLD.id = NEW.id AND OLD.at = NEW.at "
    "AND OLD.officer_id IS {same} NEW.officer_id AND OLD.action = NEW.action "
    "AND OLD.subject = NEW.subject"
)
GUARDS = {
    "audit_entry_keeps": "BEFORE UPDATE ON audit_entry",
    "audit_entry_stays": "BEFORE DELETE ON audit_entry",
    "audit_head_grows": "BEFORE UPDATE ON audit_head",
    "audit_head_stays": "BEFORE DELETE ON audit_head",
}


def upgrade() -> None:
    """Bind each entry to the one before, and let the store refuse to change or delete any."""
    op.add_column("audit_entry", sa.Column("number", sa.Integer(), nullable=True))
    op.add_column("audit_entry", sa.Column("hash", sa.String(), nullable=True))
    op.create_index(op.f("ix_audit_entry_number"), "audit_entry", ["number"], unique=True)
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    _bind_entries()
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgres()
    else:
        _guard_sqlite()


def _bind_entries() -> None:
    connection = op.get_bind()
    entry = sa.table(
        "audit_entry",
        sa.column("id", sa.Integer),
        sa.column("at", sa.DateTime(timezone=True)),
        sa.column("officer_id", sa.Uuid),
        sa.column("action", sa.String),
        sa.column("subject", sa.String),
        sa.column("number", sa.Integer),
        sa.column("hash", sa.String),
    )
    number, before = 0, BEFORE_THE_FIRST
    for number, row in enumerate(connection.execute(sa.select(entry).order_by(entry.c.id)), 1):
        at = row.at.replace(tzinfo=UTC) if row.at.tzinfo is None else row.at.astimezone(UTC)
        who = row.officer_id.hex if row.officer_id is not None else ""
        moment = at.isoformat(timespec="microseconds")
        fields = [before, number, moment, who, row.action, row.subject]
        before = hashlib.sha256(json.dumps(fields).encode()).hexdigest()
        bound = sa.update(entry).where(entry.c.id == row.id).values(number=number, hash=before)
        connection.execute(bound)
    head = sa.table("audit_head", *map(sa.column, ("id", "number", "hash")))
    connection.execute(sa.insert(head).values(id=1, number=number, hash=before))


def _guard_sqlite() -> None:
    refuse = "BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END"
    allowed = {
        "audit_entry_keeps": f"WHEN NOT ({ENTRY_IS_LEFT_ALONE.format(same='')})",
        "audit_head_grows": "WHEN NEW.id <> 1 OR NEW.number <= OLD.number",
    }
    for name, when in GUARDS.items():
        op.execute(f"CREATE TRIGGER {name} {when} {allowed.get(name, '')} {refuse}")


def _guard_postgres() -> None:
    op.execute(
        "CREATE FUNCTION audit_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'the audit trail is only added to' USING ERRCODE = 'check_violation'; "
        "END $$"
    )
    alone = ENTRY_IS_LEFT_ALONE.format(same="NOT DISTINCT FROM")
    allowed = {
        "audit_entry_keeps": f"WHEN (NOT ({alone}))",
        "audit_head_grows": "WHEN (NEW.id <> 1 OR NEW.number <= OLD.number)",
    }
    refuse = "EXECUTE FUNCTION audit_is_only_added_to()"
    for name, when in GUARDS.items():
        op.execute(f"CREATE TRIGGER {name} {when} FOR EACH ROW {allowed.get(name, '')} {refuse}")
    for table in ("audit_entry", "audit_head"):
        op.execute(f"CREATE TRIGGER {table}_fills BEFORE TRUNCATE ON {table} {refuse}")


def downgrade() -> None:
    """Let entries stand unbound."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_is_only_added_to() CASCADE")
    else:
        for name in GUARDS:
            op.execute(f"DROP TRIGGER {name}")
    op.drop_table("audit_head")
    op.drop_index(op.f("ix_audit_entry_number"), "audit_entry")
    op.drop_column("audit_entry", "hash")
    op.drop_column("audit_entry", "number")
