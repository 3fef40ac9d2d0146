-- What checks measured, by the hour: for trends and charts over days. Bodies are JSON.

CREATE TABLE check_values (
  check_name TEXT COLLATE "C" NOT NULL,
  target TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (check_name, target, at)
);

CREATE INDEX check_values_at ON check_values (at);
