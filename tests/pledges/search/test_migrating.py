"""The index survives that Django remakes its tables, which drops every trigger on SQLite."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

# In a database of its own: remaking a table isn't possible inside of a test's transaction.
PROGRAM = """
import sys
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
from django.db import connection, models
from pledges.models import SearchRow, Statement
from pledges.shelf import load_shelf
from tests.shelves import musterstadt

def triggers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE name LIKE 'search_follows_%'")
        return cursor.fetchone()[0]

def remake(model, name):
    old = model._meta.get_field(name)
    new = models.CharField(max_length=120)
    new.set_attributes_from_name(name)
    with connection.schema_editor() as editor:
        editor.alter_field(model, old, new)

call_command("migrate", verbosity=0)
load_shelf(musterstadt().write(Path(sys.argv[1])), lambda text: None)
print(triggers(), Statement.objects.containing("Wohnungen").count())
remake(SearchRow, "rules")
print(triggers())
call_command("migrate", verbosity=0)
print(triggers(), Statement.objects.containing("Wohnungen").count())
SearchRow.objects.filter(tokens__contains="=wohnungen").update(tokens="=nilpferd")
print(Statement.objects.containing("Wohnungen").count(), Statement.objects.containing("Nilpferd").count())
"""


def test_it_is_whole_after_its_table_was_remade(tmp_path: Path) -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "TEST_DATABASE_URL": f"sqlite:///{tmp_path}/database.sqlite3",
    }
    (tmp_path / "shelf").mkdir()
    command = [sys.executable, "-c", PROGRAM, str(tmp_path / "shelf")]

    printed = subprocess.check_output(command, cwd=settings.BASE_DIR, env=environment, text=True)

    before, remade, migrated, after = printed.splitlines()
    found = before.split()[1]
    assert int(found) > 1
    assert before == f"3 {found}"
    assert remade == "0"
    assert migrated == before
    assert after == f"0 {found}"
