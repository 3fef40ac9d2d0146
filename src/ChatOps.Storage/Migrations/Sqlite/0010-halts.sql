-- What is halted, by whom, and who lifted it. Read in every transaction that lets something begin.

CREATE TABLE halts (
  id TEXT NOT NULL PRIMARY KEY,
  selector TEXT NOT NULL,
  halted_by TEXT NOT NULL,
  reason TEXT,
  at BIGINT NOT NULL,
  lifted_by TEXT,
  lifted_at BIGINT
);

CREATE INDEX halts_open ON halts (at) WHERE lifted_at IS NULL;
