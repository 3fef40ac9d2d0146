using System.Globalization;
using ChatOps.Diagnostics;
using ChatOps.Storage;

namespace ChatOps.Tools.Halts;

/// <summary>Whether something is halted: nobody should have to guess why nothing starts.</summary>
internal sealed class HaltsHealth(IStore store) : IHealthPart
{
    public string Name => "halts";

    public async Task<PartHealth> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            var halts = await store.ReadAsync(session => session.Halts.Open(), cancellationToken);
            var facts = new Dictionary<string, string> { ["open"] = halts.Count.ToString(CultureInfo.InvariantCulture) };
            return halts.Count == 0
                ? new(PartState.Ok, "Nothing is halted.", facts)
                : new(PartState.Degraded, $"{string.Join(". ", halts)}. Another person lifts it with 'halt lift'.", facts);
        }
        catch (StoreUnavailableException e)
        {
            return new(PartState.Failed, e.Message, new Dictionary<string, string>());
        }
    }
}
