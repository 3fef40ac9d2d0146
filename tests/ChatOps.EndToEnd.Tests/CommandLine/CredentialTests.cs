using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.CommandLine;

/// <summary>What scripts do with tokens and links, and who is recorded.</summary>
public sealed class CredentialTests(RunningGatewayFixture running) : IClassFixture<RunningGatewayFixture>
{
    [Fact]
    public async Task A_new_token_is_in_the_json_once_works_and_is_nowhere_else()
    {
        var made = await running.Commands.RunAsync("access", "token", "create", "script", "--json");
        Assert.Equal(0, made.ExitCode);
        var token = (string)JsonNode.Parse(made.Output)!["secret"]!;
        Assert.Equal(2, made.Output.Split(token).Length);
        Assert.DoesNotContain(token, made.Errors, StringComparison.Ordinal);

        var commands = new Commands(running.Folder.Data) { Environment = { ["CHATOPS_TOKEN"] = token } };
        var who = await commands.RunAsync("--gateway", running.Gateway.Address.ToString(), "access", "whoami");
        Assert.True(who.ExitCode == 0, who.ToString());

        Assert.DoesNotContain(token, (await running.Commands.RunAsync("access", "token", "list", "--json")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(token, (await running.Commands.RunAsync("audit", "export", "--since", "1h")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(token, running.Gateway.Log, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(running.Folder.Data, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "lock"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            Assert.False((await reader.ReadToEndAsync()).Contains(token, StringComparison.Ordinal), $"{file} holds the token.");
        }
    }

    [Fact]
    public async Task A_link_is_in_the_json_and_signs_in_once()
    {
        var made = await running.Commands.RunAsync("access", "link", "--json");
        var link = new Uri(running.Gateway.Address, (string)JsonNode.Parse(made.Output)!["secret"]!);
        using var browser = new HttpClient();
        Assert.True((await browser.GetAsync(link)).IsSuccessStatusCode);
        using var second = new HttpClient();
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await second.GetAsync(link)).StatusCode);

        var plain = await running.Commands.RunAsync("access", "link");
        Assert.Contains($"{running.Gateway.Address}sign-in?code=", plain.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_console_is_served_no_link_is_made()
    {
        using var folder = new TempFolder();
        var result = await new Commands(folder.Data) { Environment = { ["CHATOPS__Channels__Web__Enabled"] = "false" } }.RunAsync("access", "link");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Channels:Web:Enabled is false", result.Output + result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("sign-in?code", result.Output + result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_speaks_as_somebody_else_is_in_the_record()
    {
        await running.Gateway.CallApprovedAsync("access_grant", new { person = "ben", role = "viewer" });
        var said = await running.Commands.RunAsync("chat", "--as", "ben", "-m", "/whoami");
        Assert.True(said.ExitCode == 0, said.ToString());
        Assert.Contains("ben", said.Output, StringComparison.Ordinal);

        var record = await running.Commands.RunAsync("audit", "list");
        Assert.Contains("owner acts as ben: a message in", record.Output, StringComparison.Ordinal);
        Assert.Contains("owner acts as ben: reads ben.cli", record.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_is_an_answer_however_it_is_asked_for()
    {
        var option = await running.Commands.RunAsync("--help");
        var word = await running.Commands.RunAsync("help");
        Assert.Equal((0, 0), (option.ExitCode, word.ExitCode));
        Assert.Equal(option.Output, word.Output);
        Assert.Contains("approvals", word.Output, StringComparison.Ordinal);

        var run = await running.Commands.RunAsync("help", "run");
        Assert.Equal((0, (await running.Commands.RunAsync("run", "--help")).Output), (run.ExitCode, run.Output));
        Assert.Equal(2, (await running.Commands.RunAsync("help", "rn")).ExitCode);
    }

    [Fact]
    public async Task A_file_in_a_directory_that_does_not_exist_says_what_to_do()
    {
        var result = await running.Commands.RunAsync("files", "write", "notes/a.txt", "hello", "--no-wait");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("the directory notes does not exist", result.Output + result.Errors, StringComparison.Ordinal);
        Assert.Contains("mkdir", result.Output + result.Errors, StringComparison.Ordinal);
    }
}
