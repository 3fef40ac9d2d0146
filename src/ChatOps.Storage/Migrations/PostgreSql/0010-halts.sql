-- What is halted, by whom, and who lifted it. Read in every transaction that lets something begin.

CREATE TABLE halts (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  selector TEXT COLLATE "C" NOT NULL,
  halted_by TEXT COLLATE "C" NOT NULL,
  reason TEXT COLLATE "C",
  at BIGINT NOT NULL,
  lifted_by TEXT COLLATE "C",
  lifted_at BIGINT
);

CREATE INDEX halts_open ON halts (at) WHERE lifted_at IS NULL;
