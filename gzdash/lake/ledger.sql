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
    file_hash   TEXT NOT NULL,
    kept        TEXT NOT NULL,             -- path under uploads/, empty when no file was kept
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
    kind      TEXT NOT NULL CHECK (kind IN ('commit', 'undo', 'redo', 'freeze', 'compact')),
    import_id INTEGER REFERENCES imports (id),
    who       TEXT NOT NULL,
    why       TEXT NOT NULL
);
