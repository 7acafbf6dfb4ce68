"""`sagstjek sample`: a realistic synthetic export, roster and truth."""

import sys
from argparse import Namespace

from models.corpus.archive import write_archive
from sagstjek.errors import ConnectorError, InputError


def run(arguments: Namespace) -> int:
    """Write the sample and say where it lies."""
    out = arguments.out
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        raise InputError(f"{out}: is not an empty folder. Name a new one, so that nothing of yours is overwritten.")
    try:
        counts = write_archive(out, employees=arguments.employees, seed=arguments.seed, side=arguments.templates)
    except OSError as error:
        raise ConnectorError(f"{out}: cannot be written ({error.strerror}). Name another folder.") from None
    sys.stderr.write(f"sagstjek: wrote {counts.documents} documents of {counts.employments} employments to {out}\n")
    print(out)
    return 0
