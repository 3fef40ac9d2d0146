using ChatOps.EndToEnd.Harness;
using ChatOps.Testing.Schemas;

namespace ChatOps.EndToEnd.Deploy;

/// <summary>The operations guide, followed as it is written.</summary>
public sealed class OperationsTests
{
    // No engine for containers is asked for; TopologyTests start the same services without one.
    private const string NotFollowed = "## With Docker Compose";

    [Fact]
    public async Task Every_command_of_the_operations_guide_does_what_the_guide_says()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var one = await Walk.RunAsync("operations.sh", cancellation);
        Assert.Contains("The drill of docs/operations.md holds", one, StringComparison.Ordinal);
        Assert.Contains("The rotation of docs/operations.md holds on one gateway", one, StringComparison.Ordinal);
        var several = await Walk.RunAsync("several-gateways.sh", cancellation);
        Assert.Contains("both gateways upgraded while", several, StringComparison.Ordinal);
        Assert.Contains("What docs/operations.md says of several gateways holds", several, StringComparison.Ordinal);

        var followed = (one + several).Split('\n').Where(line => line.StartsWith("$ ", StringComparison.Ordinal)).Select(line => line[2..].Trim()).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(Commands(await File.ReadAllLinesAsync(RepositoryFiles.Of("docs/operations.md"), cancellation)).Where(command => !followed.Contains(command)));
    }

    private static List<string> Commands(IReadOnlyList<string> guide)
    {
        var (section, isShell, commands) = ("", false, new List<string>());
        foreach (var line in guide)
        {
            if (line.StartsWith("##", StringComparison.Ordinal)) section = line;
            else if (line.StartsWith("```", StringComparison.Ordinal)) isShell = line == "```sh";
            else if (isShell && section != NotFollowed && line.Trim() is { Length: > 0 } command) commands.Add(command);
        }

        return commands;
    }
}
