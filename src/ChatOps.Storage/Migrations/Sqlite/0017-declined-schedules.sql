-- Schedules that the settings make and that somebody has removed: they stay removed while the settings are as they were then.

CREATE TABLE schedules_declined (
  name TEXT NOT NULL PRIMARY KEY,
  settings TEXT NOT NULL
);
