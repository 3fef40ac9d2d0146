using ChatOps.Audit;
using ChatOps.Checks.Files;
using ChatOps.Checks.Findings;
using ChatOps.Checks.States;
using ChatOps.Configuration;
using ChatOps.Storage;

namespace ChatOps.Checks.Running;

/// <summary>The checks as the rest of the gateway sees them.</summary>
internal sealed class ChecksNow(CheckFiles files, CheckBoard board, CheckRunner runner, FindingSpeaker speaker, IStore store, IAuditWriter audit, TimeProvider time) : IChecks
{
    private const int MaxAtOnce = 16;

    public IReadOnlyList<CheckInfo> Written => [.. files.Current.Checks.Select(c => c.Info)];

    public IReadOnlyList<ConfigurationProblem> Problems => files.Current.Problems;

    public IReadOnlyList<CheckState> States => [.. board.All.Select(Shown)];

    public IReadOnlyList<string> Sets => [.. files.Current.Checks.SelectMany(c => c.Sets).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public async Task<IReadOnlyList<CheckState>?> RunAsync(string nameOrSet, CancellationToken cancellationToken)
    {
        files.Refresh();
        if (files.Current.Named(nameOrSet) is not { Count: > 0 } named) return null;
        using var slots = new SemaphoreSlim(MaxAtOnce);
        var all = await Task.WhenAll(named.Select(OneAsync));
        return [.. all.SelectMany(s => s).Select(Shown)];

        async Task<IReadOnlyList<CheckState>> OneAsync(CheckDefinition check)
        {
            await slots.WaitAsync(cancellationToken);
            try
            {
                return await runner.RunAsync(check, cancellationToken);
            }
            finally
            {
                slots.Release();
            }
        }
    }

    public async Task<IReadOnlyList<CheckSample>> ValuesAsync(CheckKey key, DateTimeOffset since, CancellationToken cancellationToken) =>
        CheckValues.With(await store.ReadAsync(s => s.Checks.Values(key, since), cancellationToken), board.Find(key));

    public async Task<IReadOnlyList<CheckSilence>> SilencesAsync(CancellationToken cancellationToken)
    {
        await board.ReadSilencesAsync(cancellationToken);
        return board.Silences;
    }

    public async Task SilenceAsync(CheckSilence silence, CancellationToken cancellationToken)
    {
        await store.WriteAsync(
            session =>
            {
                session.Checks.SetSilence(silence);
                audit.Append(session, new AuditEntry(AuditKind.System, $"{silence.By} silenced {CheckSilence.Named(silence.Check, silence.Target)} until {silence.Until:yyyy-MM-dd HH:mm} UTC.") { Principal = silence.By, Outcome = "silenced" });
                return true;
            },
            cancellationToken);
        await board.ReadSilencesAsync(cancellationToken);
    }

    public async Task<int> UnsilenceAsync(string check, string? target, CancellationToken cancellationToken)
    {
        var count = await store.WriteAsync(session => session.Checks.RemoveSilences(check, target), cancellationToken);
        await board.ReadSilencesAsync(cancellationToken);
        if (count > 0 && speaker.HasUntold) await speaker.SpeakAsync(cancellationToken);
        return count;
    }

    private CheckState Shown(CheckState state) =>
        files.Current.Find(state.Key.Check) is { } check ? state with { Muted = Muting.Of(state.Key, check, board.Silences, board.Find, time.GetUtcNow()) } : state;
}
