-- The gateways that share the store, each with its last sign of life, and whose relay a node is connected to (NULL for none).

CREATE TABLE gateways (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  roles TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL
);

ALTER TABLE nodes ADD COLUMN gateway TEXT;
