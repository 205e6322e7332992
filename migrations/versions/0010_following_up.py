"""following up"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Who was asked by name, the reminders made for them, and who may open what is restricted, pledges."""
    op.create_table(
        "invitee",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("reach", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column("declined_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_invitee_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitee")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invitee_code_hash")),
    )
    op.create_index(op.f("ix_invitee_consultation_id"), "invitee", ["consultation_id"])
    op.create_table(
        "reminder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("invitee_id", sa.Uuid(), nullable=False),
        sa.Column("press_key", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitee_id"],
            ["invitee.id"],
            name=op.f("fk_reminder_invitee_id_invitee"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("invitee_id", "press_key", name=op.f("uq_reminder_invitee_id")),
    )
    op.create_index(op.f("ix_reminder_press_key"), "reminder", ["press_key"])
    op.create_table(
        "named_reply",
        sa.Column("invitee_id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitee_id"],
            ["invitee.id"],
            name=op.f("fk_named_reply_invitee_id_invitee"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name=op.f("fk_named_reply_response_id_response"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("invitee_id", name=op.f("pk_named_reply")),
    )
    op.create_index(op.f("ix_named_reply_response_id"), "named_reply", ["response_id"])
    op.create_table(
        "reader",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_reader_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["officer.id"],
            name=op.f("fk_reader_officer_id_officer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("consultation_id", "officer_id", name=op.f("pk_reader")),
    )
    op.create_table(
        "pledge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("follow_up_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("press_key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_pledge_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge")),
        sa.UniqueConstraint("press_key", name=op.f("uq_pledge_press_key")),
    )
    op.create_index(op.f("ix_pledge_consultation_id"), "pledge", ["consultation_id"])
    for name in ("named_replies", "is_restricted"):
        column = sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
        op.add_column("consultation", column)


def downgrade() -> None:
    """Without them. What was restricted to readers is open to its team again."""
    for name in ("is_restricted", "named_replies"):
        op.drop_column("consultation", name)
    for table in ("pledge", "reader", "named_reply", "reminder", "invitee"):
        op.drop_table(table)
