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
        var shown = OnTerminalAsync($"run 'cat {fifo}' --on local");
        await Task.Delay(TimeSpan.FromMilliseconds(700));
        await File.WriteAllTextAsync(fifo, "it is there\n");
        var text = await shown;

        Assert.Contains(text, c => Frames.Contains(c, StringComparison.Ordinal));
        Assert.Contains("working", text, StringComparison.Ordinal);
        Assert.Contains("it is there", text, StringComparison.Ordinal);
        Assert.True(text.LastIndexOf(ClearLine, StringComparison.Ordinal) > text.LastIndexOf("working", StringComparison.Ordinal), "The spinner was left on the screen.");
    }

    [Fact]
    public async Task A_terminal_that_waits_for_an_approval_says_so_and_how_to_decide()
    {
        var command = OnTerminalAsync($"run 'touch {running.Folder.In("at-terminal")}' --on local");
        var id = "";
        await Until.TrueAsync(
            async () =>
            {
                var waiting = (await running.Gateway.CallAsync("approvals_list", new { state = "pending" }))["result"]!.AsArray();
                id = (string?)waiting.FirstOrDefault(a => a!.ToJsonString().Contains("at-terminal", StringComparison.Ordinal))?["id"] ?? "";
                return id.Length > 0;
            },
            () => "The command does not ask.");
        await Task.Delay(TimeSpan.FromMilliseconds(500));
        await running.Gateway.CallAsync("approvals_approve", new { id });
        var text = await command;

        Assert.Contains($"chatops approvals approve {id}", text, StringComparison.Ordinal);
        Assert.Contains($"waiting for approval {id}", text, StringComparison.Ordinal);
        Assert.True(File.Exists(running.Folder.In("at-terminal")));
    }

    [Fact]
    public async Task Colours_are_for_terminals_whose_user_did_not_say_no_colour()
    {
        Assert.Contains("\u001b[", await OnTerminalAsync("status"), StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[3", await OnTerminalAsync("status", "NO_COLOR=1 "), StringComparison.Ordinal);
        var piped = await running.Commands.RunAsync("status");
        Assert.DoesNotContain('\u001b', piped.Output + piped.Errors);
        Assert.DoesNotContain(piped.Errors, c => Frames.Contains(c, StringComparison.Ordinal));
    }

    // script(1) gives the command a real pseudo-terminal for all three streams.
    private async Task<string> OnTerminalAsync(string command, string variables = "")
    {
        var start = new ProcessStartInfo("script", ["-qec", $"{variables}'{ChatOpsExecutable.File}' --data '{running.Folder.Data}' {command}", "/dev/null"])
        {
            RedirectStandardOutput = true, RedirectStandardInput = true,
        };
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("NO_COLOR");
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            return await process.StandardOutput.ReadToEndAsync(limit.Token);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
