using ChatOps.Policy;

namespace ChatOps.Tests.Agent.Fakes;

/// <summary>Takes every text for a policy, and notes while one is tried.</summary>
internal sealed class OtherRules : IPolicyTrial
{
    public string? Tried { get; private set; }

    public async Task<string?> UnderAsync(string policy, Func<Task> work)
    {
        if (policy.Length == 0) return "it is empty";
        Tried = policy;
        await work();
        Tried = null;
        return null;
    }
}
