"""kept pieces"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_CAPACITIES = sa.Enum(
    "individual", "organisation", "committee", "focus_group", "event", "visit_note", "evidence",
    "letter", name="capacity", native_enum=False, length=40,
)  # fmt: skip


def upgrade() -> None:
    """Make room for papers that do not agree yet, and for the link by which a chat came."""
    op.add_column("chat", sa.Column("link_id", sa.Uuid(), nullable=True))
    op.create_table(
        "second_entry",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("capacity", _CAPACITIES, nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("typed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name=op.f("fk_second_entry_response_id_response"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_second_entry_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("response_id", name=op.f("pk_second_entry")),
    )


def downgrade() -> None:
    """Drop the second entries, and the links of chats."""
    op.drop_column("chat", "link_id")
    op.drop_table("second_entry")
