namespace ChatOps.Policy.Rules;

/// <summary>Puts a text in the place of the rules in force, for one piece of work.</summary>
internal sealed class PolicyTrial(PolicySource source) : IPolicyTrial
{
    /// <inheritdoc/>
    public async Task<string?> UnderAsync(string policy, Func<Task> work)
    {
        if (source.Try(policy, out var problems) is not { } trial) return string.Join(" ", problems.Select(p => p.ToString()));
        using (trial) await work();
        return null;
    }
}
