"""Events of teams, and their volunteers.

Revision: 0015
Follows: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('events',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('program', sa.String(length=80), nullable=False),
    sa.Column('title', sa.String(length=80), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('starts', sa.Time(), nullable=False),
    sa.Column('zone', sa.String(length=64), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('places', sa.Integer(), nullable=True),
    sa.Column('for_all', sa.Boolean(), server_default=sa.text('true'), nullable=False),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('places BETWEEN 1 AND 500', name=op.f('ck_events_places')),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_events_group_id_groups'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_events')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_events_closed_at'), ['closed_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_events_day'), ['day'], unique=False)
        batch_op.create_index('ix_events_group_id_day', ['group_id', 'day'], unique=False)

    op.create_table('event_volunteers',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('expected', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('partnered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('partnered_by', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=120), nullable=True),
    sa.Column('ready', sa.Boolean(), nullable=True),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_event_volunteers_event_id_events'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['group_id', 'user_id'], ['memberships.group_id', 'memberships.user_id'], name=op.f('fk_event_volunteers_group_id_user_id_memberships'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['partnered_by'], ['users.id'], name=op.f('fk_event_volunteers_partnered_by_users'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_event_volunteers_user_id_users'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('event_id', 'user_id', name=op.f('pk_event_volunteers'))
    )
    with op.batch_alter_table('event_volunteers', schema=None) as batch_op:
        batch_op.create_index('ix_event_volunteers_group_id_user_id', ['group_id', 'user_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_event_volunteers_partnered_by'), ['partnered_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_event_volunteers_user_id'), ['user_id'], unique=False)


def downgrade() -> None:
    op.drop_table('event_volunteers')
    op.drop_table('events')
