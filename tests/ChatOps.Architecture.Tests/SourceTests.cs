using System.Text.RegularExpressions;

namespace ChatOps.Architecture;

/// <summary>What a reader relies on when looking for a place.</summary>
public sealed partial class SourceTests
{
    private static readonly string[] ForbiddenSuffixes = ["Manager", "Helper", "Helpers", "Utils", "Utility"];

    [Fact]
    public void A_file_is_named_for_its_one_top_level_type()
    {
        var wrong =
            from file in Repository.Sources("src", "channels")
            let types = TopLevelType().Matches(File.ReadAllText(file)).Select(m => m.Groups["name"].Value).Distinct().ToList()
            let stem = Path.GetFileName(file).Split('.')[0]
            where types.Count > 1 || (types.Count == 1 && types[0] != stem)
            select $"{Repository.Relative(file)}: {string.Join(", ", types)}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void No_type_is_named_after_a_job_that_nobody_can_name()
    {
        var wrong =
            from file in Repository.Sources("src", "channels")
            from Match match in TopLevelType().Matches(File.ReadAllText(file))
            let name = match.Groups["name"].Value
            where ForbiddenSuffixes.Any(s => name.EndsWith(s, StringComparison.Ordinal))
            select $"{Repository.Relative(file)}: {name}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Nothing_is_left_to_do_in_the_sources()
    {
        var wrong = Repository.Sources("src", "channels").Where(f => ToDo().IsMatch(File.ReadAllText(f))).Select(Repository.Relative);
        Assert.Empty(wrong);
    }

    [Fact]
    public void Connections_to_files_are_made_where_their_library_is_chosen()
    {
        var makers = Repository.Sources("src", "channels", "tests").Where(f => Connection().IsMatch(File.ReadAllText(f))).Select(Repository.Relative);
        Assert.Equal(["src/ChatOps.Storage/Sqlite/SqliteLibrary.cs"], makers);
    }

    [GeneratedRegex(@"new (?:Microsoft\.Data\.Sqlite\.)?SqliteConnection\(")]
    private static partial Regex Connection();

    [GeneratedRegex(@"^(?:public |internal |file )?(?:static |sealed |abstract |readonly |partial |unsafe )*(?:class|record struct|record|struct|interface|enum)\s+(?<name>[A-Za-z0-9_]+)", RegexOptions.Multiline)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedException|#region")]
    private static partial Regex ToDo();
}
