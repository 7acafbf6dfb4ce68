"""Settings from the options that commands share."""

from argparse import Namespace

from sagstjek.errors import SettingsError
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
    options["language"] = arguments.language
    options["reading"] = getattr(arguments, "reading", None) or options.get("reading")
    return load_settings(arguments.settings, options=options)
