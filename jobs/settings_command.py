"""`sagstjek settings`: the effective settings and where each comes from."""

from argparse import Namespace

from jobs.options import settings_of


def run(arguments: Namespace) -> int:
    """Print one line a setting: name, value, origin."""
    _, origins = settings_of(arguments)
    width = max(len(origin.name) for origin in origins)
    for origin in origins:
        print(f"{origin.name:{width}}  {origin.value:14}  {origin.origin}")
    return 0
