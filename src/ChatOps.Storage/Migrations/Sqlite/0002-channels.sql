-- What chat platforms need: the context of a message, private answers, doubtful sends, small values of channels, who and what is let in.

-- Group, anchor and files as JSON; null for none.
ALTER TABLE inbox ADD COLUMN context TEXT;

ALTER TABLE messages ADD COLUMN private_to TEXT;

-- 1 when an earlier try may have arrived.
ALTER TABLE outbox ADD COLUMN doubtful BIGINT NOT NULL DEFAULT 0;

CREATE TABLE channel_state (
  channel TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  expires_at BIGINT,
  PRIMARY KEY (channel, key)
);
CREATE INDEX channel_state_expiry ON channel_state (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE pairings (
  actor_channel TEXT NOT NULL,
  actor_tenant TEXT NOT NULL,
  actor_user TEXT NOT NULL,
  actor_name TEXT,
  code TEXT NOT NULL UNIQUE,
  conversation_id TEXT NOT NULL,
  inbox_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  denied BIGINT NOT NULL,
  cards TEXT NOT NULL,
  PRIMARY KEY (actor_channel, actor_tenant, actor_user)
);
CREATE INDEX pairings_expiry ON pairings (expires_at);

CREATE TABLE chat_groups (
  channel TEXT NOT NULL,
  chat TEXT NOT NULL,
  name TEXT NOT NULL,
  admitted BIGINT NOT NULL,
  decided_by TEXT,
  at BIGINT NOT NULL,
  PRIMARY KEY (channel, chat)
);

CREATE TABLE principal_places (
  principal TEXT NOT NULL PRIMARY KEY,
  conversation_id TEXT NOT NULL,
  at BIGINT NOT NULL
);
