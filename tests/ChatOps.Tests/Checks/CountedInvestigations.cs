using System.Collections.Concurrent;
using ChatOps.Checks;

namespace ChatOps.Tests.Checks;

/// <summary>Counts how often a model is asked about findings, and with what. It outlives the services of a test, as the inbox outlives a process.</summary>
internal sealed class CountedInvestigations : IInvestigations
{
    private readonly ConcurrentDictionary<string, (string Note, string PlanSaid, string Principal)> asked = new();

    public bool Possible { get; set; } = true;

    /// <summary>What the question waits for before it is taken, so that a test can look at the gateway meanwhile.</summary>
    public Task Until { get; set; } = Task.CompletedTask;

    /// <summary>Findings that a model was asked about: once each, as the inbox takes each once.</summary>
    public IReadOnlyDictionary<string, (string Note, string PlanSaid, string Principal)> Asked => asked;

    /// <summary>How often it was asked for, the same finding again included.</summary>
    public int Calls { get; private set; }

    /// <summary>The conversation of the newest question.</summary>
    public string Where { get; private set; } = "";

    /// <summary>Whether the inbox takes questions.</summary>
    public bool Accepts { get; set; } = true;

    public async Task<string?> BeginAsync(Finding finding, RunbookState? note, string planSaid, string principal, CancellationToken cancellationToken)
    {
        Calls++;
        Where = finding.ConversationId;
        if (!Accepts) return null;
        asked.TryAdd(finding.Id, (note?.Note.Name ?? "", planSaid, principal));
        await Until;
        return "inbox-" + finding.Id;
    }
}
