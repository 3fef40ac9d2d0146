using ChatOps.Policy;
using ChatOps.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Speech;

/// <summary>The judge of command lines as shipped, read once for all phrases.</summary>
public sealed class ShippedPolicy : IDisposable
{
    private readonly TempDirectory directory = new();
    private readonly ServiceProvider services;

    public ShippedPolicy()
    {
        services = new ServiceCollection().AddLogging().AddPolicy(new PolicyOptions { PolicyFile = Path.Combine(directory.Path, "policy.yaml") }).BuildServiceProvider();
        Risk = services.GetRequiredService<ICommandRisk>();
    }

    public ICommandRisk Risk { get; }

    public void Dispose()
    {
        services.Dispose();
        directory.Dispose();
    }
}
