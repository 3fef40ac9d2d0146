using ChatOps.Agent.Speech;
using ChatOps.Policy;
using ChatOps.Testing;
using ChatOps.Tests.Agent.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Speech;

/// <summary>What reads spoken words, with the judge of command lines as shipped; made once for all phrases.</summary>
public sealed class ShippedPolicy : IDisposable
{
    private readonly TempDirectory directory = new();
    private readonly ServiceProvider services;

    public ShippedPolicy()
    {
        services = new ServiceCollection().AddLogging().AddPolicy(new PolicyOptions { PolicyFile = Path.Combine(directory.Path, "policy.yaml") }).BuildServiceProvider();
        Spoken = new SpokenCommands(new SomeNodes(), services.GetRequiredService<ICommandRisk>());
    }

    internal SpokenCommands Spoken { get; }

    public void Dispose()
    {
        services.Dispose();
        directory.Dispose();
    }
}
