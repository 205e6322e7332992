"""theme changes"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

_ACTIONS = sa.Enum(
    "renamed", "described", "merged", "merge undone", "hidden", "back to found", "checked",
    "added", "split", "comments moved", "list signed off", "frame used",
    name="themeaction", native_enum=False, length=40,
)  # fmt: skip


def upgrade() -> None:
    """What officers changed about themes, with what takes it back; the lists they signed off."""
    op.create_table(
        "theme_change",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=True),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        _moment("changed_at"),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("action", _ACTIONS, nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("comments", sa.Integer(), nullable=False),
        sa.Column("was", sa.JSON(), nullable=False),
        _moment("undone_at", nullable=True),
        sa.Column("undone_by", sa.Uuid(), nullable=True),
        _belongs("theme_change", "consultation_id", "consultation"),
        _names("theme_change", "officer_id", "officer"),
        _names("theme_change", "undone_by", "officer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_change")),
        sqlite_autoincrement=True,
    )
    columns = ["consultation_id", "question", "id"]
    op.create_index("ix_theme_change_question", "theme_change", columns)
    _make_moved()
    _make_signed()


def _make_moved() -> None:
    op.create_table(
        "moved_mention",
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("strength", sa.Double(), nullable=True),
        sa.Column("was_quote", sa.Boolean(), nullable=False),
        _belongs("moved_mention", "change_id", "theme_change"),
        _belongs("moved_mention", "theme_id", "theme"),
        _belongs("moved_mention", "response_id", "response"),
        sa.PrimaryKeyConstraint(
            "change_id", "theme_id", "response_id", name=op.f("pk_moved_mention")
        ),
    )
    for column in ("theme_id", "response_id"):
        op.create_index(op.f(f"ix_moved_mention_{column}"), "moved_mention", [column])


def _make_signed() -> None:
    op.create_table(
        "signed_list",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        _moment("signed_at"),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        _moment("taken_back_at", nullable=True),
        _belongs("signed_list", "consultation_id", "consultation"),
        _belongs("signed_list", "change_id", "theme_change"),
        _names("signed_list", "officer_id", "officer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_list")),
        sa.UniqueConstraint(
            "consultation_id", "question", "number", name=op.f("uq_signed_list_consultation_id")
        ),
    )


def _moment(name: str, *, nullable: bool = False) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _belongs(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")


def _names(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def downgrade() -> None:
    """Drop them: nobody knows any more who changed what, nor which list was signed off."""
    for table in ("signed_list", "moved_mention", "theme_change"):
        op.drop_table(table)
