namespace ChatOps.Diagnostics;

/// <summary>
/// How every part is. All who ask while a look is under way share the next one, which begins after they asked: nobody gets an answer from before the question, and a crowd of
/// askers costs one look at a time.
/// </summary>
/// <param name="parts">The parts; asked for at the first look, because some of them look after work that itself asks.</param>
/// <param name="time">The clock.</param>
public sealed class PartsHealth(Lazy<IEnumerable<IHealthPart>> parts, TimeProvider time)
{
    /// <summary>A part that has not answered by then has failed, and hides no other.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly Dictionary<string, string> NoFacts = [];

    private readonly Lock gate = new();
    private Task<IReadOnlyList<(string Name, PartHealth Health)>> underWay = Task.FromResult<IReadOnlyList<(string, PartHealth)>>([]);
    private Task<IReadOnlyList<(string Name, PartHealth Health)>>? next;

    /// <summary>Each part by its name, in the order of names.</summary>
    /// <param name="cancellationToken">Ends the waiting of this caller; the look is also that of others.</param>
    public Task<IReadOnlyList<(string Name, PartHealth Health)>> CheckAsync(CancellationToken cancellationToken)
    {
        lock (gate) return (next ??= LookAfterAsync(underWay)).WaitAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<(string Name, PartHealth Health)>> LookAfterAsync(Task before)
    {
        // Out of the lock of whoever asked, and behind the look that had begun before they did.
        await Task.Yield();
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (gate) (underWay, next) = (next!, null);
        return await Task.WhenAll(parts.Value.OrderBy(p => p.Name, StringComparer.Ordinal).Select(async part => (part.Name, await LookAsync(part))));
    }

    private async Task<PartHealth> LookAsync(IHealthPart part)
    {
        using var limit = new CancellationTokenSource();
        try
        {
            return await part.CheckAsync(limit.Token).WaitAsync(Patience, time, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            await limit.CancelAsync();
            return new PartHealth(PartState.Failed, $"It did not answer within {Patience.TotalSeconds:0} s. If it stays so, look into the log and restart the gateway.", NoFacts);
        }
    }
}
