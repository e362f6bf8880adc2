"""The ordinary questions of an investor, as options of `tracker list` and as hand-written SQL.

The SQL gives the same rounds with their investors and sources, in one statement through the bare
driver: the best we know for each engine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, event

from tracker.query import make_filter
from tracker.query.listing import list_rounds
from tracker.records import RoundRow
from tracker.store.letters import letters

LIMIT = 200
"""As many as a table shows."""

_ROUND = """r.id, c.name, r.amount, r.currency, r.stage, r.stage_raw, r.extension, r.valuation,
    r.valuation_currency, r.total_raised, r.total_raised_currency, r.announced_on, r.confidence"""
_WITH = {
    "sqlite": """
        (SELECT json_group_array(json_array(name, lead)) FROM (
            SELECT i.name, max(p.lead) AS lead FROM participation p
            JOIN investor i ON i.id = p.investor_id WHERE p.round_id = r.id
            GROUP BY i.id ORDER BY min(p.position))),
        (SELECT json_group_array(json_array(n.name, s.number, s.title, s.issued_on, b.text))
            FROM report o JOIN brief b ON b.id = o.brief_id JOIN issue s ON s.id = b.issue_id
            LEFT JOIN newsletter n ON n.id = s.newsletter_id WHERE o.round_id = r.id)""",
    "postgresql": """
        (SELECT json_agg(json_build_array(name, lead) ORDER BY place) FROM (
            SELECT i.name, bool_or(p.lead) AS lead, min(p.position) AS place FROM participation p
            JOIN investor i ON i.id = p.investor_id WHERE p.round_id = r.id
            GROUP BY i.id) AS x),
        (SELECT json_agg(json_build_array(n.name, s.number, s.title, s.issued_on, b.text))
            FROM report o JOIN brief b ON b.id = o.brief_id JOIN issue s ON s.id = b.issue_id
            LEFT JOIN newsletter n ON n.id = s.newsletter_id WHERE o.round_id = r.id)""",
}
_LATEST = "ORDER BY r.announced_on DESC NULLS LAST, r.id DESC LIMIT"
_NAMED = {
    "sqlite": """(SELECT {owner} FROM {alias} WHERE id IN
        (SELECT rowid FROM {alias}_fts WHERE {alias}_fts MATCH '"' || :letters || '"')
        AND instr(key, :part))""",
    "postgresql": """(SELECT {owner} FROM {alias}
        WHERE sought LIKE '%%' || :letters || '%%' AND strpos(key, :part) > 0)""",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question: `where` may use {companies} and {investors}, the parties with `part`."""

    name: str
    options: Mapping[str, Any]
    where: str
    limit: int = LIMIT
    values: Mapping[str, Any] | None = None
    part: str | None = None

    def ask(self, connection: Connection) -> list[RoundRow]:
        """Through the program."""
        return list(list_rounds(connection, make_filter(limit=self.limit, **self.options)))

    def by_hand(self, connection: Connection) -> Callable[[], Sequence[Any]]:
        """Through the bare driver: the statement ready to be run."""
        engine = connection.dialect.name
        named = _NAMED[engine]
        where = self.where.format(
            companies=named.format(owner="company_id", alias="company_alias"),
            investors=named.format(owner="investor_id", alias="investor_alias"),
        )
        # First which rounds, then what belongs to them: else SQLite gathers that for all of them.
        sql = (
            f"WITH picked AS (SELECT r.* FROM round r WHERE {where} {_LATEST} {self.limit})"
            f" SELECT {_ROUND}, {_WITH[engine]} FROM picked r JOIN company c ON c.id = r.company_id"
            f" {_LATEST} {self.limit}"
        )
        values = dict(self.values or {})
        if self.part:
            values |= {"part": self.part, "letters": letters(self.part)}
        driver: Any = connection.connection.driver_connection
        if engine == "postgresql":
            for name in values:
                sql = sql.replace(f":{name}", f"%({name})s")
        else:
            sql = sql.replace("%%", "%")

        def run() -> Sequence[Any]:
            return driver.execute(sql, values).fetchall()

        return run


