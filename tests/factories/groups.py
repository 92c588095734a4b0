"""Rows of groups: classes, who is in them, codes and assignments."""

from datetime import timedelta

import factory

from learnapp.groups.assignments.models import LESSON, PUBLISHED, Assignment, AssignmentMember, Extension
from learnapp.groups.models import CLASS, JOIN, MEMBER, Group, GroupCode, Invitation, Membership
from tests.factories.base import NOON, Factory


class GroupFactory(Factory):
    """Ada's class."""

    class Meta:
        model = Group

    kind = CLASS
    name = "9C"
    zone = "Europe/Berlin"
    seats = 60
    created_at = NOON


class MembershipFactory(Factory):
    """A member of a group since it was made."""

    class Meta:
        model = Membership

    role = MEMBER
    joined_at = NOON


class GroupCodeFactory(Factory):
    """A code to join by, for two weeks."""

    class Meta:
        model = GroupCode

    purpose = JOIN
    code = factory.Sequence(lambda n: f"{n:09d}")
    created_at = NOON
    expires_at = NOON + timedelta(days=14)


class InvitationFactory(Factory):
    """An invitation to come in as a member."""

    class Meta:
        model = Invitation

    role = MEMBER
    invited_at = NOON


class AssignmentFactory(Factory):
    """A lesson that is asked of all members, without a date."""

    class Meta:
        model = Assignment

    target_kind = LESSON
    target = "1-tea/1-leaf"
    state = PUBLISHED
    created_at = NOON
    published_at = NOON


class AssignmentMemberFactory(Factory):
    """A member to whom an assignment goes that is not for all."""

    class Meta:
        model = AssignmentMember


class ExtensionFactory(Factory):
    """What differs for one member; nothing, unless told."""

    class Meta:
        model = Extension

    changed_at = NOON
