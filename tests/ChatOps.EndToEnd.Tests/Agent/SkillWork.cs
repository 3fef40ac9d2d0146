using System.Diagnostics;
using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Harness;
using ChatOps.Testing.Schemas;
using ChatOps.Testing.Skills;

namespace ChatOps.EndToEnd.Agent;

/// <summary>A skill at work: what it tells to run is run by a real gateway against the real program.</summary>
internal sealed class SkillWork(GatewayProcess gateway, string skill) : IDisposable
{
    private readonly List<Process> servers = [];

    /// <summary>The skill's folder.</summary>
    public string Folder { get; } = RepositoryFiles.Of($"skills/{skill}");

    /// <summary>The command lines of its SKILL.md, those of some sections alone when they are named.</summary>
    public IEnumerable<string> Lines(params string[] sections) => SkillCommand.All
        .Where(c => c.Place.StartsWith($"{skill}/SKILL.md", StringComparison.Ordinal) && (sections.Length == 0 || sections.Contains(c.Section.Split(',')[0]))).Select(c => c.Line);

    /// <summary>Runs a line on the gateway's own machine, approved where it asks; it must succeed. Answers with what it said.</summary>
    public async Task<string> RunAsync(string line)
    {
        var end = await gateway.CallApprovedAsync("run", new { command_line = line, on = "local" });
        Assert.True((string?)end["status"] == "done", $"{skill}: `{line}` → {end.ToJsonString()}");
        return Said(end);
    }

    /// <summary>What a tool said, as text.</summary>
    public static string Said(JsonNode end) => System.Text.RegularExpressions.Regex.Unescape(end["result"]!.ToJsonString().Replace("\\u", "\\\\u", StringComparison.Ordinal));

    /// <summary>Starts a server of the skill's; it ends with this.</summary>
    public void Start(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        servers.Add(process);
    }

    public void Dispose()
    {
        foreach (var server in servers)
        {
            if (!server.HasExited) server.Kill(entireProcessTree: true);
            server.WaitForExit();
            server.Dispose();
        }
    }
}
