-- What the older part of a conversation came to, once it is too long for a model; the conversation itself stays as it is.

CREATE TABLE conversation_digests (
  conversation_id TEXT PRIMARY KEY,
  through_id TEXT NOT NULL,
  text TEXT NOT NULL,
  model TEXT,
  at BIGINT NOT NULL
) WITHOUT ROWID;
