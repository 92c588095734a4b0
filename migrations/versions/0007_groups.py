"""Groups: classes and teams, their members, codes, invitations, assignments, lists, looks; their accounts; teachers.

Revision: 0007
Follows: 0006
"""

from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('groups',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('zone', sa.String(length=64), nullable=False),
    sa.Column('band', sa.Integer(), nullable=True),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('takes_help_requests', sa.Boolean(), server_default=sa.text('true'), nullable=False),
    sa.Column('pseudonymous', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('class', 'team')", name=op.f('ck_groups_kind')),
    sa.CheckConstraint('band IN (12, 14, 16)', name=op.f('ck_groups_band')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_groups')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_groups_archived_at'), 'groups', ['archived_at'], unique=False)
    op.create_index(op.f('ix_groups_ends_at'), 'groups', ['ends_at'], unique=False)
    op.create_table('assignments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('target_kind', sa.String(length=10), nullable=False),
    sa.Column('target', sa.String(length=161), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('for_all', sa.Boolean(), server_default=sa.text('true'), nullable=False),
    sa.Column('opens', sa.DateTime(timezone=True), nullable=True),
    sa.Column('due', sa.DateTime(timezone=True), nullable=True),
    sa.Column('due_all_day', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('closes', sa.DateTime(timezone=True), nullable=True),
    sa.Column('feedback', sa.String(length=20), nullable=False),
    sa.Column('release', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("feedback IN ('at_once', 'after_release')", name=op.f('ck_assignments_feedback')),
    sa.CheckConstraint("state IN ('draft', 'published', 'archived')", name=op.f('ck_assignments_state')),
    sa.CheckConstraint(
        "target_kind IN ('course', 'module', 'lesson', 'review')", name=op.f('ck_assignments_target_kind')
    ),
    sa.CheckConstraint('tries BETWEEN 1 AND 99', name=op.f('ck_assignments_tries')),
    sa.ForeignKeyConstraint(
        ['group_id'], ['groups.id'], name=op.f('fk_assignments_group_id_groups'),
        ondelete='CASCADE',
    ),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignments'))
    )
    op.create_index('ix_assignments_group_id_state', 'assignments', ['group_id', 'state'], unique=False)
    op.create_table('group_codes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.String(length=10), nullable=False),
    sa.Column('code', sa.String(length=9), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("purpose IN ('join', 'sign_in')", name=op.f('ck_group_codes_purpose')),
    sa.ForeignKeyConstraint(
        ['group_id'], ['groups.id'], name=op.f('fk_group_codes_group_id_groups'),
        ondelete='CASCADE',
    ),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_group_codes')),
    sa.UniqueConstraint('code', name=op.f('uq_group_codes_code')),
    sa.UniqueConstraint('group_id', 'purpose', name=op.f('uq_group_codes_group_id_purpose'))
    )
    op.create_index(op.f('ix_group_codes_expires_at'), 'group_codes', ['expires_at'], unique=False)
    op.create_table('assignment_members',
    sa.Column('assignment_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(
        ['assignment_id'], ['assignments.id'], name=op.f('fk_assignment_members_assignment_id_assignments'),
        ondelete='CASCADE',
    ),
    sa.ForeignKeyConstraint(
        ['user_id'], ['users.id'], name=op.f('fk_assignment_members_user_id_users'),
        ondelete='CASCADE',
    ),
    sa.PrimaryKeyConstraint('assignment_id', 'user_id', name=op.f('pk_assignment_members'))
    )
    op.create_index(op.f('ix_assignment_members_user_id'), 'assignment_members', ['user_id'], unique=False)
    op.create_table('extensions',
    sa.Column('assignment_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('opens', sa.DateTime(timezone=True), nullable=True),
    sa.Column('due', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closes', sa.DateTime(timezone=True), nullable=True),
    sa.Column('extra_tries', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('excused', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('reason', sa.String(length=20), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint(
        "reason IN ('ill', 'access', 'late_join', 'technical', 'other')", name=op.f('ck_extensions_reason')
    ),
    sa.CheckConstraint('extra_tries BETWEEN 0 AND 99', name=op.f('ck_extensions_extra_tries')),
    sa.ForeignKeyConstraint(
        ['assignment_id'], ['assignments.id'], name=op.f('fk_extensions_assignment_id_assignments'),
        ondelete='CASCADE',
    ),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_extensions_user_id_users'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('assignment_id', 'user_id', name=op.f('pk_extensions'))
    )
    op.create_index(op.f('ix_extensions_user_id'), 'extensions', ['user_id'], unique=False)
    op.create_table('invitations',
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=10), nullable=False),
    sa.Column('full_name', sa.String(length=120), nullable=True),
    sa.Column('list_key', sa.String(length=64), nullable=True),
    sa.Column('in_place_of', sa.Integer(), nullable=True),
    sa.Column('invited_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("role IN ('leader', 'member')", name=op.f('ck_invitations_role')),
    sa.ForeignKeyConstraint(
        ['group_id'], ['groups.id'], name=op.f('fk_invitations_group_id_groups'),
        ondelete='CASCADE',
    ),
    sa.ForeignKeyConstraint(
        ['in_place_of'], ['users.id'], name=op.f('fk_invitations_in_place_of_users'),
        ondelete='CASCADE',
    ),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_invitations_user_id_users'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('group_id', 'user_id', name=op.f('pk_invitations'))
    )
    op.create_index(op.f('ix_invitations_invited_at'), 'invitations', ['invited_at'], unique=False)
    op.create_index(op.f('ix_invitations_in_place_of'), 'invitations', ['in_place_of'], unique=False)
    op.create_index(op.f('ix_invitations_user_id'), 'invitations', ['user_id'], unique=False)
    op.create_table('looks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('leader_id', sa.Integer(), nullable=True),
    sa.Column('day', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_looks_group_id_groups'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['leader_id'], ['users.id'], name=op.f('fk_looks_leader_id_users'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_looks_user_id_users'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_looks')),
    sa.UniqueConstraint('user_id', 'day', 'leader_id', 'group_id', name=op.f('uq_looks_user_id_day_leader_id_group_id'))
    )
    op.create_index(op.f('ix_looks_day'), 'looks', ['day'], unique=False)
    op.create_index(op.f('ix_looks_group_id'), 'looks', ['group_id'], unique=False)
    op.create_index(op.f('ix_looks_leader_id'), 'looks', ['leader_id'], unique=False)
    op.create_table('memberships',
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=10), nullable=False),
    sa.Column('full_name', sa.String(length=120), nullable=True),
    sa.Column('list_key', sa.String(length=64), nullable=True),
    sa.Column('standing_days', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('joined_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('help_asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('help_handled_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("role IN ('leader', 'member')", name=op.f('ck_memberships_role')),
    sa.CheckConstraint('standing_days BETWEEN 0 AND 14', name=op.f('ck_memberships_standing_days')),
    sa.ForeignKeyConstraint(
        ['group_id'], ['groups.id'], name=op.f('fk_memberships_group_id_groups'),
        ondelete='CASCADE',
    ),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_memberships_user_id_users'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('group_id', 'user_id', name=op.f('pk_memberships')),
    sa.UniqueConstraint('group_id', 'list_key', name=op.f('uq_memberships_group_id_list_key'))
    )
    op.create_index(op.f('ix_memberships_user_id'), 'memberships', ['user_id'], unique=False)
    op.create_table('roster_imports',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('listed', sa.JSON(), nullable=False),
    sa.Column('added', sa.JSON(), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('applied_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(
        ['group_id'], ['groups.id'], name=op.f('fk_roster_imports_group_id_groups'),
        ondelete='CASCADE',
    ),
    sa.ForeignKeyConstraint(
        ['user_id'], ['users.id'], name=op.f('fk_roster_imports_user_id_users'),
        ondelete='CASCADE',
    ),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_roster_imports'))
    )
    op.create_index(op.f('ix_roster_imports_applied_at'), 'roster_imports', ['applied_at'], unique=False)
    op.create_index(op.f('ix_roster_imports_group_id'), 'roster_imports', ['group_id'], unique=False)
    op.create_index(op.f('ix_roster_imports_read_at'), 'roster_imports', ['read_at'], unique=False)
    op.create_index(op.f('ix_roster_imports_user_id'), 'roster_imports', ['user_id'], unique=False)
    op.create_table('teacher_invitations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_teacher_invitations')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_teacher_invitations_token_hash'))
    )
    op.create_index(op.f('ix_teacher_invitations_expires_at'), 'teacher_invitations', ['expires_at'], unique=False)
    op.add_column('users', sa.Column('group_band', sa.Integer(), nullable=True))
    op.add_column('users', sa.Column('managed_by', sa.Integer(), nullable=True))
    op.add_column('users', sa.Column('secret_expires_at', sa.DateTime(timezone=True), nullable=True))
    with _users() as batch:
        batch.create_foreign_key(
            op.f('fk_users_managed_by_groups'), 'groups', ['managed_by'], ['id'], ondelete='SET NULL'
        )
    op.create_index(op.f('ix_users_managed_by'), 'users', ['managed_by'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_users_managed_by'), table_name='users')
    with _users() as batch:
        batch.drop_constraint(op.f('fk_users_managed_by_groups'), type_='foreignkey')
    op.drop_column('users', 'secret_expires_at')
    op.drop_column('users', 'managed_by')
    op.drop_column('users', 'group_band')
    op.drop_index(op.f('ix_teacher_invitations_expires_at'), table_name='teacher_invitations')
    op.drop_table('teacher_invitations')
    op.drop_index(op.f('ix_roster_imports_user_id'), table_name='roster_imports')
    op.drop_index(op.f('ix_roster_imports_read_at'), table_name='roster_imports')
    op.drop_index(op.f('ix_roster_imports_group_id'), table_name='roster_imports')
    op.drop_index(op.f('ix_roster_imports_applied_at'), table_name='roster_imports')
    op.drop_table('roster_imports')
    op.drop_index(op.f('ix_memberships_user_id'), table_name='memberships')
    op.drop_table('memberships')
    op.drop_index(op.f('ix_looks_leader_id'), table_name='looks')
    op.drop_index(op.f('ix_looks_group_id'), table_name='looks')
    op.drop_index(op.f('ix_looks_day'), table_name='looks')
    op.drop_table('looks')
    op.drop_index(op.f('ix_invitations_in_place_of'), table_name='invitations')
    op.drop_index(op.f('ix_invitations_user_id'), table_name='invitations')
    op.drop_index(op.f('ix_invitations_invited_at'), table_name='invitations')
    op.drop_table('invitations')
    op.drop_index(op.f('ix_extensions_user_id'), table_name='extensions')
    op.drop_table('extensions')
    op.drop_index(op.f('ix_assignment_members_user_id'), table_name='assignment_members')
    op.drop_table('assignment_members')
    op.drop_index(op.f('ix_group_codes_expires_at'), table_name='group_codes')
    op.drop_table('group_codes')
    op.drop_index('ix_assignments_group_id_state', table_name='assignments')
    op.drop_table('assignments')
    op.drop_index(op.f('ix_groups_ends_at'), table_name='groups')
    op.drop_index(op.f('ix_groups_archived_at'), table_name='groups')
    op.drop_table('groups')


@contextmanager
def _users():
    """Yield what changes constraints of users. SQLite copies the table then: its count of numbers given goes along."""
    connection, last = op.get_bind(), None
    if connection.dialect.name == 'sqlite':
        last = connection.scalar(sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'users'"))
    with op.batch_alter_table('users', table_kwargs={'sqlite_autoincrement': True}) as batch:
        yield batch
    if last is not None:
        changed = connection.execute(sa.text("UPDATE sqlite_sequence SET seq = :last WHERE name = 'users'"), {'last': last})
        if changed.rowcount == 0:
            connection.execute(sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES ('users', :last)"), {'last': last})
