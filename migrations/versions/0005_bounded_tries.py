"""Answers to looks ahead, which count once, and an index by which the attempts of a day are counted.

Revision: 0005
Follows: 0004
"""

import sqlalchemy as sa
from alembic import op


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('pretest_answers',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.String(length=32), nullable=False),
    sa.Column('known', sa.Boolean(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(
        ['user_id'], ['users.id'], name=op.f('fk_pretest_answers_user_id_users'), ondelete='CASCADE'
    ),
    sa.PrimaryKeyConstraint('user_id', 'question', name=op.f('pk_pretest_answers'))
    )
    op.create_index('ix_attempts_user_id_started_at', 'attempts', ['user_id', 'started_at'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_attempts_user_id_started_at', table_name='attempts')
    op.drop_table('pretest_answers')
