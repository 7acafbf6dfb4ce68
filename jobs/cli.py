"""The command line: one parser function a command, one place where errors become exit codes.

Results go to stdout and files; progress, logs and messages to stderr.
"""

import argparse
import datetime as dt
import importlib
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NoReturn

from sagstjek import __version__
from sagstjek.conditions import as_date
from sagstjek.errors import ExitCode, InputError, SagstjekError, nearest
from sagstjek.logs import set_up

Arguments = argparse.Namespace
_SUBPARSERS = argparse._SubParsersAction  # noqa: SLF001 - argparse names it no other way


class _Parser(argparse.ArgumentParser):
    """Says the nearest known option, and exits with our own code."""

    def error(self, message: str) -> NoReturn:
        met = re.fullmatch(r"unrecognized arguments: (--[a-z-]+)\b.*", message)
        hint = nearest(met[1], self._option_string_actions) if met else ""
        sys.stderr.write(f"{self.prog}: {message}{hint}\n{self.prog}: see `{self.prog} --help`\n")
        raise SystemExit(ExitCode.WRONG_INPUT)

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: Arguments | None = None
    ) -> tuple[Arguments, list[str]]:
        """Let the command itself refuse what it does not know: it knows its own options."""
        known, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return known, unknown


def _day(text: str) -> dt.date:
    day = as_date(text)
    if day is None:
        raise argparse.ArgumentTypeError(f"'{text}' is not a date like 2026-11-25 or 25-11-2026")
    return day


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number of at least 1")
    return int(text)


def _amount(text: str) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = -1.0
    if not 0 <= value < 1e9:
        raise argparse.ArgumentTypeError(f"'{text}' is not an amount like 0.35")
    return value


def _audit(commands: "_SUBPARSERS[_Parser]") -> None:
    command = commands.add_parser(
        "audit",
        help="read every document, say what is missing, write lists and report",
        description="Reads the documents of an export folder, holds them against the rules for each employment of the "
        "roster, and writes documents.csv, gaps.csv, gaps.xlsx, report.html and run.json. Started again, it goes on "
        "where it stopped. Exit code 0, or 2 when some documents could not be read.",
    )
    command.add_argument(
        "export", metavar="EXPORT", help="export folder with index.csv and files/, or its fsspec address"
    )
    command.add_argument("--roster", required=True, type=Path, metavar="R", help="list of employments, CSV or XLSX")
    command.add_argument("--rules", type=Path, metavar="Y", help="requirements, YAML; default: the shipped set")
    command.add_argument("--out", type=Path, default=Path("audit"), metavar="A", help="audit folder (default: audit)")
    command.add_argument("--cluster", default="local", metavar="local|ADDRESS", help="where the work is done")
    command.add_argument("--workers", type=_count, metavar="N", help="local processes (default: one a core)")
    command.add_argument("--reading", choices=("quick", "full"), help="as little as settles it, or every page")
    command.add_argument("--as-of", type=_day, metavar="DATE", help="cut-off date (default: today)")
    command.add_argument("--model", type=Path, metavar="M", help="a model file made by `sagstjek train`")
    command.add_argument("--plan", type=Path, metavar="P", help="hold this plan of `sagstjek plan` against the run")
    _with_settings(command)
    command.set_defaults(run="jobs.audit")


