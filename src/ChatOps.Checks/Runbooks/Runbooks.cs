using ChatOps.Audit;
using ChatOps.Configuration;
using ChatOps.Storage;

namespace ChatOps.Checks.Runbooks;

/// <summary>The notes as people see them and decide about them.</summary>
internal sealed class Runbooks(RunbookFiles files, IStore store, IAuditWriter audit, TimeProvider time) : IRunbooks
{
    public async Task<IReadOnlyList<RunbookState>> ListAsync(CancellationToken cancellationToken)
    {
        var notes = files.Read().Notes;
        return await store.ReadAsync(session => (IReadOnlyList<RunbookState>)[.. notes.Select(n => Of(session, n))], cancellationToken);
    }

    public Task<IReadOnlyList<RunbookRun>> RunsAsync(string name, int limit, CancellationToken cancellationToken) => store.ReadAsync(session => session.FindingWork.Runs(name, limit), cancellationToken);

    public IReadOnlyList<ConfigurationProblem> Validate() => files.Read().Problems;

    public async Task<TrustDecision> TrustAsync(string name, RunbookTrust trust, string by, string reason, CancellationToken cancellationToken)
    {
        if (files.Read().Notes.FirstOrDefault(n => n.Name == name) is not { } note) return new(false, $"There is no note '{name}'.", null);
        return await store.WriteAsync(session => Decide(session, note, trust, by, reason), cancellationToken);
    }

    /// <summary>A note as it stands, in a transaction.</summary>
    public static RunbookState Of(IStoreSession session, RunbookNote note) => RunbookTrusts.Of(note, session.FindingWork.Records().FirstOrDefault(r => r.Name == note.Name));

    /// <summary>What a note's runs have shown, in a sentence.</summary>
    public static string Shown(RunbookState state) =>
        $"Its record: {state.Record?.Verified ?? 0} verified in a row, {state.Record?.Failed ?? 0} failed in all.";

    private TrustDecision Decide(IStoreSession session, RunbookNote note, RunbookTrust trust, string by, string reason)
    {
        var state = Of(session, note);
        var word = RunbookTrusts.Word(trust);
        if (trust == state.Trust) return new(true, $"{note.Name} stands at {word} already. {Shown(state)}", state);
        if (trust > state.Trust && RunbookTrusts.WhyNotClimb(state, trust) is { } why) return new(false, $"{note.Name} stays at {RunbookTrusts.Word(state.Trust)}: {why}. {Shown(state)}", state);
        var now = time.GetUtcNow();
        var same = state.Record is { } before && before.Digest == note.Digest;
        session.FindingWork.Set(new RunbookRecord(note.Name, trust, note.Digest, same ? state.Record!.Verified : 0, state.Record?.Failed ?? 0, by, reason.Length == 0 ? $"set to {word}" : reason, now));
        audit.Append(session, new AuditEntry(AuditKind.System, $"{by} set the trust of the runbook note {note.Name} from {RunbookTrusts.Word(state.Trust)} to {word}.")
        {
            Principal = by,
            Outcome = "trusted",
            Detail = new Dictionary<string, string> { ["note"] = note.Name, ["digest"] = note.Digest, ["trust"] = word, ["reason"] = reason, ["record"] = Shown(state) },
        });
        var after = Of(session, note);
        return new(true, $"{note.Name} stands at {word} now. {Shown(after)}", after);
    }
}
