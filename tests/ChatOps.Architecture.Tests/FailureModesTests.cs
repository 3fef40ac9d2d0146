using System.Text.RegularExpressions;
using ChatOps.Testing.Schemas;

namespace ChatOps.Architecture;

/// <summary>docs/acceptance/failure-modes.md names tests; a table that names none that exists would say nothing.</summary>
public sealed partial class FailureModesTests
{
    private const int Rows = 60;
    private static readonly string Table = File.ReadAllText(RepositoryFiles.Of("docs/acceptance/failure-modes.md"));

    [Fact]
    public void Every_row_is_there_once_in_order() => Assert.Equal(Enumerable.Range(1, Rows), Row().Matches(Table).Select(m => int.Parse(m.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void Every_test_that_it_names_exists()
    {
        var sources = Directory.EnumerateFiles(RepositoryFiles.Of("tests"), "*.cs", SearchOption.AllDirectories).ToLookup(file => Path.GetFileNameWithoutExtension(file).Split('.')[0], File.ReadAllText);
        var missing = Named().Matches(Table).Where(m => !sources[m.Groups["type"].Value].Any(source => source.Contains($" {m.Groups["method"].Value}(", StringComparison.Ordinal))).Select(m => m.Value);

        Assert.Empty(missing);
    }

    [GeneratedRegex(@"^\| (\d+) ", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(?<type>[A-Z]\w+)\.(?<method>[A-Z]\w+_\w+)`")]
    private static partial Regex Named();
}
