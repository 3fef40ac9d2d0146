-- Messages that nobody is to see, in a column of their own; until now the context alone said so.

ALTER TABLE inbox ADD COLUMN quiet BIGINT NOT NULL DEFAULT 0;
UPDATE inbox SET quiet = 1 WHERE context LIKE '%"quiet":true%';
