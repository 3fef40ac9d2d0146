using ChatOps.Agent.Commands;
using ChatOps.Checks;
using ChatOps.Checks.Files;
using ChatOps.Policy;
using ChatOps.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Checks;

/// <summary>Checks as tests write them.</summary>
internal static class SomeChecks
{
    /// <summary>The real judge of command lines, with nothing written in policy.yaml.</summary>
    public static ICommandRisk Policy { get; } = new ServiceCollection().AddLogging()
        .AddPolicy(new PolicyOptions { PolicyFile = Path.Combine(Path.GetTempPath(), "no-such-policy.yaml") }).BuildServiceProvider().GetRequiredService<ICommandRisk>();

    /// <summary>The real grammar of commands.</summary>
    public static ICommandReader Commands { get; } = new CommandReader(new ChatCommandLine(ToolDefinitions.All));

    /// <summary>The only check of a text.</summary>
    public static CheckDefinition Of(string fields)
    {
        var (checks, problems) = new CheckReader(Policy).Read("checks.yaml", $"checks:\n  - {{ {fields} }}");
        return problems.Count == 0 ? checks.Single() : throw new InvalidOperationException(string.Join('\n', problems));
    }

    /// <summary>A state before its first look.</summary>
    public static CheckState New(CheckDefinition check, string target = "local") => new() { Key = new(check.Name, target), Kind = check.KindWord };
}
