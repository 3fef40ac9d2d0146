using ChatOps.Policy;
using ChatOps.Policy.Commands;
using ChatOps.Policy.Commands.Knowledge;
using ChatOps.Policy.Rules;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOps.Tests.Policy;

/// <summary>The built-in rules, loaded once.</summary>
internal static class PolicyUnderTest
{
    public const string DataDirectory = "/srv/gateway-data";

    public static PolicySource Source { get; } =
        new(new PolicyOptions { GatewayPaths = [DataDirectory] }, TimeProvider.System, NullLogger<PolicySource>.Instance);

    public static ICommandRisk Risk { get; } = new CommandRisk(Source);

    public static BuiltInKnowledge BuiltIn { get; } = BuiltInKnowledge.Load();
}
