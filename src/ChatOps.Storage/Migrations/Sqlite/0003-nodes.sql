-- Members of the fleet, and the tokens that let machines join it.

CREATE TABLE nodes (
  name TEXT NOT NULL PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  labels TEXT NOT NULL,
  drained BIGINT NOT NULL,
  quarantined BIGINT NOT NULL,
  alert TEXT,
  generation BIGINT NOT NULL,
  offered BIGINT NOT NULL,
  version TEXT NOT NULL,
  facts TEXT NOT NULL,
  joined_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  revision BIGINT NOT NULL
);

CREATE TABLE join_tokens (
  hash TEXT NOT NULL PRIMARY KEY,
  labels TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
