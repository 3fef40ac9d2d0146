-- Incidents. Bodies are JSON; what happened in them is in the record.

CREATE TABLE incidents (
  id TEXT NOT NULL PRIMARY KEY,
  is_open BIGINT NOT NULL,
  opened_at BIGINT NOT NULL,
  body TEXT NOT NULL
);

CREATE INDEX incidents_open ON incidents (is_open, opened_at);
