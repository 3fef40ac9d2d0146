using ChatOps.Cli;
using ChatOps.Mcp.Using;
using ChatOps.Testing;
using ChatOps.Tests.Cli;

namespace ChatOps.Tests.Mcp;

public sealed class OutsideSettingsTests
{
    [Theory]
    [InlineData("""{ "Name": "files", "Command": "npx -y server '/a b'", "Environment": ["PATH"], "Timeout": "2m" }""", null)]
    [InlineData("""{ "Name": "files", "Url": "https://mcp.example.com/mcp", "Token": "${env:HOME}" }""", null)]
    [InlineData("""{ "Name": "My Server", "Command": "x" }""", "lower-case letters")]
    [InlineData("""{ "Name": "tools", "Command": "x" }""", "not 'servers'")]
    [InlineData("""{ "Name": "files" }""", "either Command or Url")]
    [InlineData("""{ "Name": "files", "Command": "x", "Url": "https://a.example" }""", "either Command or Url")]
    [InlineData("""{ "Name": "files", "Command": "x 'open" }""", "quotes must be closed")]
    [InlineData("""{ "Name": "files", "Url": "http://mcp.example.com" }""", "must be an https address")]
    [InlineData("""{ "Name": "files", "Command": "x", "Environment": ["A=b"] }""", "is no name of a variable")]
    [InlineData("""{ "Name": "files", "Comand": "x" }""", "Command")]
    public async Task An_entry_is_taken_or_its_slip_is_named(string entry, string? says)
    {
        using var directory = new TempDirectory();
        var file = directory["more.json"];
        await File.WriteAllTextAsync(file, $$"""{ "Mcp": { "Servers": [ {{entry}} ] } }""");
        var run = await CliRun.OfAsync("--config", file, "config", "check");

        Assert.Equal(says is null ? ExitCodes.Done : ExitCodes.Usage, run.ExitCode);
        if (says is not null) Assert.Contains(says, run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_are_separated_and_quoted_and_nothing_is_expanded()
    {
        Assert.Equal(["a", "b c", "d'e", "", "$HOME", "f;g"], CommandWords.Split("a 'b c'  \"d'e\" '' $HOME f;g")!);
        Assert.Null(CommandWords.Split("a 'b"));
    }
}
