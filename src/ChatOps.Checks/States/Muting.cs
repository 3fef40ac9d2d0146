using System.Globalization;
using ChatOps.Checks.Files;

namespace ChatOps.Checks.States;

/// <summary>Why nothing is said of a state now: somebody's silence, a maintenance window, a dependency that fails, a node that is away.</summary>
internal static class Muting
{
    /// <summary>The reason for people; null when changes are said.</summary>
    /// <param name="key">The check and its target.</param>
    /// <param name="check">The check as written.</param>
    /// <param name="silences">The silences.</param>
    /// <param name="stateOf">The state of another check on a target; null when it has none there.</param>
    /// <param name="now">The time.</param>
    public static string? Of(CheckKey key, CheckDefinition check, IReadOnlyList<CheckSilence> silences, Func<CheckKey, CheckState?> stateOf, DateTimeOffset now)
    {
        if (silences.FirstOrDefault(s => s.Covers(key, now)) is { } silence)
            return string.Create(CultureInfo.InvariantCulture, $"silenced by {silence.By} until {silence.Until:yyyy-MM-dd HH:mm} UTC{(silence.Reason.Length == 0 ? "" : ": " + silence.Reason)}");
        if (check.Maintenance.Any(w => w.Covers(now))) return "in a maintenance window";
        if (check.Kind != CheckKind.Node && stateOf(new(CheckDefinition.ReachableNode.Name, key.Target)) is { IsBad: true }) return $"the node {key.Target} is away";
        foreach (var name in check.DependsOn)
        {
            if (Failing(name, key.Target, stateOf) is { } failing) return $"{failing.Key} fails, which it depends on";
        }

        return null;
    }

    /// <summary>Whether all that it depends on was looked at since a time: until then nobody knows whether it is its own fault.</summary>
    public static bool IsReady(CheckKey key, CheckDefinition check, Func<CheckKey, CheckState?> stateOf, DateTimeOffset since) =>
        check.DependsOn.All(name => On(name, key.Target, stateOf) is not { } state || state.LastAt >= since);

    /// <summary>What it depends on, on the same target or on the gateway.</summary>
    public static CheckState? On(string name, string target, Func<CheckKey, CheckState?> stateOf) => stateOf(new(name, target)) ?? stateOf(new(name, CheckKey.Gateway));

    // A dependency that just began to fail counts although it is not confirmed: its dependants were about to be blamed for it.
    private static CheckState? Failing(string name, string target, Func<CheckKey, CheckState?> stateOf) =>
        On(name, target, stateOf) is { } state && (state.Level is CheckLevel.Critical or CheckLevel.Unknown || (CheckMachine.IsDoubtful(state) && state.Candidate is CheckLevel.Critical or CheckLevel.Unknown)) ? state : null;
}
