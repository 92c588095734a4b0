"""Looks of two kinds: at the page of a member, and the making of a new login card for them.

Revision: 0009
Follows: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

BEFORE = 'uq_looks_user_id_day_leader_id_group_id'
SINCE = 'uq_looks_user_id_day_leader_id_group_id_kind'


def upgrade() -> None:
    with op.batch_alter_table('looks') as batch:
        batch.add_column(sa.Column('kind', sa.String(length=10), server_default=sa.text("'look'"), nullable=False))
        batch.add_column(sa.Column('times', sa.Integer(), server_default=sa.text('1'), nullable=False))
        batch.create_check_constraint(op.f('ck_looks_kind'), "kind IN ('look', 'card')")
        batch.drop_constraint(op.f(BEFORE), type_='unique')
        batch.create_unique_constraint(op.f(SINCE), ['user_id', 'day', 'leader_id', 'group_id', 'kind'])


def downgrade() -> None:
    op.execute("DELETE FROM looks WHERE kind <> 'look'")
    with op.batch_alter_table('looks') as batch:
        batch.drop_constraint(op.f(SINCE), type_='unique')
        batch.create_unique_constraint(op.f(BEFORE), ['user_id', 'day', 'leader_id', 'group_id'])
        batch.drop_constraint(op.f('ck_looks_kind'), type_='check')
        batch.drop_column('times')
        batch.drop_column('kind')
