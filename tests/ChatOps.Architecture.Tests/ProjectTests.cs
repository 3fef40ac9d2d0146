using System.Xml.Linq;

namespace ChatOps.Architecture;

/// <summary>The two arrows: everybody knows the vocabulary and how its files are read, only the composition root knows everybody.</summary>
public sealed class ProjectTests
{
    private static readonly string[] CompositionRoots = ["ChatOps.Host", "ChatOps.Cli", "ChatOps.Node.Daemon"];

    /// <summary>What every project may reference: no I/O, no state, no services.</summary>
    private static readonly string[] Vocabulary = ["ChatOps.Abstractions", "ChatOps.Yaml"];

    /// <summary>Where each outside library may be referenced. A library that is not here belongs to every project that names it.</summary>
    private static readonly Dictionary<string, string[]> Homes = new()
    {
        ["MassTransit"] = ["ChatOps.Bus"],
        ["Microsoft.Extensions.AI.Abstractions"] = ["ChatOps.Agent"],
        ["OpenAI"] = ["ChatOps.Agent"],
        ["Anthropic"] = ["ChatOps.Agent"],
        ["Azure.Identity"] = ["ChatOps.Agent"],
        ["Polly.Core"] = ["ChatOps.Agent"],
        ["ModelContextProtocol.Core"] = ["ChatOps.Mcp"],
        ["Quartz"] = ["ChatOps.Scheduling"],
        ["Microsoft.Data.Sqlite.Core"] = ["ChatOps.Storage"],
        ["Npgsql"] = ["ChatOps.Storage"],
        ["SQLitePCLRaw.bundle_e_sqlite3"] = ["ChatOps.Storage"],
        ["YamlDotNet"] = ["ChatOps.Yaml"],
        ["System.CommandLine"] = ["ChatOps.Agent", "ChatOps.Cli"],
        ["Spectre.Console"] = ["ChatOps.Cli"],
        ["Serilog"] = ["ChatOps.Host"],
        ["OpenTelemetry"] = ["ChatOps.Host"],
        ["Markdig"] = ["ChatOps.Console", "ChatOps.Cli"],
    };

    [Fact]
    public void Every_project_references_the_vocabulary_and_no_sibling()
    {
        var wrong =
            from project in Repository.Projects("src", "channels")
            let name = Path.GetFileNameWithoutExtension(project)
            where !CompositionRoots.Contains(name)
            from reference in References(project)
            where !Vocabulary.Contains(reference)
            select $"{name} → {reference}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Each_outside_library_stays_in_its_home()
    {
        var wrong =
            from project in Repository.Projects("src", "channels")
            let name = Path.GetFileNameWithoutExtension(project)
            from package in Packages(project)
            where Homes.TryGetValue(package, out var homes) && !homes.Contains(name)
            select $"{name} → {package}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Only_projects_with_a_caller_exist()
    {
        var called = Repository.Projects("src", "channels").SelectMany(References).ToHashSet();
        var uncalled = Repository.Projects("src", "channels").Select(p => Path.GetFileNameWithoutExtension(p)!).Where(n => n is not ("ChatOps.Cli" or "ChatOps.Node.Daemon") && !called.Contains(n));
        Assert.Empty(uncalled);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "ChatOps.sln"));
        Assert.Empty(Repository.Projects("src", "channels", "tests").Select(Path.GetFileName).Where(p => !solution.Contains(p!)));
    }

    private static IEnumerable<string> References(string project) =>
        XDocument.Load(project).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));

    private static IEnumerable<string> Packages(string project) =>
        XDocument.Load(project).Descendants("PackageReference").Select(r => r.Attribute("Include")?.Value).OfType<string>();
}
