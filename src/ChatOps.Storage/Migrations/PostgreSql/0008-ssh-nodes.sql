-- Nodes that are reached by ssh: where, as JSON. NULL for a node that connects by its daemon.

ALTER TABLE nodes ADD COLUMN ssh TEXT COLLATE "C";
