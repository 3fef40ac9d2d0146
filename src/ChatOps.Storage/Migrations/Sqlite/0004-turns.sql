-- What a model and its tools said in a turn, step by step, and where the memory of a conversation begins.

CREATE TABLE turn_steps (
  inbox_id TEXT NOT NULL,
  number BIGINT NOT NULL,
  kind TEXT NOT NULL,
  json TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (inbox_id, number)
) WITHOUT ROWID;

CREATE TRIGGER inbox_steps AFTER DELETE ON inbox
BEGIN DELETE FROM turn_steps WHERE inbox_id = OLD.id; END;

-- The inbox id of the newest /new: what is older is not remembered.
ALTER TABLE conversations ADD COLUMN memory_from TEXT;

-- The outside text that the turn of an invocation had read.
ALTER TABLE invocations ADD COLUMN tainted_by TEXT;
