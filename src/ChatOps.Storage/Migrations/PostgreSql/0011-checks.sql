-- Where checks stand, what is silenced, and what was found. Bodies are JSON.

CREATE TABLE check_states (
  check_name TEXT COLLATE "C" NOT NULL,
  target TEXT COLLATE "C" NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (check_name, target)
);

CREATE TABLE check_silences (
  check_name TEXT COLLATE "C" NOT NULL,
  target TEXT COLLATE "C" NOT NULL,
  until BIGINT NOT NULL,
  silenced_by TEXT COLLATE "C" NOT NULL,
  reason TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (check_name, target)
);

CREATE TABLE findings (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  is_open BIGINT NOT NULL,
  body TEXT COLLATE "C" NOT NULL
);

CREATE INDEX findings_open ON findings (is_open, id);