def _plan(commands: "_SUBPARSERS[_Parser]") -> None:
    command = commands.add_parser(
        "plan",
        help="core-hours, wall time, cost and review work of an audit, from a sample",
        description="Reads a stratified sample of an export as the audit would, and says what the whole will take, "
        "each figure with a 95 %% interval. Changes nothing; the export is only read.",
    )
    command.add_argument("export", metavar="EXPORT", help="export folder, or its fsspec address")
    command.add_argument("--roster", type=Path, metavar="R", help="list of employments; without it nobody is known")
    command.add_argument("--sample", type=_count, default=400, metavar="N", help="documents to read (default: 400)")
    command.add_argument(
        "--machines",
        default="4x1,16x1,16x10",
        metavar="LIST",
        help="CORESxMACHINES, comma between (default: 4x1,16x1,16x10)",
    )
    command.add_argument("--price", type=_amount, metavar="KR", help="kroner a core-hour; tells what it costs")
    command.add_argument("--out", type=Path, metavar="FILE", help="write the plan, for `sagstjek audit --plan FILE`")
    command.add_argument("--workers", type=_count, metavar="N", help="local processes (default: one a core)")
    command.add_argument("--reading", choices=("quick", "full"), help="as little as settles it, or every page")
    command.add_argument("--model", type=Path, metavar="M", help="a model file made by `sagstjek train`")
    command.add_argument("--seed", type=int, default=1, metavar="S", help="same seed, same sample (default: 1)")
    _with_settings(command)
    command.set_defaults(run="jobs.plan")


def _gaps(commands: "_SUBPARSERS[_Parser]") -> None:
    command = commands.add_parser("gaps", help="the gap list again, from the ledger, after new rules")
    _concluding(command)
    command.set_defaults(run="jobs.gaps")


def _report(commands: "_SUBPARSERS[_Parser]") -> None:
    command = commands.add_parser("report", help="the director's report again, from the ledger")
    _concluding(command)
    command.set_defaults(run="jobs.report_command")


def _concluding(command: argparse.ArgumentParser) -> None:
    command.add_argument("audit", type=Path, metavar="A", help="audit folder")
    command.add_argument("--rules", type=Path, metavar="Y", help="other requirements than those of the audit")
    command.add_argument("--as-of", type=_day, metavar="DATE", help="another cut-off date than that of the audit")
    _with_settings(command)


def _sample(commands: "_SUBPARSERS[_Parser]") -> None:
    command = commands.add_parser("sample", help="a realistic synthetic export, roster and truth, in all formats")
    command.add_argument("out", type=Path, metavar="OUT", help="folder to write; must not exist or be empty")
    command.add_argument("--employees", type=_count, default=60, metavar="N", help="employments (default: 60)")
    command.add_argument("--seed", type=int, default=1, metavar="S", help="same seed, same files (default: 1)")
    command.add_argument(
        "--templates",
        choices=("unseen", "train", "all"),
        default="unseen",
        help="which templates the documents come from: those that training has not seen (default), or others",
    )
    command.set_defaults(run="jobs.sample")


def _train(commands: "_SUBPARSERS[_Parser]") -> None:
    command = commands.add_parser("train", help="a model from the synthetic corpus, or from labelled documents")
    command.add_argument("--out", type=Path, metavar="M", help="model file (default: the shipped one is replaced)")
    command.add_argument("--export", metavar="EXPORT", help="also learn from the labelled documents of this export")
    command.add_argument("--labels", type=Path, metavar="L", help="labels of EXPORT, CSV")
    command.add_argument("--from-decisions", type=Path, metavar="A", help="learn from this audit's decisions alone")
    command.add_argument("--employees", type=_count, default=400, metavar="N", help="size of the rendered corpus")
    command.add_argument("--seed", type=int, default=1000, metavar="S")
    command.add_argument("--work", type=Path, metavar="W", help="keep and reuse what was read, in this folder")
    _with_settings(command)
    command.set_defaults(run="jobs.train")


def _adapt(commands: "_SUBPARSERS[_Parser]") -> None:
    command = commands.add_parser(
        "adapt",
        help="fit the model to this archive, from titles and people's decisions, and decide again",
        description="Learns from decisions and from titles that the text agrees with, writes A/model.sagstjek, "
        "decides every part again without reading, and writes lists and report anew. With --ask it writes a workbook "
        "of the parts whose decision teaches most; with --answers it reads that workbook first.",
    )
    command.add_argument("audit", type=Path, metavar="A", help="audit folder")
    command.add_argument("--ask", type=_count, metavar="N", help="write N parts to decide, and change nothing")
    command.add_argument("--to", type=Path, metavar="XLSX", help="workbook to write (default: A/decisions.xlsx)")
    command.add_argument("--answers", type=Path, metavar="XLSX", help="workbook with decisions")
    command.add_argument("--model", type=Path, metavar="M", help="the model to begin from (default: the shipped one)")
    _with_settings(command)
    command.set_defaults(run="jobs.adapt")


