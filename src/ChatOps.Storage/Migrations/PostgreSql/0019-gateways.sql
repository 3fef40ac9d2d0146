-- The gateways that share the store, each with its last sign of life, and whose relay a node is connected to (NULL for none).

CREATE TABLE gateways (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  name TEXT COLLATE "C" NOT NULL,
  version TEXT COLLATE "C" NOT NULL,
  roles TEXT COLLATE "C" NOT NULL,
  started_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL
);

ALTER TABLE nodes ADD COLUMN gateway TEXT COLLATE "C";
