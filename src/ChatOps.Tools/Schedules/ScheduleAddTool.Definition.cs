namespace ChatOps.Tools.Schedules;

internal sealed partial class ScheduleAddTool
{
    public static readonly ToolManifest Definition = new("schedule_add", "schedules", "Run a command, a prompt, checks or a report at set times, as you and with the rights you have then.", ["schedule add"],
    [
        new("when", ParameterKind.Text, "A cron expression in quotes: five fields (minute hour day month weekday), or six with seconds first; names as MON and JAN; or @hourly, @daily, @weekly, @monthly, @yearly.", Position: 0),
        new("work", ParameterKind.CommandLine, "What to do, behind --: a command (/fleet status), or a prompt in words.", Position: 1),
        new("checks", ParameterKind.Text, "Instead of a command: look at this check or set of checks. Only what changes is said."),
        new("report", ParameterKind.Choice, "Instead of a command: make this report.", Choices: ["daily", "weekly"]),
        new("every", ParameterKind.Duration, "Instead of a cron expression: always this time apart (10s to 366d)."),
        new("at", ParameterKind.Text, "Instead of a cron expression: one time, as \"2026-12-01 09:00\", 09:00 (the next one) or with an offset from UTC."),
        new("tz", ParameterKind.Text, "The time zone of its times, such as Europe/Berlin. Default: that of the gateway."),
        new("to", ParameterKind.Text, "Where it answers: slack:#ops, telegram:CHAT, web:NAME, web (a conversation of its own) or me. Default: here."),
        new("name", ParameterKind.Text, "Its name. Default: made from what it does."),
        new("hours", ParameterKind.Text, "Only between these times of the day in its zone: 08:00-22:00, or over midnight 22:00-06:00."),
        new("overlap", ParameterKind.Choice, "When the run before is not over: skip this one, queue it, or cancel the one before.", Default: "skip", Choices: ["skip", "queue", "cancel"]),
        new("catch_up", ParameterKind.Choice, "When times were missed because no gateway ran: skip them with one note, run the last, or run all.", Default: "skip", Choices: ["skip", "last", "all"]),
        new("jitter", ParameterKind.Duration, "Begin up to so much later, so that not everything begins at once (at most 12h)."),
        new("timeout", ParameterKind.Duration, "How long a run may take (1s to 1d). Default 1h."),
        new("retries", ParameterKind.Number, "How often a failed run is tried again (0 to 10). What is refused or unknown is never repeated.", Default: "0"),
        new("retry_delay", ParameterKind.Duration, "Time before the first new try, doubled each time (1s to 6h). Default 1m."),
    ])
    {
        Examples =
        [
            "schedule add \"0 9 * * 1-5\" --tz Europe/Berlin --to slack:#ops -- /fleet status",
            "schedule add --every 15m --name web-disk -- /run \"df -h /\" --on role=web",
            "schedule add --every 6h --checks outside --to web",
            "schedule add \"0 8 * * MON\" --report weekly --to slack:#ops",
            "schedule add --at \"2026-12-24 18:00\" -- Who is on call over the holidays? Remind us here.",
        ],
    };
}
