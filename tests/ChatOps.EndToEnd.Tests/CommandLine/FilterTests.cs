using System.Diagnostics;
using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Harness;
using ChatOps.Tools;

namespace ChatOps.EndToEnd.CommandLine;

/// <summary>Commands as parts of scripts: pipes, JSON, completion, help, checks. None of these needs a gateway.</summary>
public sealed class FilterTests : IDisposable
{
    private const string Aws = "AKIA" + "IOSFODNN7EXAMPLQ";
    private readonly TempFolder folder = new();

    private Commands Commands => new(folder.Data);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Json_puts_one_object_and_nothing_else_on_standard_output()
    {
        foreach (var arguments in (string[][])[["run", "echo hello", "--on", "local", "--json"], ["status", "--json"], ["audit", "list", "--json"], ["nodes", "--json"], ["run", "rm -rf /", "--on", "local", "--json"], ["runn", "--json"]])
        {
            var result = await Commands.RunAsync(arguments);
            var line = Assert.Single(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.NotNull(JsonNode.Parse(line)!["status"]);
        }
    }

    [Fact]
    public async Task Piped_output_is_the_commands_own_without_colours_or_spinners()
    {
        var result = await Commands.RunAsync("run", "seq 1 1000", "--on", "local");
        Assert.Equal(Enumerable.Range(1, 1000).Select(n => $"{n}"), result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain('\u001b', result.Output + result.Errors);
        Assert.DoesNotContain('\r', result.Output + result.Errors);
    }

    [Fact]
    public async Task Policy_explain_reads_one_command_a_line()
    {
        var result = await Commands.RunAsync("ls -l | grep x\nrm -rf /\n$(reboot)\n", ["policy", "explain", "-"]);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["read", "forbidden"], result.Output.Split('\n').Take(2).Select(line => line.Split('\t')[0]));
        Assert.DoesNotContain("read", result.Output.Split('\n')[2].Split('\t')[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Policy_explain_speaks_json_lines_both_ways()
    {
        var result = await Commands.RunAsync("{\"command\":\"uptime\"}\n{\"command\":\"touch x\"}\n", ["policy", "explain", "-", "--json"]);
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(["read", "change"], lines.Select(l => (string)l["risk"]!));
        Assert.All(lines, line => Assert.Equal(["command", "risk", "rule", "reason", "runsWithoutShell"], line.AsObject().Select(p => p.Key)));
    }

    [Fact]
    public async Task Redact_takes_secrets_out_of_a_pipe_and_leaves_hashes_alone()
    {
        const string Digest = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        var text = await Commands.RunAsync($"key {Aws} and {Digest}\n", ["redact", "-"]);
        Assert.DoesNotContain(Aws, text.Output, StringComparison.Ordinal);
        Assert.Contains(Digest, text.Output, StringComparison.Ordinal);

        var json = await Commands.RunAsync(new JsonObject { ["text"] = $"key {Aws}" }.ToJsonString() + "\n", ["redact", "-", "--json"]);
        Assert.DoesNotContain(Aws, json.Output, StringComparison.Ordinal);
        Assert.StartsWith("key ", (string)JsonNode.Parse(json.Output)!["text"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_completion_script_completes_in_a_real_bash()
    {
        var script = $"""
            PATH="{Path.GetDirectoryName(ChatOpsExecutable.File)}:$PATH"
            source <(chatops completion bash)
            try() {"{"} COMP_LINE="$1"; COMP_POINT=${"{"}#COMP_LINE{"}"}; COMP_WORDS=($1); [[ "$1" == *" " ]] && COMP_WORDS+=(""); COMP_CWORD=$(( ${"{"}#COMP_WORDS[@]{"}"} - 1 )); _chatops; printf '%s\n' "${"{"}COMPREPLY[@]{"}"}"; echo --; {"}"}
            complete -p chatops
            try "chatops appr"
            try "chatops run uptime --o"
            """;
        using var bash = Process.Start(new ProcessStartInfo("bash", ["--norc", "-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = await bash.StandardOutput.ReadToEndAsync();
        var errors = await bash.StandardError.ReadToEndAsync();
        await bash.WaitForExitAsync();

        Assert.True(bash.ExitCode == 0, errors);
        var parts = output.Split("--\n");
        Assert.Contains("_chatops", parts[0], StringComparison.Ordinal);
        Assert.Contains("approvals", parts[0], StringComparison.Ordinal);
        Assert.Contains("--on", output[parts[0].Length..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Config_check_names_every_slip_at_once_with_file_line_and_the_nearest_name()
    {
        var file = folder.In("bad.json");
        await File.WriteAllTextAsync(file, """
            {
              "Gateway": {
                "Urlz": "http://127.0.0.1:1"
              },
              "Approvals": { "Expiry": "soon" },
              "Channels": { "Web": { "Enabeld": true } }
            }
            """);

        var result = await Commands.RunAsync("config", "check", "--config", file);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"{file}:3: Gateway:Urlz", result.Errors, StringComparison.Ordinal);
        Assert.Contains("did you mean 'Gateway:Urls'?", result.Errors, StringComparison.Ordinal);
        Assert.Contains($"{file}:5: Approvals:Expiry", result.Errors, StringComparison.Ordinal);
        Assert.Contains($"{file}:6: Channels:Web:Enabeld", result.Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await Commands.RunAsync("config", "check")).ExitCode);
    }

    [Fact]
    public async Task Every_commands_help_ends_with_0_and_says_every_parameter()
    {
        var problems = new List<string>();
        var commands = ToolDefinitions.All.SelectMany(m => m.Commands.Select(c => (Manifest: m, Command: c))).ToList();
        await Parallel.ForEachAsync(commands, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (item, _) =>
        {
            var help = await Commands.RunAsync([.. item.Command.Split(' '), "--help"]);
            var text = string.Join(' ', help.Output.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));
            var missing = item.Manifest.Parameters.Where(p => !p.Hidden && !text.Contains(p.Description, StringComparison.Ordinal)).Select(p => p.Name).ToList();
            lock (problems)
            {
                if (help.ExitCode != 0) problems.Add($"{item.Command}: {help}");
                if (missing.Count > 0) problems.Add($"{item.Command} does not say: {string.Join(", ", missing)}");
            }
        });
        foreach (var command in (string[])["", "gateway", "chat", "config", "config check", "config explain", "config show", "completion", "version"])
        {
            var help = await Commands.RunAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
            if (help.ExitCode != 0) problems.Add($"{command}: {help}");
        }

        Assert.Empty(problems);
    }

    [Fact]
    public async Task A_chat_message_is_answered_on_standard_output()
    {
        var result = await Commands.RunAsync("chat", "-m", "/whoami");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("owner", result.Output, StringComparison.Ordinal);
        var free = await Commands.RunAsync("chat", "-m", "how long is the machine up");
        Assert.Contains("/help", free.Output, StringComparison.Ordinal);
    }
}
