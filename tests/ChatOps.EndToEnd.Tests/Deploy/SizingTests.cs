using System.Text.RegularExpressions;
using ChatOps.Testing.Schemas;

namespace ChatOps.EndToEnd.Deploy;

/// <summary>What the operations guide says about sizes was measured.</summary>
public sealed partial class SizingTests
{
    // What to give a machine is advice, and rounder than what was measured.
    private static readonly string[] Advice = ["512 MiB"];

    [Fact]
    public async Task Every_figure_of_sizing_stands_in_the_benchmarks()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var guide = await File.ReadAllTextAsync(RepositoryFiles.Of("docs/operations.md"), cancellation);
        var sizing = guide[guide.IndexOf("## Sizing", StringComparison.Ordinal)..guide.IndexOf("## What to watch", StringComparison.Ordinal)];
        var measured = Figure().Matches(await File.ReadAllTextAsync(RepositoryFiles.Of("docs/benchmarks.md"), cancellation)).Select(m => m.Value).ToHashSet(StringComparer.Ordinal);
        var said = Figure().Matches(sizing).Select(m => m.Value).Except(Advice, StringComparer.Ordinal).ToList();
        Assert.True(said.Count >= 5, $"Sizing has hardly a figure: {string.Join(", ", said)}");
        Assert.Empty(said.Where(figure => !measured.Contains(figure)));
    }

    [GeneratedRegex(@"\b\d[\d,]*(\.\d+)?( MiB| MB|/s)")]
    private static partial Regex Figure();
}
