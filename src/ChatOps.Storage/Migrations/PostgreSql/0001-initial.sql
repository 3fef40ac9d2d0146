-- The first schema. Every text compares bytewise, whatever the database's collation. Times are 100 ns since 1970 UTC; enums are words; lists and rich content are JSON.

CREATE TABLE conversations (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  channel TEXT COLLATE "C" NOT NULL,
  owner TEXT COLLATE "C",
  title TEXT COLLATE "C" NOT NULL,
  created_at BIGINT NOT NULL,
  last_activity_at BIGINT NOT NULL
);
CREATE INDEX conversations_owned ON conversations (channel, owner) WHERE owner IS NOT NULL;

-- A row stays after its release: tokens rise for ever, so a late writer with an old one is always recognised.
CREATE TABLE conversation_leases (
  conversation_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  holder TEXT COLLATE "C" NOT NULL,
  token BIGINT NOT NULL,
  until BIGINT NOT NULL
);

CREATE TABLE inbox (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  platform_key TEXT COLLATE "C" NOT NULL UNIQUE,
  conversation_id TEXT COLLATE "C" NOT NULL,
  actor_channel TEXT COLLATE "C" NOT NULL,
  actor_tenant TEXT COLLATE "C" NOT NULL,
  actor_user TEXT COLLATE "C" NOT NULL,
  actor_name TEXT COLLATE "C",
  kind TEXT COLLATE "C" NOT NULL,
  text TEXT COLLATE "C" NOT NULL,
  received_at BIGINT NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  attempts BIGINT NOT NULL,
  waits_for TEXT COLLATE "C",
  outcome TEXT COLLATE "C"
);
-- What is accepted goes to the end of one small index, so that a commit of many messages writes few pages; the index by conversation,
-- whose entries lie far apart, gets an item when its turn is over.
CREATE INDEX inbox_work ON inbox (id, conversation_id, state) WHERE state IN ('accepted', 'working');
CREATE INDEX inbox_history ON inbox (conversation_id, id) WHERE state IN ('suspended', 'done', 'failed', 'cancelled');
CREATE INDEX inbox_suspended ON inbox (waits_for) WHERE state = 'suspended';
CREATE INDEX inbox_settled ON inbox (received_at) WHERE state IN ('done', 'failed', 'cancelled');