def _evaluate(commands: "_SUBPARSERS[_Parser]") -> None:
    command = commands.add_parser("evaluate", help="an audit held against the truth: parts, persons, gaps")
    command.add_argument("audit", type=Path, metavar="A", help="audit folder")
    command.add_argument("--truth", required=True, type=Path, metavar="T", help="folder with parts.csv")
    command.add_argument("--errors", type=Path, metavar="CSV", help="write every wrong part to this file")
    command.add_argument("--page", type=Path, metavar="HTML", help="write the figures, explained, as a page")
    command.add_argument("--markdown", type=Path, metavar="MD", help="write the same as Markdown, for the docs")
    command.set_defaults(run="jobs.evaluate")


def _sample_check(commands: "_SUBPARSERS[_Parser]") -> None:
    command = commands.add_parser(
        "sample-check",
        help="a random sample for people to check; with --answers, how often the machine errs",
        description="Draws a stratified random sample of what was accepted, of what was not found, and of what waits "
        "for review, into a workbook to answer in. With --answers it reads that workbook, prints error rates with "
        "95 %% intervals, and writes them into the report.",
    )
    command.add_argument("audit", type=Path, metavar="A", help="audit folder")
    command.add_argument("--n", type=_count, default=200, metavar="N", help="rows to check (default: 200)")
    command.add_argument("--seed", type=int, default=1, metavar="S", help="same seed, same sample (default: 1)")
    command.add_argument("--out", type=Path, metavar="XLSX", help="workbook to write (default: A/check.xlsx)")
    command.add_argument("--export", metavar="EXPORT", help="export folder on this disk: rows get links to its files")
    command.add_argument("--answers", type=Path, metavar="XLSX", help="read the answers in this workbook instead")
    _with_settings(command)
    command.set_defaults(run="jobs.sample_check")


def _pull(commands: "_SUBPARSERS[_Parser]") -> None:
    command = commands.add_parser(
        "pull",
        help="the cases of everybody on a roster, out of a records system into an export folder",
        description="Reads the personnel cases of everybody on the roster and writes an export folder that `audit` "
        "reads. What could not be read stands in not_pulled.csv with its reason. Started again, it goes on where it "
        "was. Exit code 0, or 2 when something could not be read. Changes nothing in the system.",
    )
    _with_source(command, "--source")
    command.add_argument("--roster", required=True, type=Path, metavar="R", help="list of employments, CSV or XLSX")
    command.add_argument("--out", required=True, type=Path, metavar="EXPORT", help="export folder to write")
    command.add_argument(
        "--all-cases", action="store_true", help="take every open case of a person, also more than employments"
    )
    command.add_argument("--verbose", action="store_true", help="log calls that fail, on stderr")
    command.set_defaults(run="jobs.pull")


def _probe(commands: "_SUBPARSERS[_Parser]") -> None:
    command = commands.add_parser("probe", help="what an installation of a records system can do; reads only")
    _with_source(command, "source")
    command.add_argument("--openapi", metavar="PATH", help="where its own description (OpenAPI) lies")
    command.add_argument("--verbose", action="store_true", help="log calls that fail, on stderr")
    command.set_defaults(run="jobs.probe")


def _with_source(command: argparse.ArgumentParser, name: str) -> None:
    what = "SYSTEM+https://HOST?setting=value, folder:///PATH, or FILE.toml"
    if name.startswith("--"):
        command.add_argument(name, required=True, metavar="SOURCE", help=what)
    else:
        command.add_argument(name, metavar="SOURCE", help=what)
    command.add_argument("--record", type=Path, metavar="FOLDER", help="keep redacted exchanges in this folder")


def _doctor(commands: "_SUBPARSERS[_Parser]") -> None:
    command = commands.add_parser("doctor", help="checks programs, languages, packages, rights and cluster")
    command.add_argument("audit", nargs="?", type=Path, metavar="A", help="also check this audit folder's ledger")
    command.add_argument("--cluster", metavar="ADDRESS", help="also check the machines of this cluster")
    _with_settings(command)
    command.set_defaults(run="jobs.doctor")


