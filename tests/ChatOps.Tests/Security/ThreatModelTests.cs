using System.Text.RegularExpressions;
using ChatOps.Testing.Schemas;

namespace ChatOps.Tests.Security;

/// <summary>docs/threat-model.md names real tests: a control whose test was renamed or removed is no control any more.</summary>
public sealed partial class ThreatModelTests
{
    [Fact]
    public void Every_test_that_it_names_is_there()
    {
        var text = File.ReadAllText(RepositoryFiles.Of("docs/threat-model.md"));
        var sources = Directory.EnumerateFiles(RepositoryFiles.Of("tests"), "*Tests.cs", SearchOption.AllDirectories).ToLookup(f => Path.GetFileNameWithoutExtension(f)!);
        var named = Named().Matches(text).Select(m => (Class: m.Groups[1].Value, Method: m.Groups[2].Value)).Distinct().ToList();

        Assert.True(named.Count > 60, $"Only {named.Count} tests are named.");
        Assert.Empty(named.Where(n => !sources[n.Class].Any(file => File.ReadAllText(file).Contains($" {n.Method}(", StringComparison.Ordinal))));
    }

    [Fact]
    public void Every_abuse_case_has_a_control_and_a_test()
    {
        var rows = File.ReadAllLines(RepositoryFiles.Of("docs/threat-model.md")).Where(l => Case().IsMatch(l)).ToList();

        Assert.True(rows.Count >= 40, $"Only {rows.Count} abuse cases.");
        Assert.Equal(rows.Count, rows.Select(r => Case().Match(r).Groups[1].Value).Distinct().Count());
        Assert.Empty(rows.Where(r => r.Split('|') is not [_, _, { Length: > 10 }, { Length: > 10 }, var test, ..] || !Named().IsMatch(test)));
    }

    [GeneratedRegex(@"`([A-Za-z0-9]+Tests)\.([A-Za-z0-9_]+)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"^\| ([A-Z]\d{2}) \|")]
    private static partial Regex Case();
}
