"""Moving to another database, with the very commands of docs/deploy.md."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import call_command

from pledges.models import Coding, Rendering, Statement
from pledges.roles import CHIEF_EDITOR
from tests.people import person, signed_in
from tests.pledges.judging import give_verdict
from tests.rows import wipe
from tests.shelves import HOUSING

pytestmark = pytest.mark.django_db

PAGE = (settings.BASE_DIR / "docs" / "deploy.md").read_text(encoding="utf-8")
[(DUMP, FILE)] = re.findall(r"^wortlaut (dumpdata [^`]+?) --output (\S+)$", PAGE, re.MULTILINE)
[LOAD] = re.findall(r"^wortlaut shell <<'END'\n(.+?)^END$", PAGE, re.MULTILINE | re.DOTALL)


def dump(file: Path) -> list[dict[str, Any]]:
    """Write the file as the page says; return its rows in an order of their own."""
    call_command(*shlex.split(DUMP.replace("\\\n", "")), output=str(file), verbosity=0)
    rows: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    for row in rows:
        row["fields"] = {name: _plain(value) for name, value in row["fields"].items()}
    return sorted(rows, key=lambda row: (row["model"], str(row["pk"])))


def _plain(value: Any) -> Any:
    """What refers to others in an order of its own, and a whole second as one however it came to be."""
    if isinstance(value, str):
        # Fixtures hold milliseconds: one in a thousand times is "12.000Z" at first and "12Z" ever after.
        return value.removesuffix(".000Z") + "Z" if value.endswith(".000Z") else value
    return sorted(value) if isinstance(value, list) else value


def test_what_the_page_on_deploying_says_moves_all_that_editors_did(musterstadt_loaded, tmp_path):
    editor = signed_in(person("anna", CHIEF_EDITOR))
    Group.objects.create(name="Gäste").user_set.add(User.objects.get(username="anna"))
    give_verdict(editor, Rendering.objects.earliest("pk"), "distorted", note_de="Überschrift")
    statement = Statement.objects.get(text=HOUSING)
    held = Coding.objects.filter(statement=statement).latest("pk")
    topics = {"main_topic": statement.ordered_topics[0].pk}
    coded = {"aussage": statement.pk, "kind": "record", "seen": held.pk, **topics}
    editor.post("/admin/pledges/statement/queue/", coded)
    before = dump(tmp_path / "before.json")

    wipe()
    for model in (User, Group, LogEntry):
        model.objects.all().delete()
    call_command("shell", command=LOAD.replace(FILE, str(tmp_path / "before.json")), verbosity=0)

    assert dump(tmp_path / "after.json") == before
    assert {"auditlog.logentry", "auth.user", "pledges.rendering"} <= {row["model"] for row in before}
    assert Coding.objects.get(previous=held).editor == User.objects.get(username="anna")
