"""the hub"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

_CHANNELS = sa.Enum(
    "web", "web_chat", "telegram", "paper", "phone", "sms", "email", "kiosk", "classroom",
    "assisted", "import", "recorded",
    name="channel", native_enum=False, length=40,
)  # fmt: skip


def upgrade() -> None:
    """Masked words that can be searched, what was searched for, and what means much the same."""
    op.create_table(
        "hub_entry",
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("question", "words", "folded", "service", "language", "rules")
        ),
        sa.Column("channel", _CHANNELS, nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        _moment("answered_at"),
        _belongs("hub_entry", "answer_id", "answer.id"),
        _belongs("hub_entry", "response_id", "response.id"),
        _belongs("hub_entry", "consultation_id", "consultation.id"),
        sa.PrimaryKeyConstraint("answer_id", name=op.f("pk_hub_entry")),
    )
    op.create_table(
        "hub_search",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        _moment("made_at"),
        sa.Column("name", sa.String(), server_default="", nullable=False),
        sa.Column("is_shared", sa.Boolean(), server_default=sa.false(), nullable=False),
        _belongs("hub_search", "officer_id", "officer.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hub_search")),
    )
    op.create_table(
        "hub_nearest",
        sa.Column("search_id", sa.Uuid(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("alikeness", sa.Double(), nullable=False),
        _belongs("hub_nearest", "search_id", "hub_search.id"),
        _belongs("hub_nearest", "answer_id", "hub_entry.answer_id"),
        sa.PrimaryKeyConstraint("search_id", "answer_id", name=op.f("pk_hub_nearest")),
    )
    for table, columns in (
        ("hub_entry", ("response_id", "consultation_id", "said_on")),
        ("hub_search", ("officer_id", "team", "made_at")),
        ("hub_nearest", ("answer_id",)),
    ):
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _moment(name: str) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _belongs(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    other = to.partition(".")[0]
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [to], name=name, ondelete="CASCADE")


def downgrade() -> None:
    """Drop them: nothing is in them that cannot be made again, but the views that were kept."""
    for table in ("hub_nearest", "hub_search", "hub_entry"):
        op.drop_table(table)
