-- Members of the fleet, and the tokens that let machines join it.

CREATE TABLE nodes (
  name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  key TEXT COLLATE "C" NOT NULL UNIQUE,
  labels TEXT COLLATE "C" NOT NULL,
  drained BIGINT NOT NULL,
  quarantined BIGINT NOT NULL,
  alert TEXT COLLATE "C",
  generation BIGINT NOT NULL,
  offered BIGINT NOT NULL,
  version TEXT COLLATE "C" NOT NULL,
  facts TEXT COLLATE "C" NOT NULL,
  joined_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  revision BIGINT NOT NULL
);

CREATE TABLE join_tokens (
  hash TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  labels TEXT COLLATE "C" NOT NULL,
  created_by TEXT COLLATE "C" NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
