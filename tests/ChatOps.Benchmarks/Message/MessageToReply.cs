using System.Globalization;
using ChatOps.Benchmarks.Start;
using ChatOps.Host;

namespace ChatOps.Benchmarks.Message;

/// <summary>
/// From sending <c>/status</c> to the HTTP API of a real gateway to reading its reply on the conversation's event stream: accepted durably, run through the gate,
/// recorded, answered, delivered. Messages are sent at a fixed rate whether or not earlier ones were answered.
/// </summary>
internal sealed class MessageToReply : IBenchmark
{
    private const int Conversations = 50;
    private const double PerSecond = 50;
    private const double GoalP50 = 10;
    private const double GoalP99 = 50;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ReferenceTime = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public string Name => "message";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Measure>> RunAsync(TextWriter notes)
    {
        var directory = Directory.CreateTempSubdirectory("chatops-message-").FullName;
        try
        {
            List<double> hello;
            await using (var server = await PublishedPrograms.StartHelloAsync())
            {
                using var posts = new MessageLoad(server.Url, "none", Conversations);
                await posts.PostAsync(PerSecond, ReferenceTime);
                hello = await posts.PostAsync(PerSecond, ReferenceTime);
            }

            await using var gateway = await PublishedPrograms.StartGatewayAsync(directory);
            var record = new GatewayRecordFile(directory).Read() ?? throw new InvalidOperationException("The gateway left no record of itself.");
            using var load = new MessageLoad(record.Url, record.Key, Conversations);
            await load.ListenAsync();
            await load.AskAsync(PerSecond, WarmUp);
            var before = gateway.ProcessorTime;
            var latencies = await load.AskAsync(PerSecond, Measured);
            var used = gateway.ProcessorTime - before;

            await notes.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"  {latencies.Count} replies: p50 {latencies.Median():0.0}, p90 {latencies.At(90):0.0}, p99 {latencies.At(99):0.0}, max {latencies.Max():0.0} ms; {used.TotalMilliseconds / latencies.Count:0.00} ms of processor time each; {gateway.ResidentMiB():0} MiB afterwards"));
            return [Row("p50", latencies.Median(), hello.Median(), GoalP50), Row("p99", latencies.At(99), hello.At(99), GoalP99)];
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static Measure Row(string which, double value, double reference, double goal) => new(
        string.Create(CultureInfo.InvariantCulture, $"`/status` accepted → reply delivered, {PerSecond:0}/s over {Conversations} conversations, {which}"),
        string.Create(CultureInfo.InvariantCulture, $"{value:0.0} ms"))
    {
        Reference = string.Create(CultureInfo.InvariantCulture, $"the same POST to the smallest ASP.NET Core program: {reference:0.00} ms"),
        Ratio = value / reference,
        Goal = string.Create(CultureInfo.InvariantCulture, $"< {goal:0} ms"),
        Met = value < goal,
    };
}
