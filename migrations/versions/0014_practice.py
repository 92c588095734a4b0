"""Practice runs of conversations.

Revision: 0014
Follows: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('practice_runs',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('conversation', sa.String(length=80), nullable=False),
    sa.Column('path', sa.JSON(), nullable=False),
    sa.Column('anticipated', sa.String(length=2000), nullable=False),
    sa.Column('note', sa.String(length=2000), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_practice_runs_user_id_users'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'conversation', name=op.f('pk_practice_runs'))
    )


def downgrade() -> None:
    op.drop_table('practice_runs')
