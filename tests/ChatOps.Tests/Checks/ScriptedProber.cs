using System.Collections.Concurrent;
using ChatOps.Checks;
using ChatOps.Checks.Files;
using ChatOps.Checks.Probes;
using ChatOps.Checks.States;

namespace ChatOps.Tests.Checks;

/// <summary>Finds what a test says, and counts how often it was asked.</summary>
internal sealed class ScriptedProber : IProber
{
    private readonly ConcurrentDictionary<string, Func<IReadOnlyList<Observation>>> answers = new();

    /// <summary>How often each check was looked at.</summary>
    public ConcurrentDictionary<string, int> Looks { get; } = new();

    /// <summary>What a check finds from now on, on each of some targets.</summary>
    public void Finds(string check, CheckLevel level, params string[] targets) =>
        answers[check] = () => [.. (targets.Length == 0 ? [CheckKey.Gateway] : targets).Select(t => new Observation(t, level, null, $"It is {level}."))];

    /// <summary>What a check measures from now on; each look asks anew.</summary>
    public void Measures(string check, Func<double> value) => answers[check] = () => [new Observation(CheckKey.Gateway, CheckLevel.Ok, value(), "It is well.")];

    /// <summary>A node does not answer.</summary>
    public void IsAway(string check, string node) => answers[check] = () => [Observation.Unknown(node, $"{node} is offline.") with { Away = true }];

    public Task<IReadOnlyList<Observation>> LookAsync(CheckDefinition check, CancellationToken cancellationToken)
    {
        Looks.AddOrUpdate(check.Name, 1, (_, count) => count + 1);
        return Task.FromResult(answers.TryGetValue(check.Name, out var answer) ? answer() : [Observation.Ok(CheckKey.Gateway, "It is well.")]);
    }
}
