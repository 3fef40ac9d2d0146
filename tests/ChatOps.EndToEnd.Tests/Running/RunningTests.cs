using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Harness;
using ChatOps.EndToEnd.Http;

namespace ChatOps.EndToEnd.Running;

/// <summary>What goes wrong while a gateway runs, and what it then does.</summary>
public sealed class RunningTests : IDisposable
{
    private const long Gigabyte = 1L << 30;
    private const long MemoryAllowance = 200L << 20;
    private readonly TempFolder folder = new();
    private readonly Sleepers sleepers = new();

    public void Dispose()
    {
        sleepers.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_data_directory_that_is_deleted_stops_everything_and_is_not_made_anew()
    {
        await using var gateway = await GatewayProcess.StartAsync(folder.Data);
        Directory.Delete(folder.Data, recursive: true);

        var effect = folder.In("effect");
        using var answer = await gateway.Client.PostAsJsonAsync("/api/tools/run", new { arguments = new { command_line = $"cat {effect}", on = "local" } });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("was deleted, moved or replaced", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var health = await gateway.Client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.False(File.Exists(Path.Combine(folder.Data, "chatops.db")), "An empty database appeared.");
        await gateway.StopAsync();
    }

    [Fact]
    public async Task A_gigabyte_of_output_costs_little_memory_and_keeps_both_ends()
    {
        await using var gateway = await GatewayProcess.StartAsync(folder.Data);
        await gateway.CallAsync("run", new { command_line = "seq 1 1000", on = "local" });
        var before = PeakMemory(gateway);

        var outcome = await gateway.CallAsync("run", new { command_line = $"echo first; head -c {Gigabyte} /dev/zero; echo; echo last", on = "local", timeout = "5m" });
        if ((string)outcome["status"]! == "waiting")
        {
            await gateway.CallAsync("approvals_approve", new { id = (string)outcome["approval"]! });
            await Until.TrueAsync(
                async () => (string)(outcome = JsonNode.Parse(await gateway.Client.GetStringAsync(new Uri($"/api/invocations/{(string)outcome["invocation"]!}?wait=30s", UriKind.Relative)))!)["status"]! is not ("waiting" or "running"),
                () => "It does not end.", TimeSpan.FromMinutes(5));
        }

        Assert.Equal("done", (string)outcome["status"]!);
        var output = (string)outcome["result"]!["nodes"]![0]!["output"]!;
        Assert.StartsWith("first", output, StringComparison.Ordinal);
        Assert.EndsWith("last\n", output, StringComparison.Ordinal);
        Assert.True(output.Length < 1 << 20, $"{output.Length} characters were kept.");
        var grown = PeakMemory(gateway) - before;
        Assert.True(grown < MemoryAllowance, $"The gateway grew by {grown >> 20} MiB.");
    }

    [Fact]
    public async Task A_command_that_ignores_the_polite_signal_is_killed_at_its_time()
    {
        await using var gateway = await GatewayProcess.StartAsync(folder.Data);
        var outcome = await gateway.CallApprovedAsync("run", new { command_line = $"trap '' TERM; echo begun; sleep 61.{sleepers.Number}; sleep 62.{sleepers.Number}", on = "local", timeout = "3s" });

        Assert.Equal("failed", (string)outcome["status"]!);
        Assert.Contains("timed out", outcome.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("begun", outcome.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(sleepers.Alive());
    }

    [Fact]
    public async Task A_process_that_is_left_behind_is_stopped_and_said()
    {
        await using var gateway = await GatewayProcess.StartAsync(folder.Data);
        var outcome = await gateway.CallApprovedAsync("run", new { command_line = $"setsid sleep 63.{sleepers.Number} > /dev/null 2>&1 & echo started", on = "local" });

        Assert.Contains("started", outcome.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("left 1 process behind", outcome.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(sleepers.Alive());
    }

    [Fact]
    public async Task Stop_ends_what_runs_in_the_conversation_and_nothing_else()
    {
        await using var gateway = await GatewayProcess.StartAsync(folder.Data);
        using var chat = await Chat.OpenAsync(gateway, "one");
        using var other = await Chat.OpenAsync(gateway, "two");
        await chat.SayAsync($"/run sleep 64.{sleepers.Number} --on local");
        await other.SayAsync($"/run sleep 65.{sleepers.Number} --on local");
        await Until.TrueAsync(() => Task.FromResult(sleepers.Alive().Count == 2), () => $"They do not run: {string.Join(", ", sleepers.Alive())}\n{chat.Heard}\n{other.Heard}");

        await chat.SayAsync("/stop");
        await chat.HearsAsync("Stopped");
        await Until.TrueAsync(() => Task.FromResult(sleepers.Alive().All(s => s.Contains("65.", StringComparison.Ordinal))), () => "It still runs.");
        Assert.Single(sleepers.Alive());

        await other.SayAsync("/stop");
        await Until.TrueAsync(() => Task.FromResult(sleepers.Alive().Count == 0), () => "The other one cannot be stopped.");
    }

    [Theory]
    [InlineData("Never", "you ask and decide alone, because four-eyes is not demanded here (Approvals:FourEyes)")]
    [InlineData("Always", "nobody can now: give a second person the right")]
    public async Task A_lone_owner_is_told_on_the_card_what_being_alone_means(string fourEyes, string sentence)
    {
        await using var gateway = await GatewayProcess.StartAsync(folder.Data, environment: new Dictionary<string, string> { ["CHATOPS__Approvals__FourEyes"] = fourEyes });
        var asked = await gateway.CallAsync("run", new { command_line = $"touch {folder.In("alone")}", on = "local" });

        var card = await new Commands(folder.Data).RunAsync("approvals", "show", (string)asked["approval"]!);

        Assert.Contains(sentence, card.Output, StringComparison.Ordinal);
        var decided = await gateway.CallAsync("approvals_approve", new { id = (string)asked["approval"]! });
        Assert.Equal(fourEyes == "Never" ? "done" : "refused", (string)decided["status"]!);
    }

    [Fact]
    public async Task A_megabyte_of_message_is_refused_with_a_sentence_and_the_conversation_goes_on()
    {
        await using var gateway = await GatewayProcess.StartAsync(folder.Data);
        using var chat = await Chat.OpenAsync(gateway, "long");

        using var refused = await chat.SayAsync(new string('x', 1 << 20));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("The message is too long: 1,048,576 characters, and at most 65,536 are taken.", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await chat.SayAsync("/whoami");
        await chat.HearsAsync("owner");
    }

    [Fact]
    public async Task A_changed_access_file_holds_at_once_and_a_bad_one_changes_nothing()
    {
        var workspace = Directory.CreateDirectory(folder.In("workspace")).FullName;
        var file = Path.Combine(workspace, "access.yaml");
        await File.WriteAllTextAsync(file, "people:\n  ana: { roles: [viewer] }\n");
        await using var gateway = await GatewayProcess.StartAsync(folder.Data, workspace);
        Assert.False(await MayRunAsync(gateway, "ana"));

        await File.WriteAllTextAsync(file, "people:\n  ana: { roles: [operator] }\n");
        await Until.TrueAsync(() => MayRunAsync(gateway, "ana"), () => $"The new role does not hold.\n{gateway.Log}");

        await File.WriteAllTextAsync(file, "people:\n  ana: { rolls: [viewer] }\n");
        await Until.TrueAsync(() => Task.FromResult(gateway.Log.Contains("access.yaml:2", StringComparison.Ordinal)), () => $"Nobody says that it is bad.\n{gateway.Log}");
        Assert.True(await MayRunAsync(gateway, "ana"), "The last good version stays in force.");
        Assert.Contains("unknown key 'rolls'; known here: name, roles", gateway.Log, StringComparison.Ordinal);
        Assert.Contains("access.yaml", (await gateway.CallAsync("status", new { })).ToJsonString(), StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, "people:\n  ana: { roles: [viewer] }\n");
        await Until.TrueAsync(async () => !await MayRunAsync(gateway, "ana"), () => $"The mended file does not hold.\n{gateway.Log}");
    }

    private static async Task<bool> MayRunAsync(GatewayProcess gateway, string person)
    {
        var answer = await gateway.CallAsync("access_can", new { person, tool = "run", on = "local" });
        return (bool)answer["result"]!["allowed"]!;
    }

    private static long PeakMemory(GatewayProcess gateway) => File.ReadLines($"/proc/{gateway.Id}/status")
        .Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
        .Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024)
        .Single();
}
