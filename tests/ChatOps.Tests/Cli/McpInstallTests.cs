using System.Text.Json.Nodes;
using ChatOps.Cli;
using ChatOps.Cli.Mcp;
using ChatOps.Testing;

namespace ChatOps.Tests.Cli;

public sealed class McpInstallTests : IDisposable
{
    private readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("claude-code", "mcpServers", "stdio")]
    [InlineData("claude-desktop", "mcpServers", null)]
    [InlineData("cursor", "mcpServers", null)]
    [InlineData("openclaw", "mcp.servers", null)]
    [InlineData("vscode", "servers", "stdio")]
    public async Task Each_client_gets_its_entry_where_it_looks_for_it(string client, string section, string? type)
    {
        var file = directory[$"new/{client}.json"];
        var run = await CliRun.OfAsync("mcp", "install", "--client", client, "--file", file, "--no-wait");
        var entry = At(file, section)["chatops"]!;

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Equal(type, (string?)entry["type"]);
        Assert.True(Path.IsPathFullyQualified((string)entry["command"]!) || (string)entry["command"]! == "dotnet");
        Assert.Equal(["mcp", "--no-wait"], entry["args"]!.AsArray().Select(a => (string)a!).TakeLast(2));
        Assert.Null(entry["env"]);
    }

    [Fact]
    public void The_usual_files_are_those_of_the_clients()
    {
        var places = new McpClientPlaces("/home/ana", "/home/ana/.config");
        Assert.Equal(
            ["/home/ana/.claude.json", "/home/ana/.config/Claude/claude_desktop_config.json", "/home/ana/.cursor/mcp.json", "/home/ana/.openclaw/openclaw.json", "/home/ana/.config/Code/User/mcp.json"],
            McpClientKind.All.Select(c => c.File(places)));
    }

    [Fact]
    public async Task What_else_is_in_the_file_stays_and_a_copy_of_before_is_kept()
    {
        var file = directory["mcp.json"];
        const string Before = """{ "theme": "dark", "big": 12345678901234567890, "mcpServers": { "other": { "command": "npx", "args": ["-y", "it's <b>"] } } }""";
        await File.WriteAllTextAsync(file, Before);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var run = await CliRun.OfAsync("mcp", "install", "--client", "cursor", "--file", file, "--json");
        var after = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        var backup = (string)JsonNode.Parse(run.Output)!["backup"]!;

        Assert.Equal("dark", (string?)after["theme"]);
        Assert.Equal("12345678901234567890", after["big"]!.ToJsonString());
        Assert.Equal("it's <b>", (string?)after["mcpServers"]!["other"]!["args"]![1]);
        Assert.NotNull(after["mcpServers"]!["chatops"]);
        Assert.Equal(Before, await File.ReadAllTextAsync(backup));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task A_second_time_changes_nothing_and_another_entry_is_replaced()
    {
        var file = directory["mcp.json"];
        await CliRun.OfAsync("mcp", "install", "--client", "cursor", "--file", file);
        var again = await CliRun.OfAsync("mcp", "install", "--client", "cursor", "--file", file, "--json");
        var other = await CliRun.OfAsync("mcp", "install", "--client", "cursor", "--file", file, "--json", "--wait", "10m");

        Assert.False((bool)JsonNode.Parse(again.Output)!["changed"]!);
        Assert.True((bool)JsonNode.Parse(other.Output)!["replaced"]!);
    }

    [Theory]
    [InlineData("{ // mine\n \"mcpServers\": {} }", "comments")]
    [InlineData("{ mcpServers: {} }", "not JSON")]
    [InlineData("[]", "no JSON object")]
    [InlineData("""{ "mcpServers": [] }""", "no object")]
    public async Task A_file_that_cannot_be_kept_whole_is_not_touched(string before, string says)
    {
        var file = directory["mcp.json"];
        await File.WriteAllTextAsync(file, before);
        var run = await CliRun.OfAsync("mcp", "install", "--client", "cursor", "--file", file);

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(file));
        Assert.Equal([file], Directory.GetFiles(Path.GetDirectoryName(file)!));
    }

    [Fact]
    public async Task A_token_is_named_by_its_file_and_never_written()
    {
        var file = directory["mcp.json"];
        var token = directory["token"];
        await File.WriteAllTextAsync(token, "chatops_a-secret-of-ours");
        var run = await CliRun.OfAsync("--gateway", "https://chatops.example.com", "mcp", "install", "--client", "vscode", "--file", file, "--token-file", token);
        var text = await File.ReadAllTextAsync(file);

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.DoesNotContain("a-secret-of-ours", text, StringComparison.Ordinal);
        Assert.Equal(token, (string?)At(file, "servers")["chatops"]!["env"]!["CHATOPS_TOKEN_FILE"]);
        Assert.Contains("https://chatops.example.com", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Print_shows_the_entry_and_writes_nothing()
    {
        var file = directory["mcp.json"];
        var run = await CliRun.OfAsync("mcp", "install", "--client", "openclaw", "--file", file, "--print");

        Assert.NotNull(JsonNode.Parse(run.Output)!["mcp"]!["servers"]!["chatops"]!["command"]);
        Assert.False(File.Exists(file));
    }

    [Theory]
    [InlineData("cursr", "did you mean 'cursor'")]
    [InlineData("emacs", "is not known here")]
    public async Task An_unknown_client_is_said_with_those_that_are_known(string client, string says)
    {
        var run = await CliRun.OfAsync("mcp", "install", "--client", client, "--print");
        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
    }

    private static JsonNode At(string file, string section) => section.Split('.').Aggregate(JsonNode.Parse(File.ReadAllText(file))!, (node, key) => node[key]!);
}
