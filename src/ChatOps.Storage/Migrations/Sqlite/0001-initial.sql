-- The first schema. Times are 100 ns since 1970 UTC; enums are words; lists and rich content are JSON.

CREATE TABLE conversations (
  id TEXT NOT NULL PRIMARY KEY,
  channel TEXT NOT NULL,
  owner TEXT,
  title TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  last_activity_at BIGINT NOT NULL
);
CREATE INDEX conversations_owned ON conversations (channel, owner) WHERE owner IS NOT NULL;

-- A row stays after its release: tokens rise for ever, so a late writer with an old one is always recognised.
CREATE TABLE conversation_leases (
  conversation_id TEXT NOT NULL PRIMARY KEY,
  holder TEXT NOT NULL,
  token BIGINT NOT NULL,
  until BIGINT NOT NULL
);

CREATE TABLE inbox (
  id TEXT NOT NULL PRIMARY KEY,
  platform_key TEXT NOT NULL UNIQUE,
  conversation_id TEXT NOT NULL,
  actor_channel TEXT NOT NULL,
  actor_tenant TEXT NOT NULL,
  actor_user TEXT NOT NULL,
  actor_name TEXT,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  state TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  waits_for TEXT,
  outcome TEXT
);
-- What is accepted goes to the end of one small index, so that a commit of many messages writes few pages; the index by conversation,
-- whose entries lie far apart, gets an item when its turn is over.
CREATE INDEX inbox_work ON inbox (id, conversation_id, state) WHERE state IN ('accepted', 'working');
CREATE INDEX inbox_history ON inbox (conversation_id, id) WHERE state IN ('suspended', 'done', 'failed', 'cancelled');
CREATE INDEX inbox_suspended ON inbox (waits_for) WHERE state = 'suspended';
CREATE INDEX inbox_settled ON inbox (received_at) WHERE state IN ('done', 'failed', 'cancelled');

