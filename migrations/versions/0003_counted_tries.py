"""Tries that are counted against guessing, for all processes of a server.

Revision: 0003
Follows: 0002
"""

import sqlalchemy as sa
from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('counted_tries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_counted_tries'))
    )
    op.create_index(op.f('ix_counted_tries_key_at'), 'counted_tries', ['key', 'at'], unique=False)
    op.create_index(op.f('ix_counted_tries_at'), 'counted_tries', ['at'], unique=False)


def downgrade() -> None:
    op.drop_table('counted_tries')
