"""drafts"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make room for surveys that are still being written."""
    op.create_table(
        "draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("sketch", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_warnings", sa.JSON(), nullable=False),
        sa.Column("for_consultation_id", sa.Uuid(), nullable=True),
        sa.Column("from_version", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("put_away_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["officer.id"], name=op.f("fk_draft_made_by_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["for_consultation_id"],
            ["consultation.id"],
            name=op.f("fk_draft_for_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
    )
    with op.batch_alter_table("draft") as table:
        table.create_index(op.f("ix_draft_team"), ["team"])
        table.create_index(op.f("ix_draft_for_consultation_id"), ["for_consultation_id"])


def downgrade() -> None:
    """Take the drafts away."""
    op.drop_table("draft")
