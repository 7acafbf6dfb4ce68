"""The ledger's tables. Shapes lie in them as JSON; columns of their own only for what is searched or counted."""

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, LargeBinary, MetaData, String, Table, Text

FORMAT: Final = 2
"""Raised whenever these tables, or the shapes within them, change."""

METADATA: Final = MetaData()

SCHEMA: Final = Table("sagstjek_ledger", METADATA, Column("format", Integer, primary_key=True, autoincrement=False))

DOCUMENTS: Final = Table(
    "documents",
    METADATA,
    Column("document_id", Text, primary_key=True),
    Column("position", BigInteger, nullable=False),  # in the index, from 1
    Column("gone", Boolean, nullable=False),  # no longer in the index; its reading is kept
    Column("case_id", Text, nullable=False),
    Column("case_cpr", String(10)),
    Column("body", Text, nullable=False),
    Index("documents_in_order", "gone", "position"),
    Index("documents_by_case", "gone", "case_id", "position"),
)

READINGS: Final = Table(
    "readings",
    METADATA,
    Column("document_id", Text, primary_key=True),
    Column("content", String(64), nullable=False),  # SHA-256
    Column("version", Text, nullable=False),
    Column("context", String(64), nullable=False),  # digest of what it depended on beside the bytes
    Column("decided", String(64), nullable=False),  # digest of what its types and persons were decided with
    Column("stamp", Text, nullable=False),
    Column("parts", Integer, nullable=False),
    Column("unreadable", Integer, nullable=False),  # of the parts
    Column("pages", Integer, nullable=False),
    Column("pages_read", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("body", Text, nullable=False),
    Index("readings_by_decision", "decided"),
)

EVIDENCE: Final = Table(
    "evidence",
    METADATA,
    Column("document_id", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),  # of every part that has some
)

EMPLOYMENTS: Final = Table(
    "employments",
    METADATA,
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
)

FINDINGS: Final = Table(
    "findings",
    METADATA,
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("employment_id", Text, nullable=False),
    Column("body", Text, nullable=False),  # without the employment, which stands in its own table
)

RUNS: Final = Table(
    "runs",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("run_id", Text, nullable=False, unique=True),
    Column("body", Text, nullable=False),
)

CHECKS: Final = Table(
    "checks",
    METADATA,
    Column("sample", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),  # of the question
    Column("body", Text, nullable=False),  # question and answer
)

DECISIONS: Final = Table(
    "decisions",
    METADATA,
    Column("document_id", Text, primary_key=True),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
)

NOTES: Final = Table(
    "notes",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("body", Text, nullable=False),
)