CREATE TABLE messages (
  id TEXT NOT NULL PRIMARY KEY,
  conversation_id TEXT NOT NULL,
  inbox_id TEXT,
  content TEXT NOT NULL,
  platform_id TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX messages_conversation ON messages (conversation_id, id);
CREATE INDEX messages_inbox ON messages (inbox_id, id) WHERE inbox_id IS NOT NULL;

CREATE TABLE outbox (
  id TEXT NOT NULL PRIMARY KEY,
  conversation_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  operation TEXT NOT NULL,
  priority BIGINT NOT NULL,
  content TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  not_before BIGINT NOT NULL,
  error TEXT,
  created_at BIGINT NOT NULL
);
CREATE INDEX outbox_work ON outbox (conversation_id, priority, id) WHERE state IN ('pending', 'sending');
CREATE INDEX outbox_pending ON outbox (message_id, id) WHERE state = 'pending';
CREATE INDEX outbox_failed ON outbox (id) WHERE state = 'failed';
CREATE INDEX outbox_unknown ON outbox (id) WHERE state = 'unknown';
CREATE INDEX outbox_settled ON outbox (created_at) WHERE state IN ('sent', 'unknown', 'failed', 'superseded');

CREATE TABLE invocations (
  id TEXT NOT NULL PRIMARY KEY,
  idempotency_key TEXT,
  tool TEXT NOT NULL,
  arguments_json TEXT NOT NULL,
  plan_hash TEXT NOT NULL,
  targets TEXT NOT NULL,
  principal TEXT NOT NULL,
  actor_key TEXT NOT NULL,
  conversation_id TEXT,
  inbox_id TEXT,
  source TEXT NOT NULL,
  status TEXT NOT NULL,
  approval_id TEXT,
  holder TEXT,
  intent_audit_id TEXT,
  outcome_json TEXT,
  created_at BIGINT NOT NULL,
  finished_at BIGINT
);
CREATE UNIQUE INDEX invocations_key ON invocations (principal, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX invocations_open ON invocations (status, id) WHERE status IN ('running', 'waiting');
CREATE INDEX invocations_conversation ON invocations (conversation_id, id) WHERE status IN ('running', 'waiting');

CREATE TABLE invocation_targets (
  node TEXT NOT NULL,
  invocation_id TEXT NOT NULL REFERENCES invocations (id),
  PRIMARY KEY (node, invocation_id)
) WITHOUT ROWID;

CREATE TABLE approvals (
  id TEXT NOT NULL PRIMARY KEY,
  revision BIGINT NOT NULL,
  state TEXT NOT NULL,
  plan_hash TEXT NOT NULL,
  request_json TEXT NOT NULL,
  requester TEXT NOT NULL,
  invocation_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  settled_at BIGINT,
  settled_by TEXT,
  settle_reason TEXT,
  outcome TEXT
);
CREATE INDEX approvals_time ON approvals (created_at, id);
CREATE INDEX approvals_state ON approvals (state, created_at, id);
CREATE INDEX approvals_due ON approvals (expires_at) WHERE state = 'pending';

CREATE TABLE approval_votes (
  approval_id TEXT NOT NULL REFERENCES approvals (id),
  principal TEXT NOT NULL,
  position BIGINT NOT NULL,
  actor_key TEXT NOT NULL,
  approves BIGINT NOT NULL,
  reason TEXT,
  at BIGINT NOT NULL,
  PRIMARY KEY (approval_id, principal)
);

CREATE TABLE approval_cards (
  approval_id TEXT NOT NULL REFERENCES approvals (id),
  message_id TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  PRIMARY KEY (approval_id, message_id)
);

CREATE TABLE grants (
  id TEXT NOT NULL PRIMARY KEY,
  grant_key TEXT NOT NULL,
  principal TEXT NOT NULL,
  tool TEXT NOT NULL,
  title TEXT NOT NULL,
  approval_id TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  uses BIGINT NOT NULL,
  last_used_at BIGINT,
  revoked_by TEXT,
  revoked_at BIGINT
);
CREATE INDEX grants_usable ON grants (grant_key, expires_at) WHERE revoked_at IS NULL;

CREATE TABLE actions (
  token TEXT NOT NULL PRIMARY KEY,
  command TEXT NOT NULL,
  conversation_id TEXT,
  created_at BIGINT NOT NULL
);

CREATE TABLE credentials (
  hash TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  principal TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  last_used_at BIGINT
);

-- The audit chain. Everything of an entry has its column, so that verification can compare each with the hashed text.
CREATE TABLE audit (
  sequence INTEGER NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  time BIGINT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  canonical_json TEXT NOT NULL,
  kind TEXT NOT NULL,
  summary TEXT NOT NULL,
  principal TEXT NOT NULL,
  actor_key TEXT,
  conversation_id TEXT,
  invocation_id TEXT,
  approval_id TEXT,
  tool TEXT,
  node_count BIGINT NOT NULL,
  risk TEXT,
  rule TEXT,
  outcome TEXT,
  detail TEXT
);
CREATE INDEX audit_time ON audit (time);
CREATE INDEX audit_principal ON audit (principal, sequence);
CREATE INDEX audit_tool ON audit (tool, sequence) WHERE tool IS NOT NULL;
CREATE INDEX audit_invocation ON audit (invocation_id) WHERE invocation_id IS NOT NULL;
CREATE INDEX audit_approval ON audit (approval_id) WHERE approval_id IS NOT NULL;

CREATE TABLE audit_nodes (
  sequence BIGINT NOT NULL,
  position BIGINT NOT NULL,
  node TEXT NOT NULL,
  PRIMARY KEY (sequence, position)
) WITHOUT ROWID;
CREATE INDEX audit_nodes_node ON audit_nodes (node, sequence);

CREATE TRIGGER audit_in_order BEFORE INSERT ON audit
WHEN NEW.sequence <> (SELECT COALESCE(MAX(sequence), 0) + 1 FROM audit) OR EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'The audit record only grows at its end.'); END;

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'The audit record is never changed.'); END;

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'The audit record is never deleted from.'); END;

-- Nodes come with their record, in its transaction, and never later.
CREATE TRIGGER audit_nodes_in_order BEFORE INSERT ON audit_nodes
WHEN NEW.sequence <> (SELECT MAX(sequence) FROM audit)
  OR NEW.position <> (SELECT COUNT(*) FROM audit_nodes WHERE sequence = NEW.sequence)
  OR NEW.position >= (SELECT node_count FROM audit WHERE sequence = NEW.sequence)
BEGIN SELECT RAISE(ABORT, 'The audit record only grows at its end.'); END;

CREATE TRIGGER audit_nodes_no_update BEFORE UPDATE ON audit_nodes
BEGIN SELECT RAISE(ABORT, 'The audit record is never changed.'); END;

CREATE TRIGGER audit_nodes_no_delete BEFORE DELETE ON audit_nodes
BEGIN SELECT RAISE(ABORT, 'The audit record is never deleted from.'); END;

-- One row that is rewritten to find out whether a store that failed works again.
CREATE TABLE store_probe (
  id BIGINT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL
);