def questions(connection: Connection) -> list[Question]:
    """The questions, about names that this archive holds."""

    def name(table: str, where: str) -> str:
        found = connection.exec_driver_sql(f"SELECT name FROM {table} WHERE {where} LIMIT 1")
        return str(found.scalar_one())

    company = name("company", "name LIKE '__바이오' AND id > 100")[:3]
    short = name("company", "name LIKE '__' AND id > 200 AND name >= '가'")
    latin = name("company", "name LIKE '%%Robotics' AND id > 50").split()[0].lower()[:5]
    backed = "r.id IN (SELECT round_id FROM participation WHERE investor_id IN {investors})"
    big, rare = name("investor", "id = 3"), name("investor", "id = 29")
    from tracker.parsing.names import name_key

    def of_company(label: str, part: str) -> Question:
        return Question(
            f"company by part, {label}", {"company": part}, "r.company_id IN {companies}", part=part
        )

    def of_investor(label: str, part: str) -> Question:
        return Question(f"investor, {label}", {"investor": part}, backed, part=name_key(part))

    return [
        Question("latest 20", {}, "true", 20),
        Question(
            "series A since",
            {"stage": "series_a", "since": "2026-01-01"},
            "r.stage = 'series_a' AND r.announced_on >= :since",
            values={"since": "2026-01-01"},
        ),
        of_investor("everywhere", big),
        of_investor("rare", rare),
        Question(
            "over $30M",
            {"min_amount": "$30M"},
            "r.currency = 'USD' AND r.amount >= 30000000",
        ),
        Question(
            "a sector",
            {"sector": "robotics"},
            "r.company_id IN (SELECT o.company_id FROM report o JOIN report_sector s"
            " ON s.report_id = o.id WHERE s.sector = 'robotics')",
        ),
        Question(
            "all but a sector, seed",
            {"sector": "!robotics", "stage": "seed"},
            "r.stage = 'seed' AND r.company_id NOT IN (SELECT o.company_id FROM report o"
            " JOIN report_sector s ON s.report_id = o.id WHERE s.sector = 'robotics')",
        ),
        Question(
            "an investor's country",
            {"country": "SG"},
            "r.id IN (SELECT p.round_id FROM participation p JOIN investor i"
            " ON i.id = p.investor_id WHERE i.country = 'SG')",
        ),
        Question("sure ones", {"min_confidence": 0.9}, "r.confidence >= 0.9"),
        of_company("Hangul", company),
        of_company("two syllables", short),
        of_company("Latin", latin),
    ]


BIG = ("round", "participation", "report", "brief", "issue", "company", "company_alias",
       "investor_alias", "mention", "report_sector")  # fmt: skip


def scans(connection: Connection, work: Callable[[], object]) -> list[str]:
    """Which large tables the statements that `work` runs are reading from end to end."""
    ran: list[tuple[str, Any]] = []

    def note(_c: Any, _cur: Any, statement: str, values: Any, _ctx: Any, _many: bool) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            ran.append((statement, values))

    event.listen(connection.engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(connection.engine, "before_cursor_execute", note)
    assert ran
    explain = _SCANS[connection.dialect.name]
    return [scan for statement, values in ran for scan in explain(connection, statement, values)]


def _sqlite_scans(connection: Connection, statement: str, values: Any) -> list[str]:
    plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
    found = []
    for row in plan:
        words = row[-1].split()
        if words[0] == "SCAN" and words[1] in BIG and "VIRTUAL" not in words:
            # Walking down the newest rounds until there are enough of them is no scan.
            if "ix_round_newest" not in words or "LIMIT" not in statement:
                found.append(row[-1])
    return found


def _postgresql_scans(connection: Connection, statement: str, values: Any) -> list[str]:
    plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values).scalar_one()

    def walk(node: Any) -> list[str]:
        below = [scan for child in node.get("Plans", ()) for scan in walk(child)]
        if node["Node Type"] == "Seq Scan" and node["Relation Name"] in BIG:
            return [f"Seq Scan on {node['Relation Name']}", *below]
        return below

    return walk(plan[0]["Plan"])


_SCANS: Mapping[str, Callable[[Connection, str, Any], list[str]]] = {
    "sqlite": _sqlite_scans,
    "postgresql": _postgresql_scans,
}
