"""Who may do what in the admin: three groups, each with the rights of the one before and more."""

from auditlog.context import disable_auditlog
from django.contrib.auth.models import Group, Permission

EDITOR, CHIEF_EDITOR, ADMIN = "Editor", "Chief editor", "Admin"

_LOOK = (
    "sources.view_document",
    *(
        f"pledges.view_{model}"
        for model in (
            "place",
            "party",
            "election",
            "topic",
            "programme",
            "authorship",
            "statement",
            "pledge",
            "coding",
            "bulkchange",
            "relation",
            "rendering",
            "hint",
            "sample",
            "upload",
        )
    ),
)
_CODE = (
    "pledges.change_statement",
    "pledges.change_pledge",
    "pledges.add_relation",
    "pledges.change_relation",
    "pledges.change_rendering",
    "pledges.change_hint",
)
_LEAD = (
    *(
        f"pledges.{action}_{model}"
        for model in ("place", "party", "election")
        for action in ("add", "change")
    ),
    "pledges.change_topic",
    "pledges.add_programme",
    "pledges.change_programme",
    # The parties of a programme, which its page lists: one that is wrong is taken off and another put there.
    *(f"pledges.{action}_authorship" for action in ("add", "change", "delete")),
    "pledges.publish_programme",
    # A draft alone, and one that holds nobody's work: see `pledges.removal`.
    "pledges.delete_programme",
    "pledges.add_sample",
    "pledges.settle_sample",
    "pledges.show_sample",
    "pledges.add_upload",
    "pledges.change_upload",
    "pledges.view_trailentry",
)
_MANAGE = (
    *(f"auth.{action}_{model}" for model in ("user", "group") for action in ("view", "add", "change")),
    # A reader may have written what nobody may keep.
    "pledges.delete_hint",
)

ROLES = {
    EDITOR: {*_LOOK, *_CODE},
    CHIEF_EDITOR: {*_LOOK, *_CODE, *_LEAD},
    ADMIN: {*_LOOK, *_CODE, *_LEAD, *_MANAGE},
}


@disable_auditlog()
def keep_roles(**_sent: object) -> None:
    """Give the groups the rights that they have by this list; others that an admin added stay.

    Django makes permissions only after a migration, so this runs then too (see `pledges.apps`).
    """
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    for name, wanted in ROLES.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.add(*(known[right] for right in wanted))
