"""Looks that stay when their group ends: a leader hides nothing by ending it.

Revision: 0011
Follows: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

KEY = 'fk_looks_group_id_groups'


def upgrade() -> None:
    _refer('SET NULL', nullable=True)


def downgrade() -> None:
    op.execute('DELETE FROM looks WHERE group_id IS NULL')
    _refer('CASCADE', nullable=False)


def _refer(ondelete, nullable):
    """Have looks refer to groups in this way."""
    with op.batch_alter_table('looks') as batch:
        batch.drop_constraint(op.f(KEY), type_='foreignkey')
        batch.alter_column('group_id', existing_type=sa.Integer(), nullable=nullable)
        batch.create_foreign_key(op.f(KEY), 'groups', ['group_id'], ['id'], ondelete=ondelete)
