-- Where checks stand, what they found, what became of it, and how far runbook notes are trusted. Bodies are JSON.

CREATE TABLE check_states (
  check_name TEXT NOT NULL,
  target TEXT NOT NULL,
  body TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (check_name, target)
);

CREATE TABLE check_silences (
  check_name TEXT NOT NULL,
  target TEXT NOT NULL,
  until BIGINT NOT NULL,
  silenced_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (check_name, target)
);

CREATE TABLE findings (
  id TEXT NOT NULL PRIMARY KEY,
  incident_id TEXT,
  is_open BIGINT NOT NULL,
  asked_at BIGINT,
  body TEXT NOT NULL
);

CREATE INDEX findings_open ON findings (is_open, id);
CREATE INDEX findings_incident ON findings (incident_id, id);
CREATE INDEX findings_asked ON findings (asked_at);

CREATE TABLE incidents (
  id TEXT NOT NULL PRIMARY KEY,
  title TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  resolved_at BIGINT,
  resolved_by TEXT,
  report TEXT
);

CREATE INDEX incidents_resolved ON incidents (resolved_at, id);

CREATE TABLE incident_entries (
  id TEXT NOT NULL PRIMARY KEY,
  incident_id TEXT NOT NULL,
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  who TEXT NOT NULL,
  body TEXT NOT NULL,
  audit_id TEXT
);

CREATE INDEX incident_entries_incident ON incident_entries (incident_id, id);

CREATE TABLE runbook_records (
  name TEXT NOT NULL PRIMARY KEY,
  body TEXT NOT NULL
);
