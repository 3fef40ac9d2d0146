using System.Diagnostics;
using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.CommandLine;

/// <summary>A person at a terminal sees that something goes on; a pipe gets the result alone.</summary>
public sealed class TerminalTests(RunningGatewayFixture running) : IClassFixture<RunningGatewayFixture>
{
    private const string Frames = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
    private const string ClearLine = "\r\u001b[K";

    [Fact]
    public async Task A_terminal_shows_a_spinner_until_the_output_comes_and_takes_it_away()
    {
        // The reader waits until the writer comes, so the command takes as long as it takes, and is a read.
        var fifo = running.Folder.In("slow");
        using (var made = Process.Start("mkfifo", [fifo])) await made.WaitForExitAsync();
        using var terminal = OnTerminal($"run 'cat {fifo}' --on local");
        await terminal.ShowsAsync("working");
        await File.WriteAllTextAsync(fifo, "it is there\n");
        var text = await terminal.EndAsync();

        Assert.Contains(text, c => Frames.Contains(c, StringComparison.Ordinal));
        Assert.Contains("working", text, StringComparison.Ordinal);
        Assert.Contains("it is there", text, StringComparison.Ordinal);
        Assert.True(text.LastIndexOf(ClearLine, StringComparison.Ordinal) > text.LastIndexOf("working", StringComparison.Ordinal), "The spinner was left on the screen.");
    }

    [Fact]
    public async Task A_terminal_that_waits_for_an_approval_says_so_and_how_to_decide()
    {
        using var terminal = OnTerminal($"run 'touch {running.Folder.In("at-terminal")}' --on local");
        var id = "";
        await Until.TrueAsync(
            async () =>
            {
                var waiting = (await running.Gateway.CallAsync("approvals_list", new { state = "pending" }))["result"]!.AsArray();
                id = (string?)waiting.FirstOrDefault(a => a!.ToJsonString().Contains("at-terminal", StringComparison.Ordinal))?["id"] ?? "";
                return id.Length > 0;
            },
            () => "The command does not ask.");
        await terminal.ShowsAsync($"waiting for approval {id}");
        await running.Gateway.CallAsync("approvals_approve", new { id });
        var text = await terminal.EndAsync();

        Assert.Contains($"chatops approvals approve {id}", text, StringComparison.Ordinal);
        Assert.Contains($"waiting for approval {id}", text, StringComparison.Ordinal);
        Assert.True(File.Exists(running.Folder.In("at-terminal")));
    }

    [Fact]
    public async Task The_live_dashboard_draws_what_begins_to_run_and_ends_with_q()
    {
        var fifo = running.Folder.In("dashboard");
        using (var made = Process.Start("mkfifo", [fifo])) await made.WaitForExitAsync();
        using var terminal = OnTerminal("fleet status --live");
        await terminal.ShowsAsync("Nothing runs.");
        await terminal.ShowsAsync("local");
        var run = running.Gateway.CallAsync("run", new { command_line = $"cat {fifo}", on = "local" });
        await terminal.ShowsAsync("1 running");
        await File.WriteAllTextAsync(fifo, "over\n");
        await run;
        await terminal.TypeAsync("q");
        Assert.Contains("q quits", await terminal.EndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Colours_are_for_terminals_whose_user_did_not_say_no_colour()
    {
        using var coloured = OnTerminal("status");
        Assert.Contains("\u001b[", await coloured.EndAsync(), StringComparison.Ordinal);
        using var plain = OnTerminal("status", "NO_COLOR=1 ");
        Assert.DoesNotContain("\u001b[3", await plain.EndAsync(), StringComparison.Ordinal);
        var piped = await running.Commands.RunAsync("status");
        Assert.DoesNotContain('\u001b', piped.Output + piped.Errors);
        Assert.DoesNotContain(piped.Errors, c => Frames.Contains(c, StringComparison.Ordinal));
    }

    private Terminal OnTerminal(string command, string variables = "") =>
        new($"{variables}'{ChatOpsExecutable.File}' --data '{running.Folder.Data}' {command}");
}
