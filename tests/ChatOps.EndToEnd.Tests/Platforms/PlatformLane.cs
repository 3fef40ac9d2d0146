using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Crashes;
using ChatOps.EndToEnd.Harness;
using ChatOps.Testing.Slack;
using Microsoft.Data.Sqlite;

namespace ChatOps.EndToEnd.Platforms;

/// <summary>
/// One gateway through many lives while three platforms deliver as they do: Slack calls until it is answered and now and then once more, Telegram keeps what was not confirmed, Discord replays after a
/// resume and repeats an event. Each life ends by SIGKILL, at a named point or at any moment.
/// </summary>
internal sealed class PlatformLane(int number) : ICrashStory, IAsyncDisposable
{
    private const int Sigkill = 128 + 9;
    private const int ChangeEvery = 4;
    private const int RepeatEvery = 4;
    private const int LongestLife = 1500;
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan RestLimit = TimeSpan.FromMinutes(3);
    private static readonly string[] Points = ["inbox.received", "inbox.stored", "turn.invoked", "gate.ran", "outbox.sending", "outbox.sent", "turn.answered"];

    private readonly Lock gate = new();
    private readonly List<Said> said = [];
    private readonly List<Death> deaths = [];
    private readonly Dictionary<string, (int Tries, long At)> decisions = [];
    private readonly Random random = new(1000 + number);
    private SlackCaller slack = null!;
    private Task slackSpeaks = Task.CompletedTask;
    private int asked;

    public Team Team { get; private set; } = null!;

    public string Data => Team.Data;

    public string Effects => Team.In("effects");

    public IReadOnlyList<Said> Said
    {
        get { lock (gate) return [.. said]; }
    }

    public IReadOnlyList<Death> Deaths => deaths;

    public async Task RunAsync(int kills)
    {
        Team = await Team.AssembleAsync();
        Team.Settings["CHATOPS__Channels__Slack__Mode"] = "Http";
        slack = new SlackCaller(Team);
        // Until Discord's first session is begun there is nothing that it could replay.
        await Team.StartGatewayAsync();
        await Team.UntilAsync(() => Team.Telegram.IsPolled && Team.Discord.IsConnected, "The channels did not connect");
        AskEverywhere();
        await Team.UntilAsync(() => Answers().All(a => a.Count > 0), "The first questions got no answer");
        Kill("begin");
        for (var life = 1; life < kills; life++) await LiveAsync(life);
        await RestAsync();
        await NumberAsync();
    }

    /// <summary>What the bot said on each platform, oldest first.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Answers() =>
    [
        [.. Team.ToBen.Select(p => p.Text)],
        [.. Team.Slack.Workspace.In("D1").Select(p => p.Shown)],
        [.. Team.Discord.Seen(Team.Discord.DirectOf(Team.Cleo)).Select(p => p.Text)],
    ];

    public async ValueTask DisposeAsync()
    {
        slack?.Dispose();
        if (Team is not null) await Team.DisposeAsync();
    }

    private async Task LiveAsync(int life)
    {
        var point = life % 2 == 0 ? Points[life / 2 % Points.Length] : null;
        // What is said while nobody listens must not be lost either.
        if (life % 3 == 0) AskEverywhere();
        try
        {
            await Team.StartGatewayAsync(point is null ? null : new Dictionary<string, string> { ["CHATOPS_CRASH_AT"] = $"{point}:{1 + random.Next(3)}" });
        }
        catch (GatewayDidNotStartException e) when (e.ExitCode == Sigkill)
        {
            Note(point!);
            return;
        }

        if (life % 3 != 0) AskEverywhere();
        var begun = TimeProvider.System.GetTimestamp();
        var end = TimeSpan.FromMilliseconds(point is null ? random.Next(LongestLife) : 2 * LongestLife);
        while (TimeProvider.System.GetElapsedTime(begun) < end && !Team.Gateway.HasExited)
        {
            await DecideAsync();
            await Task.Delay(Pause);
        }

        Kill(point ?? "any");
        await Team.Gateway.WaitForExitAsync(Until.Limit);
    }

