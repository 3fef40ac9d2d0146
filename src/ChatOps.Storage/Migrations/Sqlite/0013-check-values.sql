-- What checks measured, by the hour: for trends and charts over days. Bodies are JSON.

CREATE TABLE check_values (
  check_name TEXT NOT NULL,
  target TEXT NOT NULL,
  at BIGINT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (check_name, target, at)
) WITHOUT ROWID;

CREATE INDEX check_values_at ON check_values (at);
