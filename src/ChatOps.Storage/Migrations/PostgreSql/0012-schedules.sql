-- What runs when, and every run of it. A run's id is its schedule and its nominal time: there is one a tick, whoever counts.

CREATE TABLE schedules (
  name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  definition TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  reason TEXT COLLATE "C",
  created_at BIGINT NOT NULL,
  next_at BIGINT,
  failures BIGINT NOT NULL
);

CREATE INDEX schedules_due ON schedules (next_at) WHERE next_at IS NOT NULL AND state = 'active';

CREATE TABLE schedule_runs (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  schedule TEXT COLLATE "C" NOT NULL,
  nominal BIGINT NOT NULL,
  reason TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  not_before BIGINT NOT NULL,
  attempt BIGINT NOT NULL,
  holder TEXT COLLATE "C",
  lease_until BIGINT,
  started_at BIGINT,
  finished_at BIGINT,
  summary TEXT COLLATE "C",
  audit_id TEXT COLLATE "C",
  waits_for TEXT COLLATE "C",
  stop_asked BIGINT NOT NULL
);

CREATE UNIQUE INDEX schedule_runs_tick ON schedule_runs (schedule, nominal);
CREATE INDEX schedule_runs_open ON schedule_runs (state, schedule, not_before) WHERE state IN ('queued', 'running', 'waiting');
CREATE INDEX schedule_runs_waiting ON schedule_runs (waits_for) WHERE waits_for IS NOT NULL;
CREATE INDEX schedule_runs_ended ON schedule_runs (finished_at) WHERE finished_at IS NOT NULL;
