"""Flags before environment before defaults."""

from __future__ import annotations

import pytest

from tracker.settings import Settings, default_db, load_settings


@pytest.mark.parametrize(
    ("flag", "environ", "expected"),
    [
        ("a.db", {"TRACKER_DB": "b.db"}, Settings("a.db")),
        (None, {"TRACKER_DB": "b.db"}, Settings("b.db")),
        ("", {"TRACKER_DB": ""}, Settings(str(default_db()), db_is_default=True)),
        (None, {}, Settings(str(default_db()), db_is_default=True)),
    ],
)
def test_order(flag: str | None, environ: dict[str, str], expected: Settings) -> None:
    assert load_settings(flag, environ) == expected


def test_default_place_is_the_users_data_directory() -> None:
    assert default_db().parts[-2:] == ("startup-funding-tracker", "tracker.sqlite3")
