-- What chat platforms need: the context of a message, private answers, doubtful sends, small values of channels, who and what is let in.

-- Group, anchor and files as JSON; null for none.
ALTER TABLE inbox ADD COLUMN context TEXT COLLATE "C";

ALTER TABLE messages ADD COLUMN private_to TEXT COLLATE "C";

-- 1 when an earlier try may have arrived.
ALTER TABLE outbox ADD COLUMN doubtful BIGINT NOT NULL DEFAULT 0;

CREATE TABLE channel_state (
  channel TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C" NOT NULL,
  value TEXT COLLATE "C" NOT NULL,
  expires_at BIGINT,
  PRIMARY KEY (channel, key)
);
CREATE INDEX channel_state_expiry ON channel_state (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE pairings (
  actor_channel TEXT COLLATE "C" NOT NULL,
  actor_tenant TEXT COLLATE "C" NOT NULL,
  actor_user TEXT COLLATE "C" NOT NULL,
  actor_name TEXT COLLATE "C",
  code TEXT COLLATE "C" NOT NULL UNIQUE,
  conversation_id TEXT COLLATE "C" NOT NULL,
  inbox_id TEXT COLLATE "C" NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  denied BIGINT NOT NULL,
  cards TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (actor_channel, actor_tenant, actor_user)
);
CREATE INDEX pairings_expiry ON pairings (expires_at);

CREATE TABLE chat_groups (
  channel TEXT COLLATE "C" NOT NULL,
  chat TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  admitted BIGINT NOT NULL,
  decided_by TEXT COLLATE "C",
  at BIGINT NOT NULL,
  PRIMARY KEY (channel, chat)
);

CREATE TABLE principal_places (
  principal TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  conversation_id TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL
);
