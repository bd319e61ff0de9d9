-- The ledger: which data is true. Rows are added, never rewritten.
CREATE TABLE lake (
    id      TEXT NOT NULL,                 -- one lake, one id: part of every cache key
    kind    TEXT NOT NULL CHECK (kind IN ('demo', 'real')),
    format  INTEGER NOT NULL,
    created TEXT NOT NULL
);
CREATE TABLE imports (
    id          INTEGER PRIMARY KEY,
    time        TEXT NOT NULL,
    who         TEXT NOT NULL,
    system_user TEXT NOT NULL,
    why         TEXT NOT NULL,
    file_name   TEXT NOT NULL,
    file_hash   TEXT NOT NULL,             -- SHA-256 of the file as it was sent
    kept        TEXT NOT NULL,             -- path under uploads/, empty when no file was kept
    kept_hash   TEXT NOT NULL,             -- SHA-256 of the kept file: another where personal data is blank in it
    mapping     TEXT NOT NULL,             -- the mapping that was used as JSON, empty without
    rows        INTEGER NOT NULL
);
CREATE TABLE files (
    path        TEXT PRIMARY KEY,          -- relative to the lake, with forward slashes
    import_id   INTEGER NOT NULL REFERENCES imports (id),
    table_name  TEXT NOT NULL,
    rows        INTEGER NOT NULL,
    bytes       INTEGER NOT NULL,
    first_month TEXT NOT NULL,
    last_month  TEXT NOT NULL
);
-- Which cell each stored value came from: the letter of its column, by the sheet and part of its row.
CREATE TABLE layouts (
    import_id  INTEGER NOT NULL REFERENCES imports (id),
    table_name TEXT NOT NULL,
    sheet      TEXT NOT NULL,
    part       INTEGER NOT NULL,
    columns    TEXT NOT NULL,              -- [[column, letter, factor], …] as JSON
    PRIMARY KEY (import_id, table_name, sheet, part)
);
CREATE TABLE submissions (
    table_name TEXT NOT NULL,
    owner      TEXT NOT NULL,
    month      TEXT NOT NULL,
    import_id  INTEGER NOT NULL REFERENCES imports (id),
    PRIMARY KEY (table_name, owner, month, import_id)
) WITHOUT ROWID;
-- Submissions that more than one import carries: only these can be superseded, so only these are looked at.
CREATE TABLE contested (
    table_name TEXT NOT NULL,
    owner      TEXT NOT NULL,
    month      TEXT NOT NULL,
    PRIMARY KEY (table_name, owner, month)
) WITHOUT ROWID;
CREATE TABLE events (
    id        INTEGER PRIMARY KEY,
    time      TEXT NOT NULL,
    kind      TEXT NOT NULL CHECK (kind IN ('commit', 'undo', 'redo', 'freeze', 'thaw', 'compact')),
    import_id INTEGER REFERENCES imports (id),
    who       TEXT NOT NULL,
    why       TEXT NOT NULL
);
CREATE TABLE freezes (
    event INTEGER PRIMARY KEY REFERENCES events (id),
    name  TEXT NOT NULL,
    first TEXT NOT NULL,                   -- the first and the last month, as 2023-07
    last  TEXT NOT NULL
);
CREATE TABLE thaws (
    event    INTEGER PRIMARY KEY REFERENCES events (id),
    of_event INTEGER NOT NULL UNIQUE REFERENCES freezes (event)
);
-- Files with the rows of several data files, which stay: read in their place from the event on, where all are live.
CREATE TABLE packs (
    path       TEXT PRIMARY KEY,           -- relative to the lake, with forward slashes
    event      INTEGER NOT NULL REFERENCES events (id),
    table_name TEXT NOT NULL,
    rows       INTEGER NOT NULL
);
CREATE TABLE packed (
    pack TEXT NOT NULL REFERENCES packs (path),
    file TEXT NOT NULL REFERENCES files (path),
    PRIMARY KEY (pack, file)
) WITHOUT ROWID;
