using ChatOps.Messages;
using ChatOps.Schedules;

namespace ChatOps.Tools.Schedules;

/// <summary>Adds a schedule. It is the asker's own: what it does is checked against their rights at each run.</summary>
internal sealed partial class ScheduleAddTool(ISchedules schedules) : ITool
{
    public ToolManifest Manifest => Definition;

    public async ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var check = Several(call) ?? await schedules.CheckAsync(Request(call), cancellationToken);
        var title = check.Schedule is { } s ? $"Schedule {ScheduleText.What(s)} at {ScheduleText.When(s)}" : "Add a schedule";
        var preview = check.Schedule is { } made ? $"{made.Text}\n{ScheduleText.When(made)}\nnext: {string.Join(", ", check.Next.Select(ScheduleText.Time))}" : call.Arguments.Text("work") ?? "";
        // Nothing runs by it: each run passes the gate. What a model wants to run again and again is a person's to decide.
        return await ToolRisk.Change("schedule.add", "It will run again and again in your name.", title, preview) with { Problem = check.Problem, NeverAsks = call.Typed };
    }

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var check = await schedules.AddAsync(Request(call), cancellationToken);
        if (check.Schedule is not { } schedule) return ToolAnswer.Failed(FailureCode.BadArguments, check.Problem!);
        var text = $"Schedule {schedule.Name} is added. It runs as {schedule.Owner} and answers {(check.Where == "here" ? "here" : "in " + check.Where)}.";
        var rows = check.Next.Select(n => (IReadOnlyList<string>)[ScheduleText.Time(n)]).ToList();
        return ToolAnswer.Done(
            text,
            new RichMessage([new TextBlock(PlainText.Escape(text), Tone.Ok), new TableBlock([$"Next runs ({schedule.Zone})"], rows)]),
            new { name = schedule.Name, when = schedule.When, zone = schedule.Zone, owner = schedule.Owner, to = schedule.ConversationId, next = check.Next });
    }

    private static ScheduleCheck? Several(ToolCall call) =>
        new[] { "work", "checks", "report" }.Count(n => call.Arguments.Text(n) is not null) > 1 ? new ScheduleCheck(null, [], "", "Give one of --checks, --report, and what stands behind --.") : null;

    private static ScheduleRequest Request(ToolCall call)
    {
        var a = call.Arguments;
        return new ScheduleRequest(call.Principal.Id, a.Text("checks") ?? a.Text("report") ?? a.Text("work") ?? "")
        {
            Kind = a.Text("checks") is not null ? ScheduleKind.Checks : a.Text("report") is not null ? ScheduleKind.Report : null,
            Name = a.Text("name"),
            ActiveHours = a.Text("hours"),
            Cron = a.Text("when"),
            Every = a.Duration("every"),
            At = a.Text("at"),
            Zone = a.Text("tz"),
            To = a.Text("to"),
            Here = call.Conversation?.Id,
            Overlap = Enum.Parse<OverlapPolicy>(a.Required("overlap"), ignoreCase: true),
            CatchUp = Enum.Parse<CatchUpPolicy>(a.Required("catch_up"), ignoreCase: true),
            Jitter = a.Duration("jitter") ?? TimeSpan.Zero,
            Timeout = a.Duration("timeout"),
            Retries = (int)Math.Clamp(a.Number("retries") ?? 0, -1, int.MaxValue),
            RetryDelay = a.Duration("retry_delay"),
        };
    }
}
