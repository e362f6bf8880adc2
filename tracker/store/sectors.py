"""The sectors of a company, as each report of it tells them.

They hang on the report, so that a company has the sectors of all its reports, whichever letter
came first and whoever it is merged with; nothing has to be brought up to date.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index
from sqlmodel import Field

from tracker.store.tables import METADATA, TrackerTable
from tracker.store.types import ID


class ReportSector(TrackerTable, table=True):
    """A sector (a code of the taxonomy) that a report's text puts the company in."""

    __tablename__ = "report_sector"
    __table_args__ = (Index("ix_report_sector_sector", "sector", "report_id"),)

    report_id: int = Field(
        sa_column=Column(
            ID, ForeignKey("report.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
        )
    )
    sector: str = Field(primary_key=True)


REPORT_SECTOR = METADATA.tables["report_sector"]
