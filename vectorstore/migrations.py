"""The catalog's tables, as numbered migrations."""

from __future__ import annotations

import sqlite3

import numpy as np

from vectorstore.parts import quantised

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE papers (
        id TEXT PRIMARY KEY,
        source_path TEXT NOT NULL,
        title TEXT NOT NULL,
        year INTEGER,
        venue TEXT,
        abstract TEXT,
        authors TEXT NOT NULL,
        affiliations TEXT NOT NULL,
        keywords TEXT NOT NULL,
        found TEXT NOT NULL,
        source TEXT NOT NULL
    );
    CREATE INDEX papers_by_path ON papers(source_path);
    CREATE TABLE elements (
        paper_id TEXT NOT NULL REFERENCES papers(id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        kind TEXT NOT NULL,
        section TEXT NOT NULL,
        spans TEXT NOT NULL,
        PRIMARY KEY (paper_id, position)
    ) WITHOUT ROWID;
    CREATE TABLE passages (
        id TEXT PRIMARY KEY,
        paper_id TEXT NOT NULL REFERENCES papers(id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        text TEXT NOT NULL,
        section TEXT NOT NULL,
        spans TEXT NOT NULL,
        kind TEXT NOT NULL,
        pages TEXT,
        context TEXT NOT NULL
    );
    CREATE INDEX passages_by_paper ON passages(paper_id, position);
    CREATE TABLE vectors (
        passage_id TEXT PRIMARY KEY REFERENCES passages(id) ON DELETE CASCADE,
        passage BLOB NOT NULL,
        sentences BLOB NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE model (record TEXT NOT NULL);
    CREATE TABLE unsettled (one INTEGER PRIMARY KEY CHECK (one = 1));
    """,
    """
    CREATE TABLE checksums (file TEXT PRIMARY KEY, crc INTEGER NOT NULL) WITHOUT ROWID;
    INSERT OR IGNORE INTO unsettled SELECT 1 FROM model;
    """,
    """
    CREATE TABLE paper_vectors (
        paper_id TEXT PRIMARY KEY REFERENCES papers(id) ON DELETE CASCADE,
        vectors BLOB NOT NULL
    );
    CREATE TABLE part_vectors (
        passage_id TEXT PRIMARY KEY REFERENCES passages(id) ON DELETE CASCADE,
        vectors BLOB NOT NULL
    );
    INSERT INTO paper_vectors
        SELECT paper_id, joined(position, passage) FROM passages
        JOIN vectors ON passage_id = id GROUP BY paper_id;
    INSERT INTO part_vectors
        SELECT passage_id, quantised(sentences, length(passage)) FROM vectors;
    DROP TABLE vectors;
    INSERT OR IGNORE INTO unsettled SELECT 1 FROM model;
    """,
    """
    ALTER TABLE papers ADD COLUMN doi TEXT;
    ALTER TABLE papers ADD COLUMN language TEXT;
    ALTER TABLE passages ADD COLUMN page_labels TEXT;
    CREATE TABLE layouts (
        paper_id TEXT PRIMARY KEY REFERENCES papers(id) ON DELETE CASCADE,
        pages TEXT NOT NULL,
        words BLOB NOT NULL
    );
    """,
    """
    CREATE TABLE claims (
        paper_id TEXT PRIMARY KEY REFERENCES papers(id) ON DELETE CASCADE,
        claims TEXT NOT NULL
    );
    INSERT INTO claims SELECT id, (
        SELECT json_group_array(json_array(key, json(CASE key
            WHEN 'authors' THEN authors
            WHEN 'affiliations' THEN affiliations
            WHEN 'keywords' THEN keywords
            WHEN 'year' THEN json_quote(year)
            WHEN 'title' THEN json_quote(title)
            WHEN 'venue' THEN json_quote(venue)
            WHEN 'doi' THEN json_quote(doi)
            WHEN 'language' THEN json_quote(language)
            WHEN 'abstract' THEN json_quote(abstract)
        END), value)) FROM json_each(found)
    ) FROM papers;
    CREATE TABLE reports (
        paper_id TEXT PRIMARY KEY REFERENCES papers(id) ON DELETE CASCADE,
        report TEXT NOT NULL
    );
    CREATE TABLE sketches (
        key INTEGER PRIMARY KEY,
        paper_id TEXT NOT NULL UNIQUE REFERENCES papers(id) ON DELETE CASCADE,
        size INTEGER NOT NULL,
        title TEXT NOT NULL
    );
    CREATE INDEX sketches_by_title ON sketches(title);
    CREATE TABLE shingles (
        hash INTEGER NOT NULL,
        sketch INTEGER NOT NULL REFERENCES sketches(key) ON DELETE CASCADE,
        PRIMARY KEY (hash, sketch)
    ) WITHOUT ROWID;
    CREATE INDEX shingles_by_sketch ON shingles(sketch);
    CREATE INDEX papers_by_doi ON papers(lower(doi));
    """,
)
"""Numbered by position, append-only; ``PRAGMA user_version`` says how many have run.

``paper_vectors`` has the float32 vectors of a paper's passages, in their order;
``part_vectors`` the int8 vectors of a passage's parts; ``layouts`` the pages of a file, and
where on them its words stand; ``claims`` all that is said of a paper, corrections by hand
included; ``reports`` how well its file could be read; ``sketches`` and ``shingles`` what tells
that two papers are alike. Papers of older catalogs have no report and no sketch until they are
added again.
"""


def migrate(database: sqlite3.Connection) -> bool:
    """Bring a catalog up to date, each migration whole or not at all.

    Args:
        database: The catalog.

    Returns:
        Whether that can be done: false where a newer program made it.
    """
    version = database.execute("PRAGMA user_version").fetchone()[0]
    database.create_function("quantised", 2, _quantised, deterministic=True)
    database.create_aggregate("joined", 2, _Joined)  # type: ignore[arg-type]
    for number, script in enumerate(MIGRATIONS[version:], version + 1):
        database.executescript(f"BEGIN; {script} PRAGMA user_version = {number}; COMMIT;")
    return bool(version <= len(MIGRATIONS))


def _quantised(vectors: bytes, row_bytes: int) -> bytes:
    """Rows of float32 as rows of int8."""
    return quantised(np.frombuffer(vectors, np.float32).reshape(-1, row_bytes // 4)).tobytes()


class _Joined:
    """Blobs in the order of their positions, as one."""

    def __init__(self) -> None:
        self._blobs: list[tuple[int, bytes]] = []

    def step(self, position: int, blob: bytes) -> None:
        self._blobs.append((position, blob))

    def finalize(self) -> bytes:
        return b"".join(blob for _, blob in sorted(self._blobs))
