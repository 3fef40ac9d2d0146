using ChatOps.Checks.Files;
using ChatOps.Checks.States;
using ChatOps.Fleet;

namespace ChatOps.Checks.Probes;

/// <summary>What the gateway itself looks at: once, or with a selector once for each node.</summary>
internal sealed class GatewayTargets(INodes nodes, TimeProvider time)
{
    /// <summary>Most looks of one check at a time.</summary>
    public const int MaxAtOnce = 16;

    /// <summary>What stands for a node's name in addresses.</summary>
    public const string NodeMark = "{node}";

    /// <summary>One look at one target.</summary>
    /// <param name="target">The node, or the gateway.</param>
    /// <param name="name">Puts the node's name into a setting.</param>
    /// <param name="cancellationToken">Ends it in time.</param>
    public delegate Task<Observation> OneLook(string target, Func<string, string> name, CancellationToken cancellationToken);

    /// <summary>Looks at each.</summary>
    public async Task<IReadOnlyList<Observation>> LookAsync(CheckDefinition check, OneLook look, CancellationToken cancellationToken)
    {
        var targets = check.On is { } selector ? selector.Of(nodes.All()).Select(n => n.Name).ToList() : [CheckKey.Gateway];
        if (targets.Count == 1) return [await OneAsync(targets[0])];
        using var slots = new SemaphoreSlim(MaxAtOnce);
        return await Task.WhenAll(targets.Select(SlotAsync));

        async Task<Observation> SlotAsync(string target)
        {
            await slots.WaitAsync(cancellationToken);
            try
            {
                return await OneAsync(target);
            }
            finally
            {
                slots.Release();
            }
        }

        async Task<Observation> OneAsync(string target)
        {
            using var limit = new CancellationTokenSource(check.Timeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
            try
            {
                return await look(target, text => text.Replace(NodeMark, target, StringComparison.Ordinal), either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return new Observation(target, check.Severity, null, $"There was no answer within {check.Timeout.TotalSeconds:0} s.");
            }
        }
    }
}
