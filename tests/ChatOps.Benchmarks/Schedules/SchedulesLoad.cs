using System.Diagnostics;
using System.Globalization;
using System.Text;
using ChatOps.Host;
using ChatOps.Identity;
using ChatOps.Scheduling;
using ChatOps.Scheduling.Engine;
using ChatOps.Scheduling.Files;
using ChatOps.Schedules;
using ChatOps.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatOps.Benchmarks.Schedules;

/// <summary>10,000 schedules: how long they take to load, and how late a tick begins while they are there.</summary>
internal sealed class SchedulesLoad : IBenchmark
{
    private const int Schedules = 10_000;
    private const int Files = 20;
    private const int EachSecond = 20;
    private const double GoalSeconds = 2;
    private const double GoalMilliseconds = 250;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public string Name => "schedules";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Measure>> RunAsync(TextWriter notes)
    {
        var directory = Directory.CreateTempSubdirectory("chatops-schedules-").FullName;
        try
        {
            var workspace = Path.Combine(directory, "workspace");
            var folder = Directory.CreateDirectory(Path.Combine(workspace, "schedules")).FullName;
            var places = GatewayPlaces.Find(Repository.Root, workspace);
            await using var host = await GatewayHost.StartAsync(new GatewaySetup(GatewayMode.Command, new ChatOpsOptions(), places, Path.Combine(directory, "data")), CancellationToken.None);
            var store = host.Services.GetRequiredService<IStore>();
            for (var i = 0; i < Files; i++) await File.WriteAllTextAsync(Path.Combine(folder, $"{i:00}.yaml"), Yaml(i, host.Services.GetRequiredService<IOwner>().PrincipalId));
            var options = new SchedulingOptions { Directory = folder };

            var clock = Stopwatch.GetTimestamp();
            await ActivatorUtilities.CreateInstance<ScheduleFiles>(host.Services, options).LookAsync(CancellationToken.None);
            var first = Stopwatch.GetElapsedTime(clock);
            clock = Stopwatch.GetTimestamp();
            await ActivatorUtilities.CreateInstance<ScheduleFiles>(host.Services, options).LookAsync(CancellationToken.None);
            var again = Stopwatch.GetElapsedTime(clock);
            clock = Stopwatch.GetTimestamp();
            foreach (var file in Directory.GetFiles(folder)) _ = ScheduleFileReader.Read(file, await File.ReadAllTextAsync(file), out _);
            var parsing = Stopwatch.GetElapsedTime(clock);
            var count = await store.ReadAsync(s => s.Schedules.Count(), CancellationToken.None);
            await notes.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {count} schedules; problems: {host.Services.GetRequiredService<ISchedules>().Problems.Count}"));

            var late = await LatenessAsync(host.Services, store);
            return
            [
                Loading("from files that are new", first, parsing, count),
                Loading("at a start, when the store has them", again, parsing, count),
                new Measure($"a tick begins after its time, {EachSecond} a second beside {Schedules:N0} schedules, the latest of {late.Count}", string.Create(CultureInfo.InvariantCulture, $"{late.Max():0} ms (p50 {late.Median():0} ms)"))
                {
                    Goal = string.Create(CultureInfo.InvariantCulture, $"< {GoalMilliseconds:0} ms"),
                    Met = late.Max() < GoalMilliseconds,
                },
            ];
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static Measure Loading(string what, TimeSpan took, TimeSpan parsing, int count) => new($"{Schedules:N0} schedules loaded {what}", string.Create(CultureInfo.InvariantCulture, $"{took.TotalSeconds:0.00} s"))
    {
        Reference = string.Create(CultureInfo.InvariantCulture, $"reading the same files and nothing else: {parsing.TotalSeconds:0.00} s"),
        Ratio = took / parsing,
        Goal = string.Create(CultureInfo.InvariantCulture, $"< {GoalSeconds:0} s"),
        Met = took.TotalSeconds < GoalSeconds && count == Schedules,
    };

    // The scheduler as the gateway runs it; a command's own gateway has none, so that nothing else works here.
    private static async Task<IReadOnlyList<double>> LatenessAsync(IServiceProvider services, IStore store)
    {
        using var scheduler = ActivatorUtilities.CreateInstance<Scheduler>(services);
        await ((IHostedService)scheduler).StartAsync(CancellationToken.None);
        await Task.Delay(WarmUp);
        var since = TimeProvider.System.GetUtcNow();
        await Task.Delay(Length);
        await ((IHostedService)scheduler).StopAsync(CancellationToken.None);
        var runs = await store.ReadAsync(s => s.Schedules.EndedSince(since, int.MaxValue), CancellationToken.None);
        return [.. runs.Where(r => r.State == ScheduleRunState.Done && r.Nominal >= since).Select(r => (r.StartedAt!.Value - r.Nominal).TotalMilliseconds)];
    }

    private static string Yaml(int file, string owner)
    {
        var text = new StringBuilder("schedules:\n");
        for (var i = file * (Schedules / Files); i < (file + 1) * (Schedules / Files); i++)
        {
            // Most are for one moment of the year, each for another; a few come each second.
            var cron = i < EachSecond ? "* * * * * *" : string.Create(CultureInfo.InvariantCulture, $"{i % 60} {i / 60 % 24} {1 + (i % 28)} {1 + (i / 28 % 12)} *");
            text.Append(CultureInfo.InvariantCulture, $"  - {{ name: s-{i}, cron: \"{cron}\", owner: {owner}, to: web, run: /whoami }}\n");
        }

        return text.ToString();
    }
}
