using ChatOps.Checks;

namespace ChatOps.Tools.Checks;

/// <summary>Silences checks.</summary>
internal sealed partial class CheckSilenceTool(IChecks checks, TimeProvider time) : ITool
{
    private const int MaxReason = 200;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Change(
        "check.silence", "Nobody is told of what it finds meanwhile.", $"Silence {CheckSilence.Named(call.Arguments.Required("name"), call.Arguments.Text("node"))}", $"check silence {call.Arguments.Required("name")}");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var (name, node, length) = (call.Arguments.Required("name"), call.Arguments.Text("node"), call.Arguments.Duration("for") ?? TimeSpan.Zero);
        if (length <= TimeSpan.Zero || length > Longest) return ToolAnswer.Refused(FailureCode.BadArguments, $"A silence lasts at most {Longest.TotalDays:0} days; what should be silent for longer is better disabled in its file.");
        var reason = call.Arguments.Text("reason") ?? "";
        if (reason.Length > MaxReason) return ToolAnswer.Refused(FailureCode.BadArguments, $"The reason has more than {MaxReason} characters.");
        if (name != CheckSilence.All && checks.Written.All(c => c.Name != name) && checks.States.All(s => s.Key.Check != name)) return CheckText.Missing(checks, name);
        var until = time.GetUtcNow() + length;
        await checks.SilenceAsync(new CheckSilence(name == CheckSilence.All ? CheckSilence.EveryCheck : name, node, until, call.Principal.Id, reason), cancellationToken);
        return ToolAnswer.Done($"{CheckSilence.Named(name, node)} is silent until {CheckText.Time(until)}. What is bad then is said then.", new { check = name, target = node, until });
    }
}
