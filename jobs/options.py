"""What several commands do with what they are given."""

import sys
from argparse import Namespace

from sagstjek.errors import SettingsError
from sagstjek.people import Roster
from sagstjek.rules import Rules, check_fields, check_values
from sagstjek.settings import Origin, Settings, load_settings


def settings_of(arguments: Namespace) -> tuple[Settings, tuple[Origin, ...]]:
    """Return the effective settings of a command line, and their origins.

    Raises:
        SettingsError: an option, the file or the environment holds an unknown name or impossible value.
    """
    options: dict[str, object] = {}
    for pair in arguments.set:
        name, equals, value = pair.partition("=")
        if not equals:
            raise SettingsError(f"--set {pair}: must be like --set ocr_dpi=200")
        options[name.strip()] = value.strip()
    for name in ("language", "reading"):  # options of their own
        options[name] = getattr(arguments, name, None) or options.get(name)
    return load_settings(arguments.settings, options=options)


def tell_of_fields(rules: Rules, roster: Roster | None) -> None:
    """Say on stderr where rules ask the roster for a column or for values that it does not have."""
    if roster is not None:
        for warning in (*check_fields(rules, roster.columns), *check_values(rules, roster.employments)):
            sys.stderr.write(f"sagstjek: {warning}\n")
