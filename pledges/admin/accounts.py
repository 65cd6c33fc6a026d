"""Accounts and groups in the admin: nobody gives rights that they lack, or touches who has more."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext

from pledges.admin.object_history import WithTrail

admin.site.unregister([User, Group])


def rights_of(account: User | Group) -> QuerySet[Permission]:
    """Return what a user or a group was given to do; of a user who is locked out too."""
    if isinstance(account, Group):
        return account.permissions.all()
    if account.is_superuser:
        return Permission.objects.all()
    return Permission.objects.filter(Q(user=account) | Q(group__user=account)).distinct()


def may_do_no_more(account: User | Group, user: User) -> bool:
    """Whether the account or group has no right that the user lacks; a superuser lacks none."""
    if user.is_superuser:
        return True
    if isinstance(account, User) and account.is_superuser:
        return False
    return not rights_of(account).exclude(pk__in=rights_of(user)).exists()


def on_offer(user: User) -> dict[type[Model], QuerySet]:
    """Return which rights and groups the user may give."""
    foreign = Permission.objects.exclude(pk__in=rights_of(user))
    return {
        Permission: rights_of(user),
        Group: Group.objects.exclude(permissions__in=foreign),
    }


class WithinOnesRights(WithTrail):
    """Django's own pages let whoever may change any account change all, up to their own superuser mark."""

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _is_within(obj, request.user)

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _is_within(obj, request.user)

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **options: Any) -> Any:
        options["queryset"] = on_offer(request.user)[db_field.related_model]
        return super().formfield_for_manytomany(db_field, request, **options)


def _is_within(account: User | Group | None, user: User) -> bool:
    return account is None or may_do_no_more(account, user)


@admin.register(User)
class AccountAdmin(WithinOnesRights, UserAdmin):
    def get_readonly_fields(self, request: Any, obj: User | None = None) -> tuple[str, ...]:
        fixed = tuple(super().get_readonly_fields(request, obj))
        return fixed if request.user.is_superuser else (*fixed, "is_superuser")

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """Whoever is given a group may sign in, too; Django's own mark for that is easily overlooked."""
        super().save_related(request, form, formsets, change)
        account = form.instance
        is_given = "groups" in form.changed_data and form.cleaned_data["groups"]
        if is_given and not account.is_staff:
            account.is_staff = True
            account.save(update_fields=["is_staff"])
            said = gettext("„%s“ kann sich jetzt hier anmelden, denn das Konto hat eine Gruppe bekommen.")
            self.message_user(request, said % account)


@admin.register(Group)
class AccountGroupAdmin(WithinOnesRights, GroupAdmin):
    pass
