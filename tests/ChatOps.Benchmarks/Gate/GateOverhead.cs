using System.Diagnostics;
using System.Globalization;
using ChatOps.Fleet;
using ChatOps.Host;
using ChatOps.Identity;
using ChatOps.Limits;
using ChatOps.Policy;
using ChatOps.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Benchmarks.Gate;

/// <summary>What the gate adds to <c>run true --on local</c>: who, may they, how risky, intent, outcome, redaction, against starting the same process without it.</summary>
internal sealed class GateOverhead : IBenchmark
{
    private const int WarmUp = 100;
    private const int Rounds = 400;
    private const double GoalMilliseconds = 5;
    private const int KeptBytes = 8 * 1024;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public string Name => "gate";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Measure>> RunAsync(TextWriter notes)
    {
        var directory = Directory.CreateTempSubdirectory("chatops-gate-").FullName;
        try
        {
            var places = GatewayPlaces.Find(Repository.Root, null);
            // One person calls more here than people do.
            var options = new ChatOpsOptions();
            (options.Gateway.CallsPerMinute, options.Gateway.CallsPerMinuteInAll) = (PersonalLimits.Range.Max, PersonalLimits.Range.Max);
            await using var host = await GatewayHost.StartAsync(new GatewaySetup(GatewayMode.Command, options, places, directory), CancellationToken.None);
            var services = host.Services;
            var (gate, executor, process) = (new List<double>(), new List<double>(), new List<double>());
            for (var round = -WarmUp; round < Rounds; round++)
            {
                // In turn, so that a slow minute hits all alike.
                var (g, e, p) = (await TimeAsync(() => ThroughGateAsync(services)), await TimeAsync(() => ByExecutorAsync(services)), await TimeAsync(ByItselfAsync));
                if (round < 0) continue;
                gate.Add(g);
                executor.Add(e);
                process.Add(p);
            }

            await notes.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"  gate p50 {gate.Median():0.00}, p99 {gate.At(99):0.00}; executor p50 {executor.Median():0.00}, p99 {executor.At(99):0.00}; process p50 {process.Median():0.00}, p99 {process.At(99):0.00} ms"));
            return
            [
                Row("the node's executor alone", gate.Median(), executor.Median()),
                Row("starting the process by itself", gate.Median(), process.Median()),
            ];
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static Measure Row(string reference, double gate, double alone) => new(
        $"`run true --on local` through the gate, p50 above {reference}",
        string.Create(CultureInfo.InvariantCulture, $"+{gate - alone:0.00} ms ({gate:0.00} ms in all)"))
    {
        Reference = string.Create(CultureInfo.InvariantCulture, $"{reference}: {alone:0.00} ms"),
        Ratio = gate / alone,
        Goal = string.Create(CultureInfo.InvariantCulture, $"< +{GoalMilliseconds:0} ms"),
        Met = gate - alone < GoalMilliseconds,
    };

    private static async Task<double> TimeAsync(Func<Task> what)
    {
        var began = Stopwatch.GetTimestamp();
        await what();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static async Task ThroughGateAsync(IServiceProvider services)
    {
        var owner = services.GetRequiredService<IOwner>().PrincipalId;
        var arguments = new Dictionary<string, string> { ["command_line"] = "true", ["on"] = "local" };
        var request = new InvocationRequest(services.GetRequiredService<IIdGenerator>().NewId(), new Actor("cli", "", owner, owner), "run", arguments, "cli");
        var outcome = await services.GetRequiredService<IToolInvoker>().InvokeAsync(request, NoProgress.Instance, CancellationToken.None);
        if (outcome.Status != InvocationStatus.Done) throw new InvalidOperationException($"It did not run: {outcome.Summary}");
    }

    private static async Task ByExecutorAsync(IServiceProvider services)
    {
        var program = services.GetRequiredService<ICommandRisk>().Assess("true").Program;
        var request = new ExecutionRequest(
            services.GetRequiredService<IIdGenerator>().NewId(), "local", "true", program, Path.GetTempPath(), Timeout, new OutputLimits(KeptBytes, KeptBytes, 0, null));
        var result = await services.GetRequiredService<IExecutor>().ExecuteAsync(request, NoOutput.Instance, CancellationToken.None);
        if (!result.Succeeded) throw new InvalidOperationException($"It did not run: {result.Message}");
    }

    private static async Task ByItselfAsync()
    {
        using var process = Process.Start(new ProcessStartInfo("true") { RedirectStandardOutput = true, RedirectStandardError = true })!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
    }
}
