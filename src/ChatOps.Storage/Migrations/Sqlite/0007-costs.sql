-- What requests to models cost, and by how much budgets were raised for a day. Money in millionths of a US dollar.

CREATE TABLE model_usage (
  id TEXT NOT NULL PRIMARY KEY,
  principal TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  schedule TEXT,
  model TEXT NOT NULL,
  model_id TEXT,
  day TEXT NOT NULL,
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
  id TEXT NOT NULL PRIMARY KEY,
  day TEXT NOT NULL,
  scope TEXT NOT NULL,
  subject TEXT NOT NULL,
  amount BIGINT NOT NULL,
  raised_by TEXT NOT NULL,
  at BIGINT NOT NULL
);

CREATE INDEX budget_raises_day ON budget_raises (day, scope, subject);
