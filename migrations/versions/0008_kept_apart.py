"""Kept apart: answers about who people are, as tallies that belong to nobody."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the table of tallies."""
    op.create_table(
        "equality_count",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_equality_count_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "consultation_id", "question", "value", name=op.f("pk_equality_count")
        ),
    )


def downgrade() -> None:
    """Drop the table of tallies."""
    op.drop_table("equality_count")
