"""Review: cards, what was answered to them, and the date somebody aims at.

Revision: 0002
Follows: 0001
"""

import sqlalchemy as sa
from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('review_aims',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('aim_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_review_aims_user_id_users'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_review_aims'))
    )
    op.create_table('review_cards',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('lesson', sa.String(length=161), nullable=False),
    sa.Column('item_id', sa.String(length=80), nullable=False),
    sa.Column('stability', sa.Double(), nullable=False),
    sa.Column('difficulty', sa.Double(), nullable=False),
    sa.Column('reviewed_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('hints', sa.Integer(), nullable=False),
    sa.Column('draft', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('difficulty BETWEEN 1 AND 10', name=op.f('ck_review_cards_difficulty')),
    sa.CheckConstraint('stability > 0', name=op.f('ck_review_cards_stability')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_review_cards_user_id_users'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_cards')),
    sa.UniqueConstraint('user_id', 'lesson', 'item_id', name=op.f('uq_review_cards_user_id_lesson_item_id'))
    )
    op.create_table('reviews',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('card_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('origin', sa.String(length=10), nullable=False),
    sa.Column('reviewed_on', sa.Date(), nullable=False),
    sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('rating', sa.Integer(), nullable=False),
    sa.Column('hints', sa.Integer(), nullable=False),
    sa.Column('certainty', sa.Integer(), nullable=True),
    sa.Column('points', sa.Double(), nullable=False),
    sa.Column('response', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('revision', sa.String(length=64), nullable=False),
    sa.CheckConstraint("origin IN ('quiz', 'review')", name=op.f('ck_reviews_origin')),
    sa.CheckConstraint('rating BETWEEN 1 AND 4', name=op.f('ck_reviews_rating')),
    sa.ForeignKeyConstraint(['card_id'], ['review_cards.id'], name=op.f('fk_reviews_card_id_review_cards'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reviews')),
    sa.UniqueConstraint('card_id', 'number', name=op.f('uq_reviews_card_id_number'))
    )


def downgrade() -> None:
    op.drop_table('reviews')
    op.drop_table('review_cards')
    op.drop_table('review_aims')