CREATE TABLE messages (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  conversation_id TEXT COLLATE "C" NOT NULL,
  inbox_id TEXT COLLATE "C",
  content TEXT COLLATE "C" NOT NULL,
  platform_id TEXT COLLATE "C",
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX messages_conversation ON messages (conversation_id, id);
CREATE INDEX messages_inbox ON messages (inbox_id, id) WHERE inbox_id IS NOT NULL;

CREATE TABLE outbox (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  conversation_id TEXT COLLATE "C" NOT NULL,
  message_id TEXT COLLATE "C" NOT NULL,
  operation TEXT COLLATE "C" NOT NULL,
  priority BIGINT NOT NULL,
  content TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  attempts BIGINT NOT NULL,
  not_before BIGINT NOT NULL,
  error TEXT COLLATE "C",
  created_at BIGINT NOT NULL
);
CREATE INDEX outbox_work ON outbox (conversation_id, priority, id) WHERE state IN ('pending', 'sending');
CREATE INDEX outbox_pending ON outbox (message_id, id) WHERE state = 'pending';
CREATE INDEX outbox_failed ON outbox (id) WHERE state = 'failed';
CREATE INDEX outbox_unknown ON outbox (id) WHERE state = 'unknown';
CREATE INDEX outbox_settled ON outbox (created_at) WHERE state IN ('sent', 'unknown', 'failed', 'superseded');

CREATE TABLE invocations (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  idempotency_key TEXT COLLATE "C",
  tool TEXT COLLATE "C" NOT NULL,
  arguments_json TEXT COLLATE "C" NOT NULL,
  plan_hash TEXT COLLATE "C" NOT NULL,
  targets TEXT COLLATE "C" NOT NULL,
  principal TEXT COLLATE "C" NOT NULL,
  actor_key TEXT COLLATE "C" NOT NULL,
  conversation_id TEXT COLLATE "C",
  inbox_id TEXT COLLATE "C",
  source TEXT COLLATE "C" NOT NULL,
  status TEXT COLLATE "C" NOT NULL,
  approval_id TEXT COLLATE "C",
  holder TEXT COLLATE "C",
  intent_audit_id TEXT COLLATE "C",
  outcome_json TEXT COLLATE "C",
  created_at BIGINT NOT NULL,
  finished_at BIGINT
);
CREATE UNIQUE INDEX invocations_key ON invocations (principal, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX invocations_open ON invocations (status, id) WHERE status IN ('running', 'waiting');
CREATE INDEX invocations_conversation ON invocations (conversation_id, id) WHERE status IN ('running', 'waiting');

CREATE TABLE invocation_targets (
  node TEXT COLLATE "C" NOT NULL,
  invocation_id TEXT COLLATE "C" NOT NULL REFERENCES invocations (id),
  PRIMARY KEY (node, invocation_id)
);

CREATE TABLE approvals (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  revision BIGINT NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  plan_hash TEXT COLLATE "C" NOT NULL,
  request_json TEXT COLLATE "C" NOT NULL,
  requester TEXT COLLATE "C" NOT NULL,
  invocation_id TEXT COLLATE "C" NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  settled_at BIGINT,
  settled_by TEXT COLLATE "C",
  settle_reason TEXT COLLATE "C",
  outcome TEXT COLLATE "C"
);
CREATE INDEX approvals_time ON approvals (created_at, id);
CREATE INDEX approvals_state ON approvals (state, created_at, id);
CREATE INDEX approvals_due ON approvals (expires_at) WHERE state = 'pending';

CREATE TABLE approval_votes (
  approval_id TEXT COLLATE "C" NOT NULL REFERENCES approvals (id),
  principal TEXT COLLATE "C" NOT NULL,
  position BIGINT NOT NULL,
  actor_key TEXT COLLATE "C" NOT NULL,
  approves BIGINT NOT NULL,
  reason TEXT COLLATE "C",
  at BIGINT NOT NULL,
  PRIMARY KEY (approval_id, principal)
);

CREATE TABLE approval_cards (
  approval_id TEXT COLLATE "C" NOT NULL REFERENCES approvals (id),
  message_id TEXT COLLATE "C" NOT NULL,
  conversation_id TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (approval_id, message_id)
);

CREATE TABLE grants (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  grant_key TEXT COLLATE "C" NOT NULL,
  principal TEXT COLLATE "C" NOT NULL,
  tool TEXT COLLATE "C" NOT NULL,
  title TEXT COLLATE "C" NOT NULL,
  approval_id TEXT COLLATE "C" NOT NULL,
  created_by TEXT COLLATE "C" NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  uses BIGINT NOT NULL,
  last_used_at BIGINT,
  revoked_by TEXT COLLATE "C",
  revoked_at BIGINT
);
CREATE INDEX grants_usable ON grants (grant_key, expires_at) WHERE revoked_at IS NULL;

CREATE TABLE actions (
  token TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  command TEXT COLLATE "C" NOT NULL,
  conversation_id TEXT COLLATE "C",
  created_at BIGINT NOT NULL
);

CREATE TABLE credentials (
  hash TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  kind TEXT COLLATE "C" NOT NULL,
  principal TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  last_used_at BIGINT
);

-- The audit chain. Everything of an entry has its column, so that verification can compare each with the hashed text.
CREATE TABLE audit (
  sequence BIGINT NOT NULL PRIMARY KEY,
  id TEXT COLLATE "C" NOT NULL UNIQUE,
  time BIGINT NOT NULL,
  previous_hash TEXT COLLATE "C" NOT NULL,
  hash TEXT COLLATE "C" NOT NULL,
  canonical_json TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  summary TEXT COLLATE "C" NOT NULL,
  principal TEXT COLLATE "C" NOT NULL,
  actor_key TEXT COLLATE "C",
  conversation_id TEXT COLLATE "C",
  invocation_id TEXT COLLATE "C",
  approval_id TEXT COLLATE "C",
  tool TEXT COLLATE "C",
  node_count BIGINT NOT NULL,
  risk TEXT COLLATE "C",
  rule TEXT COLLATE "C",
  outcome TEXT COLLATE "C",
  detail TEXT COLLATE "C"
);
CREATE INDEX audit_time ON audit (time);
CREATE INDEX audit_principal ON audit (principal, sequence);
CREATE INDEX audit_tool ON audit (tool, sequence) WHERE tool IS NOT NULL;
CREATE INDEX audit_invocation ON audit (invocation_id) WHERE invocation_id IS NOT NULL;
CREATE INDEX audit_approval ON audit (approval_id) WHERE approval_id IS NOT NULL;

CREATE TABLE audit_nodes (
  sequence BIGINT NOT NULL,
  position BIGINT NOT NULL,
  node TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (sequence, position)
);
CREATE INDEX audit_nodes_node ON audit_nodes (node, sequence);

CREATE FUNCTION audit_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.sequence <> (SELECT COALESCE(MAX(sequence), 0) + 1 FROM audit) OR EXISTS (SELECT 1 FROM audit WHERE id = NEW.id) THEN
    RAISE EXCEPTION 'The audit record only grows at its end.';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION audit_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit record is never changed.';
END $$;

CREATE FUNCTION audit_never_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit record is never deleted from.';
END $$;

CREATE FUNCTION audit_nodes_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.sequence <> (SELECT MAX(sequence) FROM audit)
    OR NEW.position <> (SELECT COUNT(*) FROM audit_nodes WHERE sequence = NEW.sequence)
    OR NEW.position >= (SELECT node_count FROM audit WHERE sequence = NEW.sequence) THEN
    RAISE EXCEPTION 'The audit record only grows at its end.';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER audit_in_order BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION audit_in_order();
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION audit_never_changed();
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_never_deleted();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_never_deleted();

-- Nodes come with their record, in its transaction, and never later.
CREATE TRIGGER audit_nodes_in_order BEFORE INSERT ON audit_nodes FOR EACH ROW EXECUTE FUNCTION audit_nodes_in_order();
CREATE TRIGGER audit_nodes_no_update BEFORE UPDATE ON audit_nodes FOR EACH ROW EXECUTE FUNCTION audit_never_changed();
CREATE TRIGGER audit_nodes_no_delete BEFORE DELETE ON audit_nodes FOR EACH ROW EXECUTE FUNCTION audit_never_deleted();
CREATE TRIGGER audit_nodes_no_truncate BEFORE TRUNCATE ON audit_nodes FOR EACH STATEMENT EXECUTE FUNCTION audit_never_deleted();

-- One row that is rewritten to find out whether a store that failed works again.
CREATE TABLE store_probe (
  id BIGINT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL
);

-- The newest commit of every writer, by which one whose answer got lost is recognised.
CREATE TABLE store_writers (
  writer TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  mark BIGINT NOT NULL
) WITH (fillfactor = 50);
