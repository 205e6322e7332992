"""chat reminders"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Reminders that somebody in a chat asked for: a row each, until it has fired twice."""
    op.create_table(
        "chat_reminder",
        sa.Column("chat_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fired", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chat.id"], name=op.f("fk_chat_reminder_chat_id_chat"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_chat_reminder")),
    )
    op.create_index(op.f("ix_chat_reminder_due_at"), "chat_reminder", ["due_at"])


def downgrade() -> None:
    """Drop them: nobody is reminded."""
    op.drop_table("chat_reminder")
