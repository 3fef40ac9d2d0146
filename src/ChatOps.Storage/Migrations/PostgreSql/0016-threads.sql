-- Threads that messages of ours open: what they are called, and which conversation they are ('' for none, null while that is not known).

ALTER TABLE messages ADD COLUMN thread_title TEXT COLLATE "C";
ALTER TABLE messages ADD COLUMN thread TEXT COLLATE "C";
