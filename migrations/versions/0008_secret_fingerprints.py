"""A fingerprint of the secret, so that servers of one database with different secrets are noticed.

Revision: 0008
Follows: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('secret_fingerprints',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('present', sa.String(length=32), nullable=False),
    sa.Column('coming', sa.String(length=32), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_secret_fingerprints'))
    )


def downgrade() -> None:
    op.drop_table('secret_fingerprints')
