"""A consultation's life: closing dates that move, information, notices, decisions, snapshots."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

# Columns are added and dropped one by one: SQLite then keeps the table as it is, and nothing that
# hangs on its rows goes with it.
CONSULTATION = (
    sa.Column(
        "kind",
        sa.Enum("public", "feedback", name="consultationkind", native_enum=False, length=40),
        nullable=False,
        server_default="feedback",
    ),
    sa.Column("launched_at", sa.DateTime(timezone=True), nullable=True),
    sa.Column("reasons", sa.String(), nullable=False, server_default=""),
    sa.Column("options", sa.String(), nullable=False, server_default=""),
    sa.Column("documents", sa.JSON(), nullable=False, server_default="[]"),
    sa.Column("decision_on", sa.Date(), nullable=True),
    sa.Column("previous", sa.String(), nullable=False, server_default=""),
    sa.Column("information_number", sa.Integer(), nullable=False, server_default="0"),
    sa.Column("results_at", sa.DateTime(timezone=True), nullable=True),
    sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
)
RESPONSE = (
    sa.Column("information_at_start", sa.Integer(), nullable=True),
    sa.Column("information_at_end", sa.Integer(), nullable=True),
)
TABLES = (
    "reading",
    "consideration",
    "snapshot",
    "notice",
    "information_version",
    "decision",
    "closing_change",
)


def upgrade() -> None:
    for column in CONSULTATION:
        op.add_column("consultation", column)
    op.execute("UPDATE consultation SET launched_at = created_at")  # whatever is there has opened
    op.drop_column("consultation", "privacy_notice")
    for column in RESPONSE:
        op.add_column("response", column)
    _add_tables()


def downgrade() -> None:
    for name in TABLES:
        op.drop_table(name)
    for column in RESPONSE:
        op.drop_column("response", column.name)
    op.add_column(
        "consultation", sa.Column("privacy_notice", sa.String(), nullable=False, server_default="")
    )
    for column in CONSULTATION:
        op.drop_column("consultation", column.name)


def _add_tables() -> None:
    op.create_table('closing_change',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_by', sa.Uuid(), nullable=True),
    sa.Column('closed_at_before', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closes_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('press_key', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['changed_by'], ['officer.id'], name=op.f('fk_closing_change_changed_by_officer')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_closing_change_consultation_id_consultation'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_closing_change')),
    sa.UniqueConstraint('press_key', name=op.f('uq_closing_change_press_key'))
    )
    with op.batch_alter_table('closing_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_closing_change_consultation_id'), ['consultation_id'], unique=False)

    op.create_table('decision',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=False),
    sa.Column('decided_by', sa.String(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=True),
    sa.Column('press_key', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_decision_consultation_id_consultation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['recorded_by'], ['officer.id'], name=op.f('fk_decision_recorded_by_officer')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision')),
    sa.UniqueConstraint('press_key', name=op.f('uq_decision_press_key'))
    )
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_decision_consultation_id'), ['consultation_id'], unique=False)

    op.create_table('information_version',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('documents', sa.JSON(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_by', sa.Uuid(), nullable=True),
    sa.Column('press_key', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_information_version_consultation_id_consultation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['published_by'], ['officer.id'], name=op.f('fk_information_version_published_by_officer')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_information_version')),
    sa.UniqueConstraint('consultation_id', 'number', name=op.f('uq_information_version_consultation_id')),
    sa.UniqueConstraint('press_key', name=op.f('uq_information_version_press_key'))
    )
    op.create_table('notice',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('you_said', sa.String(), nullable=False),
    sa.Column('we_are', sa.String(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_by', sa.Uuid(), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('press_key', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_notice_consultation_id_consultation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['published_by'], ['officer.id'], name=op.f('fk_notice_published_by_officer')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice')),
    sa.UniqueConstraint('press_key', name=op.f('uq_notice_press_key'))
    )
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notice_consultation_id'), ['consultation_id'], unique=False)

    op.create_table('snapshot',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('results', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_snapshot_consultation_id_consultation'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_snapshot'))
    )
    with op.batch_alter_table('snapshot', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_snapshot_consultation_id'), ['consultation_id'], unique=False)

    op.create_table('consideration',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('theme_id', sa.Uuid(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=True),
    sa.Column('press_key', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['recorded_by'], ['officer.id'], name=op.f('fk_consideration_recorded_by_officer')),
    sa.ForeignKeyConstraint(['theme_id'], ['theme.id'], name=op.f('fk_consideration_theme_id_theme'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consideration')),
    sa.UniqueConstraint('press_key', name=op.f('uq_consideration_press_key'))
    )
    with op.batch_alter_table('consideration', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consideration_theme_id'), ['theme_id'], unique=False)

    op.create_table('reading',
    sa.Column('response_id', sa.Uuid(), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('read_by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['read_by'], ['officer.id'], name=op.f('fk_reading_read_by_officer')),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_reading_response_id_response'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('response_id', name=op.f('pk_reading'))
    )
