"""Rounds as a pandas DataFrame, for notebooks.

In: a database and the filters of ``tracker list``. Out: one row a round, with dtypes that
keep money exact: amounts ``Int64``, dates ``datetime64``, currencies and stages ``category``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

_MONEY = ("amount", "valuation", "total_raised")
_CATEGORIES = ("currency", "valuation_currency", "total_raised_currency")
_TEXTS = ("company", "stage_raw", "description")


def rounds(db: str | None = None, **filters: Any) -> pd.DataFrame:
    """The matching rounds. `db`: path or URL, else TRACKER_DB or the default database.

    Filters are those of `make_filter`: ``since="30d"``, ``stage=["seed"]``,
    ``min_amount="50억"`` …. `investors` and `sources` hold lists of dicts; `lead_investors`
    a list of names.
    """
    import pandas as pd

    from tracker.parsing.stages import STAGES
    from tracker.query.filters import make_filter
    from tracker.query.listing import list_rounds
    from tracker.settings import load_settings
    from tracker.store import open_store

    asked = make_filter(**filters)
    columns: dict[str, list[Any]] = {name: [] for name in _columns()}
    with (
        open_store(load_settings(db).db, read_only=True) as store,
        store.reading() as connection,
    ):
        for row in list_rounds(connection, asked):
            for name, values in columns.items():
                if name == "investors":
                    values.append([{"name": i.name, "lead": i.lead} for i in row.investors])
                elif name == "lead_investors":
                    values.append([i.name for i in row.investors if i.lead])
                elif name == "sources":
                    values.append(
                        [
                            {
                                "newsletter": s.newsletter,
                                "issue": s.issue,
                                "date": s.date,
                                "brief": s.brief,
                            }
                            for s in row.sources
                        ]
                    )
                else:
                    values.append(getattr(row, name))
    frame = pd.DataFrame({name: pd.Series(v, dtype="object") for name, v in columns.items()})
    types: dict[str, Any] = {
        "id": "Int64",
        "extension": "boolean",
        "confidence": "Float64",
        "stage": pd.CategoricalDtype(list(STAGES), ordered=True),
        **dict.fromkeys(_MONEY, "Int64"),
        **dict.fromkeys(_CATEGORIES, "category"),
        **dict.fromkeys(_TEXTS, "string"),
    }
    frame = frame.astype(types)
    frame["announced_on"] = pd.to_datetime(frame["announced_on"]).astype("datetime64[s]")
    return frame


def _columns() -> tuple[str, ...]:
    from dataclasses import fields

    from tracker.records import RoundRow

    names = [f.name for f in fields(RoundRow) if f.name != "sectors"]
    names.insert(names.index("investors") + 1, "lead_investors")
    return tuple(names)
