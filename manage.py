#!/usr/bin/env python
"""Wortlaut's command line: `manage.py help` lists the commands."""

import os
import sys

from django.core.management import execute_from_command_line
from environs import EnvValidationError


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme_portal.settings")
    try:
        execute_from_command_line(sys.argv)
    except EnvValidationError as error:
        sys.exit(refused_variables(error))


def refused_variables(error: EnvValidationError) -> str:
    """One line for each variable that the settings refuse; the values stay out, for they may be secret."""
    return "\n".join(
        f"Environment variable {name}: {' '.join(str(message) for message in messages)}"
        for name, messages in error.error_messages.items()
    )


if __name__ == "__main__":
    main()
