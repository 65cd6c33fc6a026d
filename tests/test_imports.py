"""Who may import whom (docs/ and the packages' own words say why), read from the imports themselves."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
# What a folder or module may not import, by the beginning of the name.
FORBIDDEN = {
    "sources": ("pledges", "programme_portal"),
    "pledges": ("sources.admin", "programme_portal"),
    "sources/reading": ("django", "sources.models", "sources.ingest", "sources.splitting"),
    "sources/splitting": ("django", "sources.models", "sources.ingest"),
    "sources/models.py": ("sources.ingest", "sources.reading", "sources.splitting"),
    "pledges/coding": ("django", "sources", "pledges.models", "pledges.views"),
    "pledges/search": ("django", "sources", "pledges.models", "pledges.views"),
    "pledges/models": ("pledges.views", "pledges.filters", "pledges.build", "pledges.shelf", "pledges.admin"),
    "pledges/views": (
        "pledges.build",
        "pledges.shelf",
        "pledges.machine",
        "sources.ingest",
        "sources.reading",
    ),
}
# Large, and needed for training, for files and tables in the admin, or for a search that finds nothing.
NOT_FOR_PAGES = {"PIL", "lxml", "openpyxl", "pypdfium2", "rapidfuzz", "scipy", "sklearn"}
BANNED_NAMES = {"utils.py", "helpers.py", "services.py", "signals.py"}


def imports(module: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: import by the whole name"
            names |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


@pytest.mark.parametrize("part", FORBIDDEN)
def test_each_part_imports_only_what_is_below_it(part: str) -> None:
    modules = [ROOT / part] if part.endswith(".py") else [*(ROOT / part).rglob("*.py")]
    wrong = {
        (str(module.relative_to(ROOT)), name)
        for module in modules
        for name in imports(module)
        if any(name == start or name.startswith(f"{start}.") for start in FORBIDDEN[part])
    }
    assert modules
    assert not wrong


def test_no_module_is_named_after_nothing() -> None:
    modules = [
        path for app in ("sources", "pledges", "programme_portal") for path in (ROOT / app).rglob("*.py")
    ]
    assert not [path for path in modules if path.name in BANNED_NAMES]


def test_a_web_worker_holds_nothing_large_that_pages_do_not_need() -> None:
    program = (
        "import sys, programme_portal.wsgi, programme_portal.urls; from django.contrib import admin;"
        "assert admin.site.urls; print(*sys.modules)"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    loaded = set(done.stdout.split())
    assert {"pledges.views.listing", "pledges.admin.uploads"} <= loaded
    assert not loaded & NOT_FOR_PAGES
