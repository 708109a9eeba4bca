CREATE TABLE delivery (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL, side TEXT NOT NULL, person TEXT NOT NULL, received_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL, body ANY NOT NULL,
    visible_at INTEGER NOT NULL, receives INTEGER NOT NULL, size INTEGER NOT NULL,
    failing_since INTEGER, last_failure TEXT) STRICT;
CREATE INDEX delivery_visible ON delivery (visible_at, seq);
CREATE TABLE dead_letter (
    id TEXT PRIMARY KEY, side TEXT NOT NULL, person TEXT NOT NULL, received_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL, body ANY NOT NULL, reason TEXT NOT NULL, died_at INTEGER NOT NULL,
    failing_since INTEGER, last_failure TEXT) STRICT;
CREATE INDEX dead_letter_died ON dead_letter (died_at, id);
CREATE TABLE person (
    hash TEXT PRIMARY KEY, person TEXT, revision INTEGER NOT NULL, contact TEXT,
    erased_at INTEGER, entry TEXT NOT NULL) STRICT;
CREATE INDEX person_contact ON person (contact);
CREATE INDEX person_erased ON person (erased_at) WHERE erased_at IS NOT NULL;
CREATE TABLE pause (system TEXT PRIMARY KEY, until INTEGER NOT NULL) STRICT;
CREATE TABLE run_text (name TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE TABLE run_lease (holder TEXT NOT NULL, until INTEGER NOT NULL) STRICT;
INSERT INTO run_lease VALUES ('', 0);
CREATE TABLE hash_key (bytes BLOB NOT NULL) STRICT;
CREATE TABLE probe (beat INTEGER NOT NULL) STRICT;
INSERT INTO probe VALUES (0);
PRAGMA application_id = 1131627122;
INSERT INTO hash_key VALUES (x'5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a');
INSERT INTO delivery (id, side, person, received_at, attempts, body, visible_at, receives, size)
    VALUES ('3c7a', 'DIDOMI', 'mary@example.org', 1772352000000, 0, '{}', 1772352000000, 0, 2);
INSERT INTO dead_letter VALUES ('5e1d', 'DYNAMICS', 'grace@example.org', 1772352000000, 4, '{}', 'Dataverse answered 500',
    1772355600000, 1772352060000, 'Dataverse answered 500')
