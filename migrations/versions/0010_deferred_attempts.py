"""Attempts whose results wait until they are shown to all.

Revision: 0010
Follows: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

BEFORE = "state IN ('open', 'aside', 'finished')"
AFTER = "state IN ('open', 'aside', 'handed_in', 'finished')"


def upgrade() -> None:
    with op.batch_alter_table('attempts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('deferred', sa.Boolean(), server_default=sa.text('false'), nullable=False))
        batch_op.drop_constraint(batch_op.f('ck_attempts_state'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_attempts_state'), AFTER)


def downgrade() -> None:
    # An older version knows no attempt that was handed in: it keeps the answers, and they can be taken up again.
    op.execute("UPDATE attempts SET state = 'aside' WHERE state = 'handed_in'")
    with op.batch_alter_table('attempts', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_attempts_state'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_attempts_state'), BEFORE)
        batch_op.drop_column('deferred')
