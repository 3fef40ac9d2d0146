using ChatOps.Node.Execution;

namespace ChatOps.Tests.Node;

public sealed class PathExpansionTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("chatops-glob-").FullName;

    public PathExpansionTests()
    {
        foreach (var name in new[] { "a.log", "b.log", ".hidden.log", "-rf", "B.txt", "a b.txt", "x*y", "logs/one.log", "logs/two.log", "logs/deep/three.log", "other/four.log", "ü.log" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_directory, name))!);
            File.WriteAllText(Path.Combine(_directory, name), "");
        }

        File.CreateSymbolicLink(Path.Combine(_directory, "dangling"), "/no/such");
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("*.log", "a.log b.log ü.log")]
    [InlineData("?.log", "a.log b.log ü.log")]
    [InlineData("[ab].log", "a.log b.log")]
    [InlineData("[!a].log", "b.log ü.log")]
    [InlineData("[a-a].log", "a.log")]
    [InlineData("[[:lower:]].log", "a.log b.log ü.log")]
    [InlineData("[]x].log", "[]x].log")]
    [InlineData(".*.log", ".hidden.log")]
    [InlineData("[.]*.log", "[.]*.log")]
    [InlineData("*/*.log", "logs/one.log logs/two.log other/four.log")]
    [InlineData("logs/*", "logs/deep logs/one.log logs/two.log")]
    [InlineData("*/", "logs/ other/")]
    [InlineData("lo*/one.log", "logs/one.log")]
    [InlineData("lo*/nothing", "lo*/nothing")]
    [InlineData("./*.txt", "./B.txt|./a b.txt")]
    [InlineData("*\\**", "x*y")]
    [InlineData("x\\*?", "x*y")]
    [InlineData("none\\*\\ *", "none* *")]
    [InlineData("[ab", "[ab")]
    [InlineData("dang*", "dangling")]
    [InlineData("-*", "./-rf")]
    [InlineData("?rf", "./-rf")]
    [InlineData("logs/../a*g", "logs/../a.log")]
    public void A_pattern_becomes_the_names_it_matches(string pattern, string expected) =>
        Assert.Equal(expected.Contains('|') ? expected.Split('|') : expected.StartsWith("none", StringComparison.Ordinal) ? [expected] : expected.Split(' '), PathExpansion.Expand(pattern, _directory));

    [Fact]
    public void An_absolute_pattern_does_not_depend_on_the_directory() =>
        Assert.Equal([_directory + "/a.log", _directory + "/b.log", _directory + "/ü.log"], PathExpansion.Expand(_directory + "/*.log", "/"));

    [Fact]
    public void A_hostile_pattern_ends_quickly()
    {
        File.WriteAllText(Path.Combine(_directory, new string('a', 200)), "");
        var pattern = string.Concat(Enumerable.Repeat("*a", 5000)) + "b";
        Assert.Equal([pattern], PathExpansion.Expand(pattern, _directory));
    }

    [Fact]
    public void Too_many_names_are_refused()
    {
        var many = Directory.CreateDirectory(Path.Combine(_directory, "many")).FullName;
        for (var number = 0; number <= PathExpansion.MaxNames; number++)
            File.Create(Path.Combine(many, "f" + number)).Dispose();
        Assert.Null(PathExpansion.Expand("many/*", _directory));
    }

    [Fact]
    public async Task An_execution_gets_the_names()
    {
        using var machine = new Machine();
        await File.WriteAllTextAsync(Path.Combine(machine.Directory, "-n"), "");
        await File.WriteAllTextAsync(Path.Combine(machine.Directory, "m"), "");
        var result = await machine.RunAsync([Machine.Pipe(Machine.Pattern("ls", "?", "?n"))]);
        Assert.Equal("./-n\nm\n", result.Output);
    }
}
