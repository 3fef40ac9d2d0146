global using ChatOps.Schedules;
