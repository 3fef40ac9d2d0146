using ChatOps.Storage;
using ChatOps.Tools.Gate;

namespace ChatOps.Tools.Halts;

/// <summary>The emergency brake. It only takes away, and must be quick: it never asks.</summary>
internal sealed partial class HaltTool(InvocationStops stops, IIdGenerator ids, TimeProvider time) : ITool
{
    /// <summary>Titles of stopped work in one answer.</summary>
    private const int Shown = 10;

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Change(
        "halt", "What runs and changes something is stopped, and nothing of it begins.", $"Halt {call.Arguments.Required("on")}", $"halt {call.Arguments.Required("on")}");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var halt = new Halt(ids.NewShortId(), HaltRule.Selector(call), call.Principal.Id, call.Arguments.Text("reason"), time.GetUtcNow());
        IReadOnlyList<string>? stopped;
        // Short ids may meet that of an earlier halt, and then nothing was halted.
        while ((stopped = await stops.HaltAsync(halt, cancellationToken)) is null) halt = halt with { Id = ids.NewShortId() };
        var what = stopped.Count switch
        {
            0 => "Nothing that changes something was running.",
            1 => $"1 thing that ran is being stopped: {stopped[0]}.",
            var n => $"{n} things that ran are being stopped: {string.Join("; ", stopped.Take(Shown))}{(n > Shown ? $"; and {n - Shown} more" : "")}.",
        };
        return ToolAnswer.Done($"{halt}. {what} Reading goes on; another person lifts it: halt lift {halt.Id}", new { id = halt.Id, on = halt.On, by = halt.By, reason = halt.Reason, at = halt.At, stopped });
    }
}
