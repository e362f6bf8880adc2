"""The database: tables, engine, and the writer of one issue.

In: settled records. Out: rows that stay. Importing this package imports SQLModel.
"""

from tracker.store import job_tables  # noqa: F401 - so that every table is known
from tracker.store.engine import Store, open_store
from tracker.store.schema import SCHEMA_VERSION
from tracker.store.writer import IssueWriter

__all__ = ["SCHEMA_VERSION", "IssueWriter", "Store", "open_store"]
