"""every kind of voice"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_CAPACITIES = sa.Enum(
    "individual", "organisation", "committee", "focus_group", "event", "visit_note", "evidence",
    "letter", name="capacity", native_enum=False, length=40,
)
_CHECKS = sa.Enum(
    "not_asked", "waiting", "checked", name="entrycheck", native_enum=False, length=40
)
_STATUSES = sa.Enum(
    "uploaded", "waiting", "imported", "refused", "undone",
    name="importstatus", native_enum=False, length=40,
)

# Columns are added one by one, and never by rebuilding a table: on SQLite, dropping the old copy of
# `response` would delete every answer with it.


def upgrade() -> None:
    """Add gatherings and imports, and as whom and how surely each response speaks."""
    op.add_column(
        "response",
        sa.Column("capacity", _CAPACITIES, nullable=False, server_default="individual"),
    )
    op.add_column(
        "response", sa.Column("entry_check", _CHECKS, nullable=False, server_default="not_asked")
    )
    op.add_column("response", sa.Column("import_id", sa.Uuid(), nullable=True))
    op.create_index("ix_response_import_id", "response", ["import_id"])
    op.add_column(
        "consultation",
        sa.Column("enters_twice", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("concern", sa.Column("gathering_id", sa.Uuid(), nullable=True))
    op.create_index("ix_concern_gathering_id", "concern", ["gathering_id"])
    _create_gatherings()
    _create_imports()


def _create_gatherings() -> None:
    op.create_table(
        "gathering",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _CAPACITIES, nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("locality", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("recorder", sa.String(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("press_key", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], ondelete="CASCADE",
            name="fk_gathering_consultation_id_consultation",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_gathering"),
        sa.UniqueConstraint("press_key", name="uq_gathering_press_key"),
    )
    op.create_index("ix_gathering_consultation_id", "gathering", ["consultation_id"])
    op.create_table(
        "gathering_point",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("gathering_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("is_verbatim", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("is_read", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], ondelete="CASCADE",
            name="fk_gathering_point_gathering_id_gathering",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_gathering_point"),
    )
    op.create_index("ix_gathering_point_gathering_id", "gathering_point", ["gathering_id"])
    op.create_index("ix_gathering_point_question", "gathering_point", ["question"])
    op.create_table(
        "gathering_mention",
        sa.Column("theme_id", sa.Uuid(), nullable=False),
        sa.Column("point_id", sa.Uuid(), nullable=False),
        sa.Column("strength", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], ondelete="CASCADE",
            name="fk_gathering_mention_theme_id_theme",
        ),
        sa.ForeignKeyConstraint(
            ["point_id"], ["gathering_point.id"], ondelete="CASCADE",
            name="fk_gathering_mention_point_id_gathering_point",
        ),
        sa.PrimaryKeyConstraint("theme_id", "point_id", name="pk_gathering_mention"),
    )
    op.create_index("ix_gathering_mention_point_id", "gathering_mention", ["point_id"])


def _create_imports() -> None:
    op.create_table(
        "import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("survey_code", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("status", _STATUSES, nullable=False),
        sa.Column("imported", sa.Integer(), nullable=False),
        sa.Column("concerns", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], ondelete="CASCADE",
            name="fk_import_consultation_id_consultation",
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name="fk_import_officer_id_officer"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_import"),
    )
    op.create_index("ix_import_consultation_id", "import", ["consultation_id"])
    op.create_index("ix_import_survey_code", "import", ["survey_code"])
    op.create_index("ix_import_digest", "import", ["digest"])


def downgrade() -> None:
    """Take them away again, answers and their text untouched."""
    op.drop_table("import")
    op.drop_table("gathering_mention")
    op.drop_table("gathering_point")
    op.drop_table("gathering")
    op.drop_index("ix_concern_gathering_id", "concern")
    op.drop_column("concern", "gathering_id")
    op.drop_column("consultation", "enters_twice")
    op.drop_index("ix_response_import_id", "response")
    for column in ("import_id", "entry_check", "capacity"):
        op.drop_column("response", column)
