"""Those who use the admin in a test."""

from django.contrib.auth.models import Group, User
from django.test import Client

from pledges.roles import EDITOR


def person(name: str, role: str = EDITOR) -> User:
    """Somebody who may sign in to the admin, with the rights of a role, or with none where it is ""."""
    user = User.objects.create_user(name, is_staff=True)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
