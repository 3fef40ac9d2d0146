using System.Diagnostics;
using ChatOps.Cli;
using ChatOps.Cli.Commands;
using ChatOps.Testing;

namespace ChatOps.Tests.Cli;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("chatops ", "run")]
    [InlineData("chatops au", "audit")]
    [InlineData("chatops audit ", "verify")]
    [InlineData("chatops audit export --format ", "csv")]
    [InlineData("chatops completion ", "bash")]
    [InlineData("chatops gateway --no", "--no-open")]
    [InlineData("chatops config explain Appr", "Approvals:Expiry")]
    public void What_could_stand_at_the_cursor_is_offered(string line, string expected)
    {
        Assert.Contains(expected, Complete(line));
    }

    [Theory]
    [InlineData("chatops")]
    [InlineData("")]
    [InlineData("chatops audit zzz")]
    public void Nothing_is_offered_where_nothing_fits(string line)
    {
        Assert.Empty(Complete(line));
    }

    [Fact]
    public void Hidden_commands_are_not_offered()
    {
        Assert.DoesNotContain("complete", Complete("chatops "));
    }

    [Fact]
    public async Task The_bash_script_completes_in_a_real_bash()
    {
        using var directory = new TempDirectory();
        var script = await CliRun.OfAsync("completion", "bash");
        File.WriteAllText(directory["chatops.bash"], script.Output);
        var program = Path.Combine(AppContext.BaseDirectory, "chatops.dll");
        File.WriteAllText(directory["chatops"], $"#!/bin/sh\nexec dotnet exec --runtimeconfig '{Path.ChangeExtension(program, ".runtimeconfig.json")}' '{program}' \"$@\"\n");
        File.SetUnixFileMode(directory["chatops"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var test = $"""
            PATH='{directory.Path}':$PATH
            source '{directory["chatops.bash"]}'
            COMP_LINE='chatops audit ver'; COMP_POINT=17; COMP_WORDS=(chatops audit ver); COMP_CWORD=2
            _chatops
            printf '%s\n' "$(complete -p chatops)" "${"{COMPREPLY[@]}"}"
            """;
        var lines = await BashAsync(test);

        Assert.Equal(["complete -o default -F _chatops chatops", "verify"], lines);
    }

    [Theory]
    [InlineData("zsh", "compdef _chatops chatops")]
    [InlineData("fish", "complete -c chatops")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public async Task There_is_a_script_for_each_shell(string shell, string part)
    {
        var run = await CliRun.OfAsync("completion", shell);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(part, run.Output, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Complete(string line)
    {
        var streams = new CliStreams(TextReader.Null, TextWriter.Null, TextWriter.Null, false, false, false);
        return CompleteCommand.Complete(CommandLine.Build(new CliContext(streams, new GlobalOptions())), line, line.Length);
    }

    private static async Task<string[]> BashAsync(string script)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["--norc", "-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
