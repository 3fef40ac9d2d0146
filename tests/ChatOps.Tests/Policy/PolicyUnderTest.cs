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

    public static BuiltInKnowledge BuiltIn { get; } = BuiltInKnowledge.Load();

    public static ICommandRisk Risk { get; } = new CommandRisk(Source(new PolicyOptions { GatewayPaths = [DataDirectory] }));

    public static PolicySource Source(PolicyOptions options) => new(options, BuiltIn, TimeProvider.System, NullLogger<PolicySource>.Instance);
}
