using System.Globalization;
using ChatOps.Benchmarks.Start;
using ChatOps.Host;
using ChatOps.Testing.Servers;

namespace ChatOps.Benchmarks.Message;

/// <summary>
/// How many messages a second go the whole way (accepted, run through the gate, recorded, answered, delivered) with the store on PostgreSQL and the bus on RabbitMQ, against the
/// same program with everything embedded. Servers, gateway and those who ask share the machine; both modes are measured in turns.
/// </summary>
internal sealed class DistributedMessages : IBenchmark
{
    private const int Conversations = 64;
    private const int Rounds = 2;
    private const double Goal = 0.6;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(12);

    /// <inheritdoc/>
    public string Name => "distributed";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Measure>> RunAsync(TextWriter notes)
    {
        using var cluster = PostgreSqlCluster.Start(sync: true) ?? throw new InvalidOperationException("PostgreSQL is not installed: apt-get install postgresql.");
        var broker = new RabbitServer();
        await broker.InitializeAsync();
        try
        {
            Dictionary<string, string> Store(string database) => new()
            {
                ["CHATOPS__Store__Provider"] = "PostgreSql",
                ["CHATOPS__Store__ConnectionString"] = cluster.DatabaseFor(database),
            };
            var bus = new Dictionary<string, string>
            {
                ["CHATOPS__Bus__Transport"] = "RabbitMq",
                ["CHATOPS__Bus__RabbitMq__Host"] = "127.0.0.1",
                ["CHATOPS__Bus__RabbitMq__Port"] = broker.Port.ToString(CultureInfo.InvariantCulture),
                ["CHATOPS__Bus__RabbitMq__Username"] = RabbitServer.User,
                ["CHATOPS__Bus__RabbitMq__Password"] = RabbitServer.User,
            };
            var (embedded, distributed) = (new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                embedded.Add(await RateAsync("embedded", [], notes));
                distributed.Add(await RateAsync("PostgreSQL and RabbitMQ", new(Store($"both{round}").Concat(bus)), notes));
            }

            await RateAsync("PostgreSQL alone", Store("alone"), notes);
            await RateAsync("RabbitMQ alone", bus, notes);
            var ratio = distributed.Median() / embedded.Median();
            return
            [
                new Measure(
                    string.Create(CultureInfo.InvariantCulture, $"`/status` accepted → reply delivered on PostgreSQL and RabbitMQ, {Conversations} conversations at once"),
                    string.Create(CultureInfo.InvariantCulture, $"{distributed.Median():0}/s"))
                {
                    Reference = string.Create(CultureInfo.InvariantCulture, $"the same with everything embedded: {embedded.Median():0}/s"),
                    Ratio = ratio,
                    Goal = string.Create(CultureInfo.InvariantCulture, $"≥ {Goal:0.0} times"),
                    Met = ratio >= Goal,
                },
            ];
        }
        finally
        {
            await broker.DisposeAsync();
        }
    }

    private static async Task<double> RateAsync(string mode, Dictionary<string, string> settings, TextWriter notes)
    {
        var directory = Directory.CreateTempSubdirectory("chatops-message-").FullName;
        try
        {
            await using var gateway = await PublishedPrograms.StartGatewayAsync(directory, Path.Combine(Repository.Root, "workspace"), settings);
            var record = new GatewayRecordFile(directory).Read() ?? throw new InvalidOperationException("The gateway left no record of itself.");
            using var load = new MessageLoad(record.Url, record.Key, Conversations);
            await load.ListenAsync();
            await load.SaturateAsync(WarmUp);
            var before = gateway.ProcessorTime;
            var rate = await load.SaturateAsync(Measured);
            var used = (gateway.ProcessorTime - before).TotalMilliseconds / (rate * Measured.TotalSeconds);
            await notes.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {mode}: {rate:0}/s, {used:0.00} ms of the gateway's processor time each"));
            return rate;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
