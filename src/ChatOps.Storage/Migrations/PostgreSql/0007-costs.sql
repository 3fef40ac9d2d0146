-- What requests to models cost, and by how much budgets were raised for a day. Money in millionths of a US dollar.

CREATE TABLE model_usage (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  principal TEXT COLLATE "C" NOT NULL,
  conversation_id TEXT COLLATE "C" NOT NULL,
  schedule TEXT COLLATE "C",
  model TEXT COLLATE "C" NOT NULL,
  model_id TEXT COLLATE "C",
  day TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL,
  input BIGINT NOT NULL,
  cached BIGINT NOT NULL,
  output BIGINT NOT NULL,
  cost BIGINT NOT NULL,
  estimate BIGINT NOT NULL,
  priced BIGINT NOT NULL
);

CREATE INDEX model_usage_day ON model_usage (day, principal, cost);
CREATE INDEX model_usage_conversation ON model_usage (day, conversation_id, cost);
CREATE INDEX model_usage_at ON model_usage (at);

CREATE TABLE budget_raises (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  day TEXT COLLATE "C" NOT NULL,
  scope TEXT COLLATE "C" NOT NULL,
  subject TEXT COLLATE "C" NOT NULL,
  amount BIGINT NOT NULL,
  raised_by TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL
);

CREATE INDEX budget_raises_day ON budget_raises (day, scope, subject);
