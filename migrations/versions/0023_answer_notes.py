"""answer notes"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """What was noticed of each answer is kept, and in what tone each theme is spoken of."""
    op.create_table(
        "answer_note",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("near_copies", sa.Integer(), nullable=True),
        sa.Column("is_disguised", sa.Boolean(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name=op.f("fk_answer_note_response_id_response"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("response_id", "question", name=op.f("pk_answer_note")),
    )
    op.add_column("mention", sa.Column("tone", sa.String(), nullable=True))


def downgrade() -> None:
    """Forget it; the next analysis notices it again."""
    op.drop_column("mention", "tone")
    op.drop_table("answer_note")
