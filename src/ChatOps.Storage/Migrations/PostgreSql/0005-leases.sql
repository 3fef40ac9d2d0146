-- Who does what only one gateway of a store may do at a time. The number rises with every taking, so that who held it before is recognised.

CREATE TABLE leases (
  name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  holder TEXT COLLATE "C" NOT NULL,
  token BIGINT NOT NULL,
  until BIGINT NOT NULL
);
