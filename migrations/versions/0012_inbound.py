"""Inbound: questions to committees, requests, conferences, follow-ups, who must not be asked."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make their tables. A concern may stand outside a consultation; a pledge is reminded of."""
    op.create_table(
        "committee",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee")),
        sa.UniqueConstraint("slug", name=op.f("uq_committee_slug")),
    )
    op.create_table(
        "child_view",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("child_hash", sa.String(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_child_view_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child_view")),
    )
    op.create_index(op.f("ix_child_view_child_hash"), "child_view", ["child_hash"])
    op.create_index(op.f("ix_child_view_consultation_id"), "child_view", ["consultation_id"])

    op.create_table(
        "conference",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("child_hash", sa.String(), nullable=False),
        sa.Column("child_sealed", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_conference_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conference")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_conference_code_hash")),
        sa.UniqueConstraint(
            "consultation_id", "child_hash", "held_on", name=op.f("uq_conference_consultation_id")
        ),
    )
    op.create_index(op.f("ix_conference_child_hash"), "conference", ["child_hash"])
    op.create_index(op.f("ix_conference_consultation_id"), "conference", ["consultation_id"])

    op.create_table(
        "follow_up",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("delegates_asked_id", sa.Uuid(), nullable=False),
        sa.Column("managers_asked_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("sample_size", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("press_key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_follow_up_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["delegates_asked_id"],
            ["consultation.id"],
            name=op.f("fk_follow_up_delegates_asked_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["managers_asked_id"],
            ["consultation.id"],
            name=op.f("fk_follow_up_managers_asked_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("press_key", name=op.f("uq_follow_up_press_key")),
    )
    op.create_index(op.f("ix_follow_up_consultation_id"), "follow_up", ["consultation_id"])

    op.create_table(
        "suppression",
        sa.Column("value_hash", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_by"], ["officer.id"], name=op.f("fk_suppression_added_by_officer")
        ),
        sa.PrimaryKeyConstraint("value_hash", name=op.f("pk_suppression")),
    )
    op.create_table(
        "delegate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("follow_up_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("reach", sa.String(), nullable=False),
        sa.Column("manager_name", sa.String(), nullable=False),
        sa.Column("manager_reach", sa.String(), nullable=False),
        sa.Column("managers_before", sa.Integer(), nullable=False),
        sa.Column("invitee_id", sa.Uuid(), nullable=True),
        sa.Column("manager_invitee_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["follow_up_id"],
            ["follow_up.id"],
            name=op.f("fk_delegate_follow_up_id_follow_up"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["invitee_id"],
            ["invitee.id"],
            name=op.f("fk_delegate_invitee_id_invitee"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["manager_invitee_id"],
            ["invitee.id"],
            name=op.f("fk_delegate_manager_invitee_id_invitee"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegate")),
    )
    op.create_index(op.f("ix_delegate_follow_up_id"), "delegate", ["follow_up_id"])

    op.create_table(
        "enquiry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=True),
        sa.Column("press_key", sa.String(), nullable=True),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("committee_id", sa.Uuid(), nullable=True),
        sa.Column("consultation_id", sa.Uuid(), nullable=True),
        sa.Column("response_id", sa.Uuid(), nullable=True),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("may_name", sa.Boolean(), nullable=False),
        sa.Column("reply_to_sealed", sa.String(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("responder", sa.String(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.String(40), nullable=True),
        sa.Column("will_by", sa.Date(), nullable=True),
        sa.Column("reply", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_words", sa.String(), nullable=False),
        sa.Column("published_name", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_enquiry_committee_id_committee")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_enquiry_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name=op.f("fk_enquiry_response_id_response"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiry")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_enquiry_code_hash")),
        sa.UniqueConstraint("press_key", name=op.f("uq_enquiry_press_key")),
        sa.UniqueConstraint("reference", name=op.f("uq_enquiry_reference")),
        sa.UniqueConstraint("response_id", "question", name=op.f("uq_enquiry_response_id")),
    )
    op.create_index(op.f("ix_enquiry_committee_id"), "enquiry", ["committee_id"])
    op.create_index(op.f("ix_enquiry_consultation_id"), "enquiry", ["consultation_id"])
    op.create_index(op.f("ix_enquiry_published_at"), "enquiry", ["published_at"])
    op.create_index(op.f("ix_enquiry_received_at"), "enquiry", ["received_at"])
    op.create_index(op.f("ix_enquiry_team"), "enquiry", ["team"])

    with op.batch_alter_table("concern") as batch_op:
        batch_op.add_column(sa.Column("enquiry_id", sa.Uuid(), nullable=True))
        batch_op.alter_column("consultation_id", existing_type=sa.Uuid(), nullable=True)
        batch_op.create_index(batch_op.f("ix_concern_enquiry_id"), ["enquiry_id"])

    with op.batch_alter_table("pledge") as batch_op:
        batch_op.add_column(sa.Column("made_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("reach", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Without them. While a concern stands outside any consultation, this is refused."""
    with op.batch_alter_table("pledge") as batch_op:
        for column in ("reminded_at", "reach", "made_by"):
            batch_op.drop_column(column)
    with op.batch_alter_table("concern") as batch_op:
        batch_op.drop_index(batch_op.f("ix_concern_enquiry_id"))
        batch_op.alter_column("consultation_id", existing_type=sa.Uuid(), nullable=False)
        batch_op.drop_column("enquiry_id")
    tables = ("enquiry", "delegate", "suppression", "follow_up", "conference", "child_view")
    for table in (*tables, "committee"):
        op.drop_table(table)
