"""Accounts: tries that are reserved before a password is looked at.

Revision: 0006
Follows: 0005
"""

import sqlalchemy as sa
from alembic import op


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('counted_tries') as batch:
        batch.add_column(sa.Column('name', sa.String(length=16), server_default=sa.text("''"), nullable=False))
        batch.add_column(sa.Column('open_until', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('counted_tries') as batch:
        batch.drop_column('open_until')
        batch.drop_column('name')
