-- What the older part of a conversation came to, once it is too long for a model; the conversation itself stays as it is.

CREATE TABLE conversation_digests (
  conversation_id TEXT COLLATE "C" PRIMARY KEY,
  through_id TEXT COLLATE "C" NOT NULL,
  text TEXT COLLATE "C" NOT NULL,
  model TEXT COLLATE "C",
  at BIGINT NOT NULL
);
