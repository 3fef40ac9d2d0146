-- What a model and its tools said in a turn, step by step, and where the memory of a conversation begins.

CREATE TABLE turn_steps (
  inbox_id TEXT COLLATE "C" NOT NULL,
  number BIGINT NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  json TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (inbox_id, number)
);

CREATE FUNCTION inbox_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM turn_steps WHERE inbox_id = OLD.id;
  RETURN OLD;
END $$;

CREATE TRIGGER inbox_steps AFTER DELETE ON inbox FOR EACH ROW EXECUTE FUNCTION inbox_steps();

-- The inbox id of the newest /new: what is older is not remembered.
ALTER TABLE conversations ADD COLUMN memory_from TEXT COLLATE "C";

-- The outside text that the turn of an invocation had read.
ALTER TABLE invocations ADD COLUMN tainted_by TEXT COLLATE "C";
