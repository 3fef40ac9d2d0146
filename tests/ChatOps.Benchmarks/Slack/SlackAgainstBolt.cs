using System.Diagnostics;
using System.Globalization;
using ChatOps.Benchmarks.Start;

namespace ChatOps.Benchmarks.Slack;

/// <summary>
/// The Slack channel in HTTP mode against Slack's own framework, alternating in one run. The gateway commits each call before it acks; an event passes inbox, turn, gate, audit and outbox
/// before its reply is posted. Bolt does none of that.
/// </summary>
internal sealed class SlackAgainstBolt : IBenchmark
{
    private const string SigningSecret = "8f742231b10e8888abcd99yyyzzz85a5";
    private const int AtOnce = 16;
    private const int Rounds = 3;
    private const double EventsPerSecond = 200;
    private const double GoalAckP99 = 100;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan RepliesLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);

    /// <inheritdoc/>
    public string Name => "slack";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Measure>> RunAsync(TextWriter notes)
    {
        var directory = Directory.CreateTempSubdirectory("chatops-slack-").FullName;
        try
        {
            await using var api = await FakeSlackApi.StartAsync();
            await using var bolt = await BoltProgram.StartAsync(SigningSecret, api.Root);
            await using var gateway = await PublishedPrograms.StartGatewayAsync(Path.Combine(directory, "data"), Workspace(directory), Settings(api));
            using var theirs = new SlackCaller(SigningSecret, new Uri(bolt.Url + BoltProgram.Path), new Uri(bolt.Url + BoltProgram.Path));
            using var ours = new SlackCaller(SigningSecret, new Uri(gateway.Url + "/webhooks/slack/commands"), new Uri(gateway.Url + "/webhooks/slack/events"));
            var acks = await AcksAsync(ours, theirs);
            await SettleAsync(api);
            var costs = new ProcessorCosts(gateway, bolt);
            var replies = await RepliesAsync(api, ours, theirs, costs);
            await SettleAsync(api);
            var steady = await SlackCaller.AtRateAsync(() => ours.MessageAsync("/files list"), EventsPerSecond, Round * 2);
            await notes.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  gateway {gateway.ResidentMiB():0} MiB, bolt {bolt.ResidentMiB():0} MiB afterwards"));
            await notes.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  processor time a reply: gateway {costs.Ours:0} µs, bolt {costs.Theirs:0} µs"));
            return [.. acks, replies, Steady(steady)];
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Measure>> AcksAsync(SlackCaller ours, SlackCaller theirs)
    {
        await SlackCaller.AtOnceAsync(ours.CommandAsync, AtOnce, WarmUp);
        await SlackCaller.AtOnceAsync(theirs.CommandAsync, AtOnce, WarmUp);
        List<double> mine = [], reference = [];
        for (var round = 0; round < Rounds; round++)
        {
            mine.AddRange(await SlackCaller.AtOnceAsync(ours.CommandAsync, AtOnce, Round));
            reference.AddRange(await SlackCaller.AtOnceAsync(theirs.CommandAsync, AtOnce, Round));
        }

        var seconds = Rounds * Round.TotalSeconds;
        var ratio = (double)mine.Count / reference.Count;
        var tail = mine.At(99) / reference.At(99);
        return
        [
            new($"Slack: signed slash command → ack, committed before, {AtOnce} at once", PerSecond(mine.Count / seconds))
            {
                Reference = "Bolt, nothing committed: " + PerSecond(reference.Count / seconds), Ratio = ratio, Goal = "≥ 1 times", Met = ratio >= 1,
            },
            new("the same, p99", Milliseconds(mine.At(99))) { Reference = "Bolt: " + Milliseconds(reference.At(99)), Ratio = tail, Goal = "≤ 1 times", Met = tail <= 1 },
        ];
    }

    private static async Task<Measure> RepliesAsync(FakeSlackApi api, SlackCaller ours, SlackCaller theirs, ProcessorCosts costs)
    {
        await PostedPerSecondAsync(api, () => ours.MessageAsync("/files list"), WarmUp);
        await PostedPerSecondAsync(api, () => theirs.MessageAsync("hello"), WarmUp);
        List<double> mine = [], reference = [];
        for (var round = 0; round < Rounds; round++)
        {
            mine.Add(await costs.OfOursAsync(() => PostedPerSecondAsync(api, () => ours.MessageAsync("/files list"), Round), () => api.Posted));
            reference.Add(await costs.OfTheirsAsync(() => PostedPerSecondAsync(api, () => theirs.MessageAsync("hello"), Round), () => api.Posted));
        }

        var ratio = mine.Median() / reference.Median();
        return new("Slack: event in → reply posted to a fake API (inbox, turn, gate, two audit records, outbox included)", PerSecond(mine.Median()))
        {
            Reference = "Bolt, chat.postMessage alone: " + PerSecond(reference.Median()), Ratio = ratio, Goal = "≥ 1 times", Met = ratio >= 1,
        };
    }

    // From the first call until everything that was asked has its reply.
    private static async Task<double> PostedPerSecondAsync(FakeSlackApi api, Func<Task<double>> call, TimeSpan time)
    {
        api.Reset();
        var began = Stopwatch.GetTimestamp();
        var asked = (await SlackCaller.AtOnceAsync(call, AtOnce, time)).Count;
        while (api.Posted < asked)
        {
            if (Stopwatch.GetElapsedTime(began) > time + RepliesLimit) throw new InvalidOperationException($"{asked - api.Posted} of {asked} events had no reply.");
            await Task.Delay(Poll, TimeProvider.System);
        }

        return asked / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    // What earlier rounds left to be answered is not the next one's.
    private static async Task SettleAsync(FakeSlackApi api)
    {
        for (var seen = -1; seen != api.Posted;)
        {
            seen = api.Posted;
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        }
    }

    private static Measure Steady(double[] steady) => new(string.Create(CultureInfo.InvariantCulture, $"Slack: event in → ack at {EventsPerSecond:0}/s, p99"), Milliseconds(steady.At(99)))
    {
        Goal = string.Create(CultureInfo.InvariantCulture, $"< {GoalAckP99:0} ms"), Met = steady.At(99) < GoalAckP99,
    };

    private static string Workspace(string directory)
    {
        var workspace = Directory.CreateDirectory(Path.Combine(directory, "workspace")).FullName;
        var people = SlackCaller.Actors.Select((actor, i) => string.Create(CultureInfo.InvariantCulture, $"  person-{i}:\n    roles: [operator]\n    identities: [\"{actor}\"]\n"));
        File.WriteAllText(Path.Combine(workspace, "access.yaml"), "people:\n" + string.Concat(people));
        return workspace;
    }

    private static Dictionary<string, string> Settings(FakeSlackApi api) => new()
    {
        ["CHATOPS__Channels__Slack__Enabled"] = "true",
        ["CHATOPS__Channels__Slack__Mode"] = "Http",
        ["CHATOPS__Channels__Slack__BotToken"] = "xoxb-benchmark",
        ["CHATOPS__Channels__Slack__SigningSecret"] = SigningSecret,
        ["CHATOPS__Channels__Slack__ApiBase"] = api.Root.AbsoluteUri.TrimEnd('/'),
        ["CHATOPS__Logging__Level"] = "Warning",
    };

    private static string PerSecond(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:#,0}/s");

    private static string Milliseconds(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.0} ms");
}
