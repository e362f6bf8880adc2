"""The database: tables, engine, and the writer of one issue.

In: settled records. Out: rows that stay. Importing this package imports SQLModel.
"""

# Every module that has tables: whoever asks for the metadata shall find all of them.
from tracker.store import job_tables as _job_tables
from tracker.store import sectors as _sectors
from tracker.store import watches as _watches
from tracker.store.engine import Store, open_store
from tracker.store.schema import SCHEMA_VERSION
from tracker.store.writer import IssueWriter

__all__ = ["SCHEMA_VERSION", "IssueWriter", "Store", "open_store"]
del _job_tables, _sectors, _watches
