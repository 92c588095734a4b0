"""Guesses and judgments that readers write down in lessons.

Revision: 0012
Follows: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('own_words',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('lesson', sa.String(length=161), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=True),
    sa.Column('words', sa.String(length=400), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('guess', 'judgment', 'short')", name=op.f('ck_own_words_kind')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_own_words_user_id_users'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'lesson', 'kind', name=op.f('pk_own_words'))
    )


def downgrade() -> None:
    op.drop_table('own_words')
