"""word clouds"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Which questions' words may be shown to a room, and which words are left out."""
    consultation = op.f("fk_word_cloud_consultation_id_consultation")
    op.create_table(
        "word_cloud",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=consultation, ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_word_cloud")),
        sa.UniqueConstraint("code", name=op.f("uq_word_cloud_code")),
        sa.UniqueConstraint(
            "consultation_id", "question", name=op.f("uq_word_cloud_consultation_id")
        ),
    )


def downgrade() -> None:
    """Drop them: no room sees any words."""
    op.drop_table("word_cloud")
