using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.Crashes;

/// <summary>
/// One data directory, one client, many lives: each life of the gateway ends by SIGKILL at a named point, and the client goes on as a real one does: it sends
/// again, under the same id, what it got no answer for.
/// </summary>
internal sealed class CrashLane(string folder, int number, StoreMode mode = StoreMode.Embedded) : ICrashStory
{
    private const int Sigkill = 128 + 9;
    private const int DenyEvery = 5;
    private static readonly string[] Conversations = ["alpha", "beta"];
    private static readonly TimeSpan LifeLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RestLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);
    private static readonly Dictionary<string, string> Quicker = new() { ["DOTNET_TieredPGO"] = "0" };

    // Lives that end before their decisions leave their requests to later ones, and one person may have 20: from here on they are worked off first.
    private const int ManyWait = 8;

    private readonly Dictionary<string, (int Tries, long At)> decisions = [];
    private int changes;
    private int waiting;

    public string Data { get; } = Path.Combine(folder, $"data-{number}");

    /// <summary>Where commands leave their traces.</summary>
    public string Effects { get; } = Path.Combine(folder, $"effects-{number}");

    public List<Said> Said { get; } = [];

    public List<Death> Deaths { get; } = [];

    IReadOnlyList<Said> ICrashStory.Said => Said;

    IReadOnlyList<Death> ICrashStory.Deaths => Deaths;

    /// <summary>Lives through the points, then a last life in which everything comes to rest.</summary>
    public async Task RunAsync(IEnumerable<(string Point, int Occurrence)> plan)
    {
        await ServerStore.UseAsync(mode, Data);
        foreach (var (point, occurrence) in plan) await LiveAsync(point, occurrence);
        await RestAsync();
    }

    private async Task LiveAsync(string point, int occurrence)
    {
        GatewayProcess gateway;
        try
        {
            gateway = await GatewayProcess.StartAsync(Data, null, new Dictionary<string, string>(Quicker) { ["CHATOPS_CRASH_AT"] = $"{point}:{occurrence}" });
        }
        catch (GatewayDidNotStartException e) when (e.ExitCode == Sigkill)
        {
            // It died while it recovered from the last death.
            Note(point, occurrence);
            return;
        }

        await using (gateway)
        {
            using var limit = new CancellationTokenSource(LifeLimit);
            try
            {
                while (!limit.IsCancellationRequested) await TalkAsync(gateway, goOn: true, limit.Token);
                throw new TimeoutException($"Lane {number}, life {Deaths.Count}: {point}:{occurrence} was not reached within {LifeLimit}.\n{gateway.Log}");
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                // The connection broke: the gateway is dying, or has died.
            }

            if (!gateway.HasExited && limit.IsCancellationRequested)
                throw new TimeoutException($"Lane {number}, life {Deaths.Count}: {point}:{occurrence} was not reached within {LifeLimit}.\n{gateway.Log}");
            await gateway.WaitForExitAsync(Until.Limit);
            if (gateway.ExitCode != Sigkill) throw new InvalidOperationException($"The gateway ended with {gateway.ExitCode} instead of being killed at {point}.\n{gateway.Log}");
            Note(point, occurrence);
        }
    }

    private async Task RestAsync()
    {
        await using var gateway = await GatewayProcess.StartAsync(Data, null, Quicker);
        var last = "";
        await Until.TrueAsync(
            async () =>
            {
                using var limit = new CancellationTokenSource(RestLimit);
                await TalkAsync(gateway, goOn: false, limit.Token);
                last = (await gateway.CallAsync("status", new { })).ToJsonString();
                return Said.All(s => s.InboxId is not null)
                    && last.Contains("No message waits.", StringComparison.Ordinal)
                    && last.Contains("No reply waits.", StringComparison.Ordinal)
                    && last.Contains("Idle.", StringComparison.Ordinal)
                    && (await PendingAsync(gateway, limit.Token)).Count == 0;
            },
            () => $"Lane {number} did not come to rest: {last}\n{gateway.Log}",
            RestLimit);
        if (await gateway.StopAsync() is not 0 and var code) throw new InvalidOperationException($"The last stop ended with {code}.\n{gateway.Log}");
    }

    // One round of a client that speaks in two conversations, each in order.
    private async Task TalkAsync(GatewayProcess gateway, bool goOn, CancellationToken cancellationToken)
    {
        foreach (var message in Said.Where(s => s.InboxId is null).ToList()) await SendAsync(gateway, message, cancellationToken);
        if (goOn && waiting < ManyWait && Said.Count < (Deaths.Count + 1) * MostPerLife)
        {
            foreach (var conversation in Conversations) await SendAsync(gateway, Next(conversation), cancellationToken);
        }

        var pending = await PendingAsync(gateway, cancellationToken);
        waiting = pending.Count;
        foreach (var approval in pending) await DecideAsync(gateway, approval, cancellationToken);
        await Task.Delay(Pause, cancellationToken);
    }

    // Enough for the third passing of every point, and not so many that later lives only work off earlier ones.
    private const int MostPerLife = 12;

    private Said Next(string conversation)
    {
        var id = $"l{number}-{Said.Count}";
        var said = (Said.Count / Conversations.Length % 3) switch
        {
            0 when ++changes % DenyEvery == 0 => new Said(id, conversation, SaidKind.DeniedChange, Append(id)),
            0 => new Said(id, conversation, SaidKind.Change, Append(id)),
            1 => new Said(id, conversation, SaidKind.Read, $"/run echo {id} --on local"),
            _ => new Said(id, conversation, SaidKind.Status, "/status"),
        };
        Said.Add(said);
        return said;
    }

    private string Append(string id) => $"/run sh -c 'echo {id} >> {Effects}' --on local";

    private static async Task SendAsync(GatewayProcess gateway, Said message, CancellationToken cancellationToken)
    {
        using var answer = await gateway.Client.PostAsJsonAsync(
            "/api/chat/messages", new { conversation = message.Conversation, clientId = message.ClientId, text = message.Text }, cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{message.Text} was answered with {answer.StatusCode}: {body}");
        message.InboxId = (string)JsonNode.Parse(body)!["message"]!;
    }

    private static async Task<List<JsonNode>> PendingAsync(GatewayProcess gateway, CancellationToken cancellationToken)
    {
        using var answer = await gateway.Client.PostAsJsonAsync("/api/tools/approvals_list", new { arguments = new { state = "pending" } }, cancellationToken);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))!;
        return [.. body["result"]!.AsArray().OfType<JsonNode>()];
    }

    // Half of the decisions come by chat, half by the API. A decision that is not there after a while was lost with its process, and is made anew.
    private async Task DecideAsync(GatewayProcess gateway, JsonNode approval, CancellationToken cancellationToken)
    {
        var id = (string)approval["id"]!;
        var (tries, at) = decisions.GetValueOrDefault(id);
        if (tries > 0 && TimeProvider.System.GetElapsedTime(at) < AskAgain) return;
        var denied = Said.Single(s => approval.ToJsonString().Contains($"echo {s.ClientId} ", StringComparison.Ordinal)).Kind == SaidKind.DeniedChange;
        var word = denied ? "deny" : "approve";
        if ((decisions.Count + tries) % 2 == 0 || waiting >= ManyWait)
        {
            var body = new { arguments = denied ? (object)new { id, reason = "not now" } : new { id }, idempotencyKey = $"{word}-{id}-{tries}" };
            using var answer = await gateway.Client.PostAsJsonAsync($"/api/tools/approvals_{word}", body, cancellationToken);
            decisions[id] = (tries + 1, TimeProvider.System.GetTimestamp());
        }
        else
        {
            decisions[id] = (tries + 1, TimeProvider.System.GetTimestamp());
            var said = new Said($"{word}-{id}-{tries}", Conversations[0], SaidKind.Decision, denied ? $"/deny {id} --reason 'not now'" : $"/approve {id}");
            Said.Add(said);
            await SendAsync(gateway, said, cancellationToken);
        }
    }

    private void Note(string point, int occurrence) => Deaths.Add(new Death(point, occurrence, Deaths.Count, TimeProvider.System.GetUtcNow()));
}
