"""The catalog's tables about papers: what is said of them, how well they were read, sketches."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ingest.document import Claim
from ingest.sketch import title_key, title_sketch
from ingest.types import Element, HealthReport, ParsedPaper
from vectorstore import rows

_COMMON = 25
"""What stands in more papers than that, such as a licence, does not make two of them alike."""


class Shared(NamedTuple):
    """A paper that shares hashes of its sketch, how many, and how many it has."""

    paper_id: str
    shared: int
    size: int


class Descriptions:
    """The tables ``claims``, ``reports``, ``sketches`` and ``shingles`` of a catalog.

    Args:
        database: The catalog.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database

    def write(self, parsed: ParsedPaper) -> None:
        """Insert what is known about a paper whose row is there."""
        paper_id, title = parsed.paper.id, parsed.paper.title
        self.write_claims(paper_id, parsed.claims)
        if parsed.report:
            report = rows.report_row(parsed.report)
            self._db.execute("INSERT INTO reports VALUES (?,?)", (paper_id, report))
        key = self._db.execute(
            "INSERT INTO sketches (paper_id, size, title) VALUES (?,?,?)",
            (paper_id, len(parsed.sketch), title_key(title)),
        ).lastrowid
        self._db.executemany(
            "INSERT INTO shingles VALUES (?,?)",
            [(number, key) for number in (*parsed.sketch, *title_sketch(title))],
        )

    def write_claims(self, paper_id: str, claims: Iterable[Claim]) -> None:
        """Put the claims about a paper in place of those that are there."""
        self._db.execute(
            "INSERT OR REPLACE INTO claims VALUES (?,?)", (paper_id, rows.claims_row(claims))
        )

    def claims(self, paper_id: str) -> tuple[Claim, ...]:
        """All that is said of a paper."""
        found = self._db.execute("SELECT claims FROM claims WHERE paper_id = ?", (paper_id,))
        return next((rows.claims(row[0]) for row in found), ())

    def elements(self, paper_id: str) -> tuple[Element, ...]:
        """The elements of a paper, in reading order."""
        found = self._db.execute(
            "SELECT kind, section, spans FROM elements WHERE paper_id = ? ORDER BY position",
            (paper_id,),
        )
        return tuple(map(rows.element, found))

    def report(self, paper_id: str) -> HealthReport | None:
        """How well a paper's file could be read; None where an older version added it."""
        found = self._db.execute("SELECT report FROM reports WHERE paper_id = ?", (paper_id,))
        return next((rows.report(row[0]) for row in found), None)

    def sketch(self, paper_id: str, title: str) -> tuple[int, ...]:
        """The sketch of a paper's text, without the hashes of its title."""
        found = self._db.execute(
            "SELECT hash FROM shingles JOIN sketches ON key = sketch WHERE paper_id = ?",
            (paper_id,),
        )
        return tuple(sorted({number for (number,) in found}.difference(title_sketch(title))))

    def sharing(self, sketch: Sequence[int], least: int) -> list[Shared]:
        """The papers that share at least so many hashes of a sketch, the most first."""
        found = self._db.execute(
            "SELECT paper_id, count(*) AS shared, size FROM json_each(?) AS asked "
            "CROSS JOIN shingles ON hash = asked.value "
            "CROSS JOIN sketches ON sketches.key = sketch "
            "WHERE (SELECT count(*) FROM (SELECT 1 FROM shingles AS every "
            "WHERE every.hash = asked.value LIMIT ?)) <= ? "
            "GROUP BY paper_id HAVING shared >= ? ORDER BY shared DESC, paper_id",
            (json.dumps(sketch), _COMMON + 1, _COMMON, least),
        )
        return [Shared(*row) for row in found]

    def of_title(self, title: str) -> list[str]:
        """The ids of the papers of a title, as titles are compared."""
        found = self._db.execute(
            "SELECT paper_id FROM sketches WHERE title = ? ORDER BY paper_id", (title_key(title),)
        )
        return [paper_id for (paper_id,) in found]

    def of_doi(self, doi: str) -> list[str]:
        """The ids of the papers of a DOI."""
        found = self._db.execute(
            "SELECT id FROM papers WHERE lower(doi) = ? ORDER BY id", (doi.lower(),)
        )
        return [paper_id for (paper_id,) in found]
