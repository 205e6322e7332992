"""chat timers"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

_KINDS = sa.Enum(
    "fixed_date", "days_before", "window", "clock", "three_months_on",
    name="timerkind", native_enum=False, length=40,
)  # fmt: skip
_OUTCOMES = sa.Enum(
    "sent", "moved_on", "answered", "declined", "no_more", "not_to_be_asked", "unreachable",
    "closed", "called_off", "too_late", "enough",
    name="timeroutcome", native_enum=False, length=40,
)  # fmt: skip


def upgrade() -> None:
    """Messages planned for chats: the plan, who may be written to, and a row for each timer."""
    op.add_column("invitee", sa.Column("review_on", sa.Date(), nullable=True))
    op.add_column("invitee", _moment("happened_at", nullable=True))
    _make_schedules()
    op.create_table(
        "chat_wish",
        sa.Column("chat_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        _moment("asked_at"),
        sa.Column("wanted", sa.Boolean(), nullable=True),
        _moment("answered_at", nullable=True),
        _belongs("chat_wish", "chat_id", "chat"),
        sa.PrimaryKeyConstraint("chat_id", "about", name=op.f("pk_chat_wish")),
    )
    _make_timers()
    op.create_table(
        "chat_invitation",
        sa.Column("chat_id", sa.Uuid(), nullable=False),
        sa.Column("code_sealed", sa.String(), nullable=False),
        _belongs("chat_invitation", "chat_id", "chat"),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_chat_invitation")),
    )


def _make_schedules() -> None:
    op.create_table(
        "chat_schedule",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _KINDS, nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("next_id", sa.Uuid(), nullable=True),
        sa.Column("press_key", sa.String(), nullable=False),
        _moment("made_at"),
        _moment("called_off_at", nullable=True),
        _belongs("chat_schedule", "consultation_id", "consultation"),
        _belongs("chat_schedule", "next_id", "consultation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_schedule")),
        sa.UniqueConstraint("press_key", name=op.f("uq_chat_schedule_press_key")),
    )
    op.create_index(
        op.f("ix_chat_schedule_consultation_id"), "chat_schedule", ["consultation_id"]
    )


def _make_timers() -> None:
    op.create_table(
        "chat_timer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("schedule_id", sa.Uuid(), nullable=False),
        sa.Column("chat_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        _moment("due_at"),
        _moment("until"),
        _moment("fired_at", nullable=True),
        sa.Column("outcome", _OUTCOMES, nullable=True),
        _belongs("chat_timer", "schedule_id", "chat_schedule"),
        _belongs("chat_timer", "chat_id", "chat"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_timer")),
        sa.UniqueConstraint(
            "schedule_id", "chat_id", "part", name=op.f("uq_chat_timer_schedule_id")
        ),
    )
    op.create_index(op.f("ix_chat_timer_chat_id"), "chat_timer", ["chat_id"])
    op.create_index(op.f("ix_chat_timer_due_at"), "chat_timer", ["due_at"])


def _moment(name: str, *, nullable: bool = False) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _belongs(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")


def downgrade() -> None:
    """Drop them: nobody is written to first, and nobody's dates are known."""
    for table in ("chat_invitation", "chat_timer", "chat_wish", "chat_schedule"):
        op.drop_table(table)
    with op.batch_alter_table("invitee") as invitee:
        invitee.drop_column("happened_at")
        invitee.drop_column("review_on")
