using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ChatOps.Tools.Run;

/// <summary>In which order and how fast nodes are begun, and when no more are.</summary>
/// <param name="Parallel">How many work at the same time.</param>
/// <param name="Delay">Time between one start and the next.</param>
/// <param name="Batch">How many are begun before all of them must have ended; null for all.</param>
/// <param name="MaxFailures">When more nodes than this did not succeed, no further one is begun; null for no limit.</param>
internal sealed record FanOutControl(int Parallel, TimeSpan Delay, Share? Batch, Share? MaxFailures)
{
    /// <summary>Reads it from a call's arguments, or says what makes no sense.</summary>
    public static bool TryRead(ToolArguments arguments, int maxParallel, [NotNullWhen(true)] out FanOutControl? control, [NotNullWhen(false)] out string? problem)
    {
        control = null;
        Share? batch = null, failures = null;
        var parallel = arguments.Number("parallel");
        problem =
            parallel < 1 ? "'parallel' must be at least 1."
            : arguments.Flag("serial") && parallel > 1 ? "'serial' means one node after the other; leave 'parallel' out."
            : arguments.Text("batch") is { } b && (!Share.TryParse(b, out batch) || batch.Value.Number == 0) ? "'batch' must be a number of nodes (5) or a part of them (20%), more than none."
            : arguments.Text("max_failures") is { } m && !Share.TryParse(m, out failures) ? "'max_failures' must be a number of nodes (3) or a part of them (10%)."
            : null;
        if (problem is not null) return false;
        var slots = arguments.Flag("serial") ? 1 : (int)Math.Min(parallel ?? maxParallel, maxParallel);
        control = new FanOutControl(slots, arguments.Duration("delay") ?? TimeSpan.Zero, batch, failures);
        return true;
    }

    /// <summary>What was asked for, labelled; an approval binds to it.</summary>
    public IEnumerable<KeyValuePair<string, string>> Describe(ToolArguments arguments)
    {
        if (arguments.Flag("serial")) yield return new("At once", "1 (one after the other)");
        else if (arguments.Number("parallel") is { } asked) yield return new("At once", asked > Parallel ? $"{Parallel} (Fleet:MaxParallel; {asked} asked for)" : Number(Parallel));
        if (Delay > TimeSpan.Zero) yield return new("Between starts", string.Create(CultureInfo.InvariantCulture, $"{Delay.TotalSeconds:0.###} s"));
        if (Batch is { } batch) yield return new("Batch", $"{batch}{(batch.IsPercent ? " of the nodes" : " nodes")}, each to its end before the next");
        if (MaxFailures is { } max) yield return new("Stops", $"when more than {max}{(max.IsPercent ? " of the nodes" : "")} did not succeed");
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
