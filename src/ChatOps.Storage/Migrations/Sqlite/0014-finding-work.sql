-- What is done about findings, how far runbook notes are trusted, and what their runs have shown. Bodies are JSON.

CREATE TABLE finding_responses (
  finding_id TEXT NOT NULL PRIMARY KEY,
  is_open BIGINT NOT NULL,
  asked_at BIGINT,
  body TEXT NOT NULL
);

CREATE INDEX finding_responses_open ON finding_responses (is_open, finding_id);
CREATE INDEX finding_responses_asked ON finding_responses (asked_at);

CREATE TABLE runbook_records (
  name TEXT NOT NULL PRIMARY KEY,
  body TEXT NOT NULL
);

CREATE TABLE runbook_runs (
  invocation_id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  is_open BIGINT NOT NULL,
  at BIGINT NOT NULL,
  body TEXT NOT NULL
);

CREATE INDEX runbook_runs_open ON runbook_runs (is_open, at);
CREATE INDEX runbook_runs_name ON runbook_runs (name, at);
