using System.Diagnostics;
using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.CommandLine;

/// <summary>The completion scripts in real shells. PowerShell is not in Debian: its script is looked at, not run.</summary>
public sealed class ShellCompletionTests
{
    private static readonly string Bin = Path.GetDirectoryName(ChatOpsExecutable.File)!;

    [Fact]
    public async Task Fish_completes_commands_and_options()
    {
        var found = await ShellAsync("fish", "--no-config", "-c", """
            source (chatops completion fish | psub)
            complete -C "chatops appr"
            complete -C "chatops run uptime --o"
            """);
        Assert.Contains("approvals", found, StringComparison.Ordinal);
        Assert.Contains("--on", found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Zsh_completes_a_command_at_a_press_of_tab()
    {
        // An interactive zsh on a terminal of its own: typed, completed, and what stands there then is printed.
        var found = await ShellAsync("zsh", "-f", "-c", """
            zmodload zsh/zpty
            zpty shell zsh -f -i
            zpty -w shell $'PS1= RPS1=; autoload -Uz compinit; compinit -u -D; source <(chatops completion zsh); print re\'\'ady'
            zpty -r shell line '*ready*'
            zpty -w -n shell $'chatops appr\t'
            zpty -r shell line '*approvals*'
            print -r -- "$line"
            zpty -d shell
            """);
        Assert.Contains("approvals", found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_powershell_script_asks_the_same_completion()
    {
        using var folder = new TempFolder();
        var script = await new Commands(folder.Data).RunAsync("completion", "pwsh");
        Assert.Equal(0, script.ExitCode);
        Assert.Contains("Register-ArgumentCompleter -Native -CommandName chatops", script.Output, StringComparison.Ordinal);
        Assert.Contains("chatops complete $cursorPosition", script.Output, StringComparison.Ordinal);
    }

    private static async Task<string> ShellAsync(string shell, params string[] arguments)
    {
        var start = new ProcessStartInfo(shell, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{Bin}:{Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Until.Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            return await output + await errors;
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
