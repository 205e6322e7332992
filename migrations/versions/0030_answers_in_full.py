"""answers in full"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

_WORDS = ("owner", "young_you_said", "young_we_did")


def upgrade() -> None:
    """Who will act and by when, the same for young people, and whether people meant it so."""
    for name in _WORDS:
        column = sa.Column(name, sa.String(), nullable=False, server_default="")
        op.add_column("outcome", column)
    op.add_column("outcome", sa.Column("due_on", sa.Date(), nullable=True))
    op.add_column(
        "outcome", sa.Column("escalated", sa.Integer(), nullable=False, server_default="0")
    )
    op.create_table(
        "outcome_told",
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("outcome_id", sa.Uuid(), nullable=False),
        sa.Column(
            "meant",
            sa.Enum("yes", "partly", "no", name="meant", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("meant_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["outcome_id"],
            ["outcome.id"],
            name=op.f("fk_outcome_told_outcome_id_outcome"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_outcome_told")),
    )
    op.create_index(op.f("ix_outcome_told_outcome_id"), "outcome_told", ["outcome_id"])
    op.create_table(
        "answer_promise",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.Column("second", sa.String(), nullable=False),
        sa.Column("second_reach", sa.String(), nullable=False),
        sa.Column("third", sa.String(), nullable=False),
        sa.Column("third_reach", sa.String(), nullable=False),
        sa.Column("escalated", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("edition", sa.Integer(), nullable=False, server_default="1"),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_answer_promise_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("pk_answer_promise")),
    )


def downgrade() -> None:
    """Keep the first words alone."""
    op.drop_table("answer_promise")
    op.drop_index(op.f("ix_outcome_told_outcome_id"), table_name="outcome_told")
    op.drop_table("outcome_told")
    for name in ("escalated", "due_on", *reversed(_WORDS)):
        op.drop_column("outcome", name)
