"""heard otherwise"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_WAYS = sa.Enum(
    "link", "paper", "phone", "worker", "group", "other", name="heardby", native_enum=False,
    length=40,
)  # fmt: skip


def upgrade() -> None:
    """How a child was heard, who helps, what was no concern, and how much one visitor sends."""
    op.add_column(
        "child_view", sa.Column("heard_by", _WAYS, nullable=False, server_default="link")
    )
    op.add_column(
        "concern",
        sa.Column("is_false_alarm", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "worker_account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("worker_hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_worker_account_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker_account")),
        sa.UniqueConstraint(
            "consultation_id", "worker_hash", name=op.f("uq_worker_account_consultation_id")
        ),
    )
    op.create_table(
        "sent_today",
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_sent_today")),
    )
    op.create_index(op.f("ix_sent_today_sent_on"), "sent_today", ["sent_on"])


def downgrade() -> None:
    """Forget them: every child was heard by the link, and every concern is one."""
    op.drop_index(op.f("ix_sent_today_sent_on"), "sent_today")
    op.drop_table("sent_today")
    op.drop_table("worker_account")
    op.drop_column("concern", "is_false_alarm")
    op.drop_column("child_view", "heard_by")