def _settings(commands: "_SUBPARSERS[_Parser]") -> None:
    command = commands.add_parser("settings", help="the effective settings, and where each comes from")
    _with_settings(command)
    command.set_defaults(run="jobs.settings_command")


def _with_settings(command: argparse.ArgumentParser) -> None:
    command.add_argument("--settings", type=Path, metavar="TOML", help="settings file (default: sagstjek.toml)")
    command.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="one setting; may be repeated"
    )
    command.add_argument("--language", choices=("da", "en"), help="language of what people see (default: da)")
    command.add_argument("--verbose", action="store_true", help="log what is done, on stderr")


_COMMANDS: Final[tuple[Callable[["_SUBPARSERS[_Parser]"], None], ...]] = (
    _audit,
    _plan,
    _gaps,
    _report,
    _sample,
    _train,
    _adapt,
    _evaluate,
    _sample_check,
    _pull,
    _probe,
    _doctor,
    _settings,
)


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = _Parser(
        prog="sagstjek",
        description="Audits the personnel files of Danish public employers.",
        epilog="Exit codes: 0 done, 1 wrong input, 2 done but some documents unreadable, 3 a program is missing, "
        "4 a system or disk does not answer, 5 cluster, 15 a bug of ours, 130 stopped by you.",
    )
    parser.add_argument("--version", action="version", version=f"sagstjek {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    for add in _COMMANDS:
        add(commands)
    return parser


def _check_command(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:
    """Say the nearest command when the first word is none."""
    known = [action for action in parser._actions if action.dest == "command"][0].choices or {}  # noqa: SLF001, RUF015
    first = next((word for word in words if not word.startswith("-")), "")
    if first and first not in known:
        raise InputError(f"unknown command '{first}'{nearest(first, known)}; see `sagstjek --help`")


def main(words: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    words = sys.argv[1:] if words is None else words
    os.umask(0o077)  # whatever we write is for us alone
    try:
        parser = make_parser()
        _check_command(parser, words)
        arguments = parser.parse_args(words)
        if not arguments.command:
            parser.print_help()
            return ExitCode.WRONG_INPUT
        set_up(verbose=getattr(arguments, "verbose", False))
        run: Callable[[Arguments], int] = importlib.import_module(arguments.run).run
        code = int(run(arguments))
        sys.stdout.flush()
        return code  # noqa: TRY300 - an else would part it from its flush
    except SystemExit as stop:
        return int(stop.code or 0)
    except SagstjekError as error:
        sys.stderr.write(f"sagstjek: {error}\n")
        return error.exit_code
    except KeyboardInterrupt:
        sys.stderr.write("sagstjek: stopped. Started again, the same command goes on where it was.\n")
        return ExitCode.INTERRUPTED
    except BrokenPipeError:  # who read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE
    except OSError as error:
        sys.stderr.write(
            f"sagstjek: a file or disk does not do what is asked of it: {error.strerror or type(error).__name__} "
            f"({_place(error)}). Check space and rights, and start the same command again; what was kept is kept.\n"
        )
        return ExitCode.CONNECTOR
    except Exception as error:  # noqa: BLE001 - a traceback could show a personal word
        sys.stderr.write(
            f"sagstjek: a bug of ours ({_place(error)}). Nothing that was kept is lost; please report it.\n"
        )
        return ExitCode.BUG


def _place(error: Exception) -> str:
    """Return the kind of an error and the place in our code, without its text."""
    trace, place = error.__traceback__, ""
    while trace is not None:
        code = trace.tb_frame.f_code
        name = Path(code.co_filename)
        if name.parent.name in {
            "jobs",
            "pipeline",
            "models",
            "connectors",
            "records",
            "sagstjek",
            "read",
            "report",
            "corpus",
            "ocr",
        }:
            place = f" in {name.parent.name}/{name.name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__}{place}"
