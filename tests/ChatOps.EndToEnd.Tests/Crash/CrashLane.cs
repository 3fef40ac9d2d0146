using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.Crash;

/// <summary>
/// One data directory, one conversation, many lives of the gateway. In each life a client like a real one sends what it has not had an answer to,
/// asks for effects, approves them, and goes on until the armed crash point kills the process.
/// </summary>
internal sealed class CrashLane(TempFolder folder, string name)
{
    private const int MaxRounds = 6;
    private static readonly TimeSpan RoundLimit = TimeSpan.FromSeconds(10);
    private readonly List<SentMessage> messages = [];
    private readonly HashSet<string> decided = [];
    private int effects;

    public string Data => folder.In(name);

    public string EffectsFile => folder.In($"{name}.effects");

    public IReadOnlyList<SentMessage> Messages => messages;

    public Dictionary<string, int> Kills { get; } = [];

    /// <summary>One life that ends at a crash point.</summary>
    public async Task LiveAsync(string point, int occurrence)
    {
        GatewayProcess gateway;
        try
        {
            gateway = await GatewayProcess.StartAsync(Data, environment: new Dictionary<string, string> { ["CHATOPS_CRASH_AT"] = $"{point}:{occurrence}" });
        }
        catch (GatewayDidNotStartException e) when (e.ExitCode == 137)
        {
            // Recovery itself passed the point before the gateway was ready.
            Count(point);
            return;
        }

        await using (gateway)
        {
            for (var round = 0; round < MaxRounds && !gateway.HasExited; round++)
            {
                try
                {
                    await RoundAsync(gateway);
                }
                catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException or TimeoutException)
                {
                    await Until.TrueAsync(() => Task.FromResult(gateway.HasExited), () => $"{point}: the gateway answers no more and lives: {e.Message}\n{gateway.Log}");
                }
            }

            if (!gateway.HasExited) throw new InvalidOperationException($"{point}:{occurrence} was not passed in {MaxRounds} rounds.\n{gateway.Log}");
            Count(point);
        }
    }

    /// <summary>A last life without a crash: everything is sent, decided and answered.</summary>
    public async Task SettleAsync()
    {
        await using var gateway = await GatewayProcess.StartAsync(Data);
        await Until.TrueAsync(
            async () =>
            {
                await SendUnansweredAsync(gateway);
                await ApproveWaitingAsync(gateway);
                return messages.All(m => m.InboxId is not null) && await IsQuietAsync(gateway);
            },
            () => $"{name} does not come to rest:\n{gateway.Log}",
            TimeSpan.FromSeconds(60));
        if (await gateway.StopAsync() != 0) throw new InvalidOperationException($"{name} did not stop gracefully:\n{gateway.Log}");
    }

    private async Task RoundAsync(GatewayProcess gateway)
    {
        await SendUnansweredAsync(gateway);
        await ApproveWaitingAsync(gateway);
        var effect = $"{name}-{effects++}";
        Say(SentKind.Effect, effect, $"/run sh -c \"echo {effect} >> {EffectsFile}\" --on local");
        Say(SentKind.Read, effect, "/run uptime --on local");
        Say(SentKind.Read, effect, "/status");
        await SendUnansweredAsync(gateway);
        await Until.TrueAsync(
            async () =>
            {
                await ApproveWaitingAsync(gateway);
                return gateway.HasExited || File.Exists(EffectsFile) && (await File.ReadAllTextAsync(EffectsFile)).Contains(effect + "\n", StringComparison.Ordinal);
            },
            () => $"the effect {effect} does not come",
            RoundLimit);
    }

    private void Say(SentKind kind, string subject, string text) => messages.Add(new SentMessage($"{name}-{messages.Count}", kind, subject, text));

    // As a real client does: the same id again, until an answer says that it is there.
    private async Task SendUnansweredAsync(GatewayProcess gateway)
    {
        foreach (var message in messages.Where(m => m.InboxId is null).ToList())
        {
            using var response = await gateway.Client.PostAsJsonAsync("/api/chat/messages", new { conversation = "crash", clientId = message.ClientId, text = message.Text });
            response.EnsureSuccessStatusCode();
            message.InboxId = (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["message"]!;
        }
    }

    private async Task ApproveWaitingAsync(GatewayProcess gateway)
    {
        var waiting = (await gateway.CallAsync("approvals_list", new { state = "pending" }))["result"]!.AsArray();
        foreach (var id in waiting.Select(a => (string)a!["id"]!).Where(decided.Add)) Say(SentKind.Decision, id, $"/approve {id}");
        await SendUnansweredAsync(gateway);
    }

    private static async Task<bool> IsQuietAsync(GatewayProcess gateway)
    {
        var waiting = (await gateway.CallAsync("approvals_list", new { state = "pending" }))["result"]!.AsArray();
        var parts = (await gateway.CallAsync("status", new { }))["result"]!["parts"]!.AsArray();
        string? Fact(string part, string fact) => (string?)parts.Single(p => (string)p!["name"]! == part)!["facts"]![fact];
        return waiting.Count == 0 && Fact("inbox", "waiting") == "0" && Fact("outbox", "waiting") == "0" && Fact("turns", "running") == "0" && Fact("turns", "open") == "0";
    }

    private void Count(string point) => Kills[point] = Kills.GetValueOrDefault(point) + 1;
}
