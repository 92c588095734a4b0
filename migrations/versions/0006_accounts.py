"""Accounts: tries reserved before a password is looked at, look-alikes, confirmed addresses, devices.

Names that look alike keep working: the oldest has the key, the others none. Addresses that are kept count as
confirmed, since their people rely on them.

Revision: 0006
Follows: 0005
"""

import sqlalchemy as sa
from alembic import op

from learnapp.accounts.email.addresses import email_key
from learnapp.accounts.names.rules import look_key

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('counted_tries', sa.Column('name', sa.String(length=16), server_default=sa.text("''"), nullable=False))
    op.add_column('counted_tries', sa.Column('open_until', sa.DateTime(timezone=True), nullable=True))
    op.add_column('users', sa.Column('look_key', sa.String(length=160), nullable=True))
    op.add_column('users', sa.Column('email_confirmed_at', sa.DateTime(timezone=True), nullable=True))
    _fill()
    op.create_index('ix_users_look_key', 'users', ['look_key'], unique=True)
    op.add_column('login_sessions', sa.Column('browser', sa.String(length=20), nullable=True))
    op.add_column('login_sessions', sa.Column('system', sa.String(length=20), nullable=True))
    with op.batch_alter_table('password_resets') as batch:
        batch.alter_column('user_id', existing_type=sa.Integer(), nullable=True)
    op.create_table('email_confirmations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('email_key', sa.String(length=254), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(
        ['user_id'], ['users.id'], name=op.f('fk_email_confirmations_user_id_users'), ondelete='CASCADE'
    ),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_email_confirmations')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_email_confirmations_token_hash'))
    )
    op.create_index(op.f('ix_email_confirmations_expires_at'), 'email_confirmations', ['expires_at'], unique=False)
    op.create_index(op.f('ix_email_confirmations_user_id'), 'email_confirmations', ['user_id'], unique=False)


def downgrade() -> None:
    op.drop_table('email_confirmations')
    op.execute('DELETE FROM password_resets WHERE user_id IS NULL')
    with op.batch_alter_table('password_resets') as batch:
        batch.alter_column('user_id', existing_type=sa.Integer(), nullable=False)
    op.drop_column('login_sessions', 'system')
    op.drop_column('login_sessions', 'browser')
    op.drop_index('ix_users_look_key', 'users')
    op.drop_column('users', 'email_confirmed_at')
    op.drop_column('users', 'look_key')
    op.drop_column('counted_tries', 'open_until')
    op.drop_column('counted_tries', 'name')


def _fill() -> None:
    """Give each account the key of its looks, the oldest of look-alikes first, and each address one form."""
    users = sa.table('users', *(sa.column(name) for name in ('id', 'name', 'name_key', 'look_key', 'email', 'email_key')),
                     sa.column('email_confirmed_at', sa.DateTime(timezone=True)),
                     sa.column('created_at', sa.DateTime(timezone=True)))
    connection, seen, changes = op.get_bind(), set(), []
    accounts = sa.select(users).where(users.c.name_key.is_not(None)).order_by(users.c.id)
    for row in connection.execute(accounts):
        look = look_key(row.name)
        changes.append({'row': row.id, 'look': None if look in seen else look,
                        'key': (email_key(row.email or '') or row.email_key)})
        seen.add(look)
    if changes:
        new = {'look_key': sa.bindparam('look'), 'email_key': sa.bindparam('key')}
        connection.execute(sa.update(users).where(users.c.id == sa.bindparam('row')).values(new), changes)
    has_address = sa.update(users).where(users.c.email.is_not(None))
    connection.execute(has_address.values(email_confirmed_at=users.c.created_at))
