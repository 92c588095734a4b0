"""Finals, certificates and acknowledged updates of programs.

Revision: 0013
Follows: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

BEFORE = "kind IN ('main', 'short', 'missed')"
AFTER = "kind IN ('main', 'short', 'missed', 'final', 'renewal')"


def upgrade() -> None:
    with op.batch_alter_table('attempts', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_attempts_kind'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_attempts_kind'), AFTER)
    op.create_table('certificates',
    sa.Column('id', sa.String(length=22), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('program', sa.String(length=80), nullable=False),
    sa.Column('program_title', sa.String(length=200), nullable=False),
    sa.Column('name_shown', sa.String(length=80), nullable=False),
    sa.Column('content_version', sa.String(length=64), nullable=False),
    sa.Column('statements', sa.JSON(), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=False),
    sa.Column('zone', sa.String(length=64), nullable=False),
    sa.Column('subject', sa.String(length=45), nullable=False),
    sa.Column('renewed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoke_reason', sa.String(length=400), nullable=True),
    sa.CheckConstraint('(revoked_at IS NULL) = (revoke_reason IS NULL)', name=op.f('ck_certificates_revoked')),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempts.id'], name=op.f('fk_certificates_attempt_id_attempts'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_certificates_user_id_users'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificates')),
    sa.UniqueConstraint('attempt_id', name=op.f('uq_certificates_attempt_id'))
    )
    with op.batch_alter_table('certificates', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certificates_user_id'), ['user_id'], unique=False)
    op.create_table('credential_statuses',
    sa.Column('place', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('certificate_id', sa.String(length=22), nullable=True),
    sa.ForeignKeyConstraint(['certificate_id'], ['certificates.id'], name=op.f('fk_credential_statuses_certificate_id_certificates'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('place', name=op.f('pk_credential_statuses')),
    sa.UniqueConstraint('certificate_id', name=op.f('uq_credential_statuses_certificate_id'))
    )
    op.create_table('acknowledgements',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('program', sa.String(length=80), nullable=False),
    sa.Column('update', sa.String(length=80), nullable=False),
    sa.Column('acknowledged_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_acknowledgements_user_id_users'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'program', 'update', name=op.f('pk_acknowledgements'))
    )


def downgrade() -> None:
    op.drop_table('acknowledgements')
    op.drop_table('credential_statuses')
    op.drop_table('certificates')
    # An older version knows no final, nor that its name is no lesson's.
    of_finals = "SELECT id FROM attempts WHERE kind IN ('final', 'renewal')"
    op.execute(f"DELETE FROM responses WHERE attempt_id IN ({of_finals})")
    op.execute("DELETE FROM attempts WHERE kind IN ('final', 'renewal')")
    op.execute("DELETE FROM progress WHERE lesson LIKE 'final/%'")
    with op.batch_alter_table('attempts', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_attempts_kind'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_attempts_kind'), BEFORE)
