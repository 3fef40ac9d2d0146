-- Schedules that the settings make and that somebody has removed: they stay removed while the settings are as they were then.

CREATE TABLE schedules_declined (
  name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  settings TEXT COLLATE "C" NOT NULL
);
