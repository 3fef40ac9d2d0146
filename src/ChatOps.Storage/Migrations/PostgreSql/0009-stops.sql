-- Who asked to stop what: an invocation, or everything that the turn on a message does. In the store before anything is stopped, so that a crash in between changes nothing.

CREATE TABLE stops (
  subject TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  stopped_by TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL
);
