"""A database that answers or says in plain words why not: SQLite in a file of our own, or PostgreSQL."""

import contextlib
import fcntl
import os
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar

from sqlalchemy import URL, Connection, Engine, Executable, Row, Select, Table, create_engine, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from sagstjek.errors import ConnectorError, InputError, ProgramError

Values = Mapping[str, str | bytes | int | float | bool | None]
Record: TypeAlias = Row[*tuple[Any, ...]]
"""A row as SQLAlchemy gives it: its columns have the types of the query."""
Query: TypeAlias = Select[*tuple[Any, ...]]
_Answer = TypeVar("_Answer")
_PATIENCE: Final = 30
"""Seconds to wait for another program that writes."""
_ADVISORY: Final = 7_246_784_535
"""Number of our advisory lock in PostgreSQL; any number that nobody else uses."""
_ADVICE: Final = (
    # SQLite's result codes, then PostgreSQL's SQLSTATE classes
    ("SQLITE_FULL", "the disk is full. Free space and start again; nothing that was kept is lost."),
    ("SQLITE_IOERR", "the disk failed or is full. Check it and start again; nothing that was kept is lost."),
    ("SQLITE_BUSY", "another program is writing to it. Close that and start again."),
    ("SQLITE_LOCKED", "another program is writing to it. Close that and start again."),
    ("SQLITE_READONLY", "it may not be written to. Check the rights of file and folder."),
    ("SQLITE_CANTOPEN", "it cannot be opened. Check that the folder is there and may be written to."),
    ("SQLITE_CORRUPT", "the file is damaged. Restore it from a copy, or audit into a new folder."),
    ("SQLITE_NOTADB", "the file is not a ledger. Name another audit folder."),
    ("08", "the database server does not answer. Check that it runs, and the address."),
    ("28", "the database server refuses the user. Check user and password."),
    ("3D", "there is no such database. Create it (`createdb`), or check the name."),
    ("42501", "the user lacks rights. Let it create tables in the database."),
    ("53", "the database server is out of room. Free space or connections and start again."),
    ("55P03", "another program is writing to it. Close that and start again."),
    ("25006", "the database may not be written to. Name the primary server."),
    ("57", "the database server was stopped. Start again when it runs."),
)


class Database:
    """Runs work in transactions: all of it is kept, or nothing.

    Args:
        address: path of a SQLite file, made readable by us alone when it is not there; or a database URL.
        exclusive: refuse to open while another process has it open exclusively.

    Raises:
        ConnectorError: it cannot be opened, or is taken.
        InputError: the URL is none.
        ProgramError: the driver is not installed.
    """

    def __init__(self, address: str | Path, *, exclusive: bool) -> None:
        self._locks = contextlib.ExitStack()
        self._file = None if "://" in str(address) else Path(address)
        self.name = str(address) if self._file else _shown(str(address))
        self._engine = _file_engine(self._file) if self._file else _server_engine(str(address))
        if exclusive:
            self._take()

    def run(self, work: Callable[[Connection], _Answer]) -> _Answer:
        """Return what `work` returns, its writes kept together.

        Raises:
            ConnectorError: the database failed; nothing of this work was kept. Its own words, which can hold
                personal data, are dropped.
        """
        try:
            with self._engine.begin() as connection:
                return work(connection)
        except (SQLAlchemyError, sqlite3.Error) as error:
            advice = _advice(error)
        raise ConnectorError(f"{self.name}: {advice}")

    def rows(self, query: Query) -> Sequence[Record]:
        """Return all rows of a query. Raises as `run` does."""
        return self.run(lambda connection: connection.execute(query).all())

    def text(self, query: Query) -> str | None:
        """Return the text in the first row of a query, None when there is no row. Raises as `run` does."""
        rows = self.rows(query)
        return str(rows[0][0]) if rows else None

    def upsert(self, connection: Connection, table: Table, rows: Sequence[Values]) -> None:
        """Write rows, in place of those with the same primary key."""
        if rows:
            connection.execute(_upsert(table, connection.dialect.name), rows)

    def close(self) -> None:
        """Let go of connections and lock."""
        self._engine.dispose()
        self._locks.close()

    def _take(self) -> None:
        taken = _lock_file(self._file, self._locks) if self._file else self.run(self._lock_server)
        if not taken:
            self.close()
            raise ConnectorError(
                f"{self.name}: another audit is working on this ledger. Wait for it, or name another folder."
            )

    def _lock_server(self, _: Connection) -> bool:
        """Hold a connection of our own that keeps the advisory lock as long as we live."""
        holder = self._locks.enter_context(self._engine.connect().execution_options(isolation_level="AUTOCOMMIT"))
        holder.detach()  # closed for good when we close, never given back to the pool with its lock
        return bool(holder.scalar(text("SELECT pg_try_advisory_lock(:number)"), {"number": _ADVISORY}))


@cache
def _upsert(table: Table, dialect: str) -> Executable:
    insert = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    keys = [column.name for column in table.primary_key]
    new = {column.name: insert.excluded[column.name] for column in table.columns if column.name not in keys}
    return insert.on_conflict_do_update(index_elements=keys, set_=new)


def _shown(address: str) -> str:
    try:
        return make_url(address).set(query={}).render_as_string(hide_password=True)
    except ArgumentError:
        pass
    raise InputError("the address of the ledger is not a database URL. Write postgresql://USER@HOST/DATABASE.")


def _file_engine(path: Path) -> Engine:
    try:
        # Only made here, never opened: closing a file that SQLite has open would drop its locks.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        pass
    except OSError as error:
        advice = "Check that the folder is there and may be written to."
        raise ConnectorError(f"{path}: the ledger cannot be made ({error.strerror}). {advice}") from None
    engine = create_engine(
        URL.create("sqlite", database=str(path)), hide_parameters=True, connect_args={"timeout": _PATIENCE}
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _server_engine(address: str) -> Engine:
    url = make_url(address)
    if url.get_backend_name() != "postgresql":
        raise InputError("the ledger is a path or a postgresql:// address. Other databases are not supported.")
    try:
        return create_engine(url.set(drivername="postgresql+psycopg"), hide_parameters=True)
    except ImportError:
        pass
    raise ProgramError("the driver of PostgreSQL is not installed. Run: pip install 'psycopg[binary]'")


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    """Readers and the writer do not wait for each other; transactions begin where we say, tables included."""
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _lock_file(path: Path, locks: contextlib.ExitStack) -> bool:
    """Return whether we got the lock beside the file; it goes with the process, however that ends."""
    handle = os.open(f"{path}.lock", os.O_CREAT | os.O_RDWR, 0o600)
    locks.callback(os.close, handle)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _advice(error: Exception) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = str(getattr(cause, "sqlite_errorname", "") or getattr(cause, "sqlstate", "") or "")
    for known, advice in _ADVICE:
        if code.startswith(known):
            return advice
    if not code and not isinstance(cause, sqlite3.Error):
        return "the database server does not answer. Check that it runs, and the address."
    return f"the database refused the work ({code}). Start again; if it happens again, report it with this code."
