using System.Diagnostics;
using System.Globalization;
using ChatOps.Agent.Models;
using ChatOps.Benchmarks.Message;
using ChatOps.Host;
using ChatOps.Limits;

namespace ChatOps.Benchmarks.Agent;

/// <summary>
/// Turns that a model leads, from sending a message to the HTTP API to reading the answer on the conversation's event stream: three tool calls one after the other, each step
/// stored before the next. The model answers at once; what its service takes for the same requests is measured beside it and taken off.
/// </summary>
internal sealed class AgentTurns : IBenchmark
{
    private const int Conversations = 100;
    private const double PerSecond = 10;
    private const int Requests = 4;
    private const double GoalMilliseconds = 15;
    private const double GoalFirstWord = 100;
    private const double GoalIdleKilobytes = 20;
    private const int FirstWordRounds = 15;
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(8);

    // Code is compiled better once it has run often: what a gateway does in its first seconds says nothing of its days.
    private const double WarmUpPerSecond = 30;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Thinking = TimeSpan.FromMilliseconds(400);

    /// <inheritdoc/>
    public string Name => "agent";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Measure>> RunAsync(TextWriter notes)
    {
        var directory = Directory.CreateTempSubdirectory("chatops-agent-").FullName;
        try
        {
            await using var model = await InstantModel.StartAsync();
            var options = new ChatOpsOptions();
            (options.Agent.MessagesPerMinute, options.Agent.MessagesPerMinuteInAll) = (PersonalLimits.Range.Max, PersonalLimits.Range.Max);
            options.Models.Endpoints.Add(new ModelOptions { Name = "instant", Provider = "openai", Model = "instant", BaseUrl = model.Url, ApiKey = "none-needed", Prices = { Input = 1, Output = 1 } });
            var places = GatewayPlaces.Find(Repository.Root, directory);
            await using var host = await GatewayHost.StartAsync(new GatewaySetup(GatewayMode.Command, options, places, directory), CancellationToken.None);
            var (url, key) = (host.Record.Url, host.Record.Key);

            List<double> steady, burst;
            long held;
            double processor;
            using (var load = new MessageLoad(url, key, Conversations) { Text = "how are we?" })
            {
                await load.ListenAsync();
                await load.AskAsync(WarmUpPerSecond, WarmUp);
                await load.AskAsync(PerSecond, TimeSpan.FromSeconds(2));
                var before = Environment.CpuUsage.TotalTime;
                steady = await load.AskAsync(PerSecond, Measured);
                processor = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / steady.Count;
                burst = await load.AskAsync(Conversations * 1000, TimeSpan.FromMilliseconds(1));
                held = Heap();
            }

            // Their streams are closed: what they hold now is what an idle conversation costs.
            var alone = await ModelAsync(model);
            var idle = await IdleAsync(url, key, notes);
            model.Pause = Thinking;
            var first = new List<double>();
            for (var i = 0; i < FirstWordRounds; i++) first.Add(await FirstWords.AskAsync(url, key, model, string.Create(CultureInfo.InvariantCulture, $"first-{i}")));
            await notes.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"  {steady.Count} turns at {PerSecond:0}/s: min {steady.Min():0.0}, p50 {steady.Median():0.0}, p90 {steady.At(90):0.0}, p99 {steady.At(99):0.0} ms, {processor:0.0} ms of processor each, model and reader included; {burst.Count} at one moment: p50 {burst.Median():0.0}, max {burst.Max():0.0} ms; a request to the model alone p50 {alone:0.00} ms; heap {held / 1024 / 1024} MiB; first word p50 {first.Median():0.0}, max {first.Max():0.0} ms"));
            var own = steady.Median() - (Requests * alone);
            return
            [
                Row($"turn with three tool calls over {Conversations} conversations, {PerSecond:0} a second, p50 without the model's own time", own, Requests * alone, GoalMilliseconds),
                Row($"the same, all {Conversations} at one moment, p50 by turn: wall clock of all, divided by how many", burst.Max() / burst.Count, Requests * alone, GoalMilliseconds),
                new Measure("memory of an idle conversation (managed heap)", string.Create(CultureInfo.InvariantCulture, $"{idle:0.0} KB")) { Goal = $"< {GoalIdleKilobytes:0} KB", Met = idle < GoalIdleKilobytes },
                new Measure("first streamed word on the conversation's live events, after the model sent it, p50", string.Create(CultureInfo.InvariantCulture, $"{first.Median():0.0} ms")) { Goal = $"< {GoalFirstWord:0} ms", Met = first.Median() < GoalFirstWord },
            ];
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    // The same requests without a gateway: what is sent and read over HTTP is the model's own time.
    private static async Task<double> ModelAsync(InstantModel model)
    {
        using var http = new HttpClient();
        var times = new List<double>();
        for (var i = 0; i < 100; i++)
        {
            var began = Stopwatch.GetTimestamp();
            using var body = new ByteArrayContent(model.LastBody);
            using var answer = await http.PostAsync(new Uri(model.Url + "/chat/completions"), body);
            await answer.Content.ReadAsByteArrayAsync();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return times.Median();
    }

    private static async Task<double> IdleAsync(string url, string key, TextWriter notes)
    {
        const int more = 200;
        var before = Heap();
        using (var load = new MessageLoad(url, key, more) { Text = "how are we?", Prefix = "idle" })
        {
            await load.ListenAsync();
            await load.AskAsync(50, TimeSpan.FromSeconds(more / 50.0));
        }

        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        var after = Heap();
        await notes.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  heap before {before / 1024} KiB, after {more} more conversations {after / 1024} KiB"));
        return Math.Max(0, after - before) / 1000.0 / more;
    }

    private static long Heap()
    {
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static Measure Row(string what, double value, double reference, double goal) => new(what, string.Create(CultureInfo.InvariantCulture, $"{value:0.0} ms"))
    {
        Reference = string.Create(CultureInfo.InvariantCulture, $"the model's service alone, the same requests: {reference:0.0} ms"),
        Ratio = value / reference,
        Goal = string.Create(CultureInfo.InvariantCulture, $"< {goal:0} ms"),
        Met = value < goal,
    };
}