    private async Task RestAsync()
    {
        await Team.StartGatewayAsync();
        await slackSpeaks;
        var last = "";
        await Until.TrueAsync(
            async () =>
            {
                var waiting = await DecideAsync();
                last = (await Team.Gateway.CallAsync("status", new { })).ToJsonString();
                return waiting == 0 && Team.Telegram.Waiting == 0 && Stored() >= Said.Count && last.Contains("No message waits.", StringComparison.Ordinal)
                    && last.Contains("No reply waits.", StringComparison.Ordinal) && last.Contains("Idle.", StringComparison.Ordinal);
            },
            () => $"Lane {number} did not come to rest; {Stored()} of {Said.Count} are stored, Telegram keeps {Team.Telegram.Waiting}: {last}\n{Team.Gateway.Log}",
            RestLimit);
        if (await Team.Gateway.StopAsync() is not 0 and var code) throw new InvalidOperationException($"The last stop ended with {code}.\n{Team.Gateway.Log}");
    }

    private void AskEverywhere()
    {
        Team.BenSays(Next("telegram").Text);
        var (place, words) = (Team.Discord.DirectOf(Team.Cleo), Next("discord").Text);
        var id = Team.Discord.Say(place, Team.Cleo, words);
        // The same id is the same event again.
        if (random.Next(RepeatEvery) == 0) Team.Discord.Say(place, Team.Cleo, words, id: id);
        var happened = SlackSaid.Direct(Next("slack").Text, Team.Slack.Workspace.NewTs());
        var again = random.Next(RepeatEvery) == 0;
        slackSpeaks = slackSpeaks.ContinueWith(_ => SpeakAsync(happened, again), TaskScheduler.Default).Unwrap();
    }

    private async Task SpeakAsync(JsonObject happened, bool again)
    {
        while (await slack.EventAsync(happened) != 200) await Task.Delay(Pause);
        if (again) await slack.EventAsync(happened);
    }

    private Said Next(string platform)
    {
        lock (gate)
        {
            var id = $"{platform}-{number}-{asked++}";
            var next = asked % ChangeEvery == 0
                ? new Said(id, platform, SaidKind.Change, $"/run sh -c 'echo {id} >> {Effects}' --on local")
                : new Said(id, platform, SaidKind.Read, $"/run echo {id} --on local");
            said.Add(next);
            return next;
        }
    }

    // A decision that is not there after a while was lost with its process, and is made anew.
    private async Task<int> DecideAsync()
    {
        try
        {
            var pending = (await Team.Gateway.CallAsync("approvals_list", new { state = "pending" }))["result"]?.AsArray() ?? [];
            foreach (var approval in pending)
            {
                var id = (string)approval!["id"]!;
                var (tries, at) = decisions.GetValueOrDefault(id);
                if (tries > 0 && TimeProvider.System.GetElapsedTime(at) < AskAgain) continue;
                decisions[id] = (tries + 1, TimeProvider.System.GetTimestamp());
                await Team.Gateway.CallAsync("approvals_approve", new { id }, $"approve-{id}-{tries}");
            }

            return pending.Count;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // It is dying.
            return 1;
        }
    }

    private void Kill(string point)
    {
        if (!Team.Gateway.HasExited) Team.Gateway.Kill();
        Note(point);
    }

    private void Note(string point) => deaths.Add(new Death(point, 1, deaths.Count, TimeProvider.System.GetUtcNow()));

    private int Stored()
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM inbox";
        return Convert.ToInt32(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    // A platform is not told the number of its message in the inbox; the words are unique.
    private async Task NumberAsync()
    {
        await using var connection = Open();
        foreach (var one in Said)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT id FROM inbox WHERE text = $text";
            command.Parameters.AddWithValue("$text", one.Text);
            one.InboxId = (string?)await command.ExecuteScalarAsync() ?? throw new InvalidOperationException($"{one.Text} is lost.");
        }
    }

    private SqliteConnection Open() => Testing.DatabaseFile.Open(Path.Combine(Data, "chatops.db"), "Mode=ReadOnly");
}
