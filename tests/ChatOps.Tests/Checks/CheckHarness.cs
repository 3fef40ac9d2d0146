using ChatOps.Audit;
using ChatOps.Checks;
using ChatOps.Checks.Outside;
using ChatOps.Checks.Probes;
using ChatOps.Checks.Responses;
using ChatOps.Checks.Running;
using ChatOps.Fleet;
using ChatOps.Gateways;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Secrets;
using ChatOps.Storage;
using ChatOps.Testing;
using ChatOps.Tests.Agent.Fakes;
using ChatOps.Tests.Gate;
using ChatOps.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Checks;

/// <summary>The real checks on a real store; a test says what they find and what time it is.</summary>
internal sealed class CheckHarness : IAsyncDisposable
{
    private readonly TempDirectory directory;
    private readonly ServiceProvider services;

    private CheckHarness(TempDirectory directory, FakeTimeProvider time, RecordingReplies replies, ScriptedProber prober, FakeFleet fleet, ScriptedInvoker gate, CountedInvestigations investigations)
    {
        (this.directory, Time, Replies, Prober, Fleet, Gate, Investigations) = (directory, time, replies, prober, fleet, gate, investigations);
        People.SetRoles(CheckService.Principal);
        services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(time)
            .AddSingleton<IIdGenerator, IdGenerator>()
            .AddSingleton<IMessageBus>(new FakeMessageBus())
            .AddSingleton<IRedactor, FakeRedactor>()
            .AddSingleton<IReplies>(replies)
            .AddSingleton<IOwner, SomeOwner>()
            .AddSingleton<IGateways>(new LoneGateway())
            .AddSingleton<INodes>(fleet)
            .AddSingleton(SomeChecks.Policy)
            .AddSingleton(SomeChecks.Commands)
            .AddSingleton<IToolInvoker>(Gate)
            .AddSingleton<IPrincipals>(People)
            .AddSingleton<IInvestigations>(Investigations)
            .AddStorage(new StorageOptions { DataDirectory = directory.Path })
            .AddAudit(new AuditOptions { DataDirectory = directory.Path })
            .AddChecks(Options(directory))
            .AddSingleton<IProber>(prober)
            .BuildServiceProvider();
    }

    public FakeTimeProvider Time { get; }

    public RecordingReplies Replies { get; }

    public ScriptedProber Prober { get; }

    public FakeFleet Fleet { get; }

    public ScriptedInvoker Gate { get; }

    public CountedInvestigations Investigations { get; }

    public FakeAccess People { get; } = new();

    public ChecksOptions Settings => services.GetRequiredService<ChecksOptions>();

    public IIncidents Incidents => services.GetRequiredService<IIncidents>();

    public IAuditWriter Audit => services.GetRequiredService<IAuditWriter>();

    public IAuditLog Record => services.GetRequiredService<IAuditLog>();

    /// <summary>A report that was written.</summary>
    public string Report(string name) => File.ReadAllText(Path.Combine(directory.Path, "reports", name));

    public IRunbooks Runbooks => services.GetRequiredService<IRunbooks>();

    public IChecks Checks => services.GetRequiredService<IChecks>();

    public IStore Store => services.GetRequiredService<IStore>();

    public CheckLoop Loop => services.GetRequiredService<CheckLoop>();

    public static async Task<CheckHarness> StartAsync(string yaml, params string[] nodes)
    {
        var time = new FakeTimeProvider();
        var directory = new TempDirectory();
        Directory.CreateDirectory(Path.Combine(directory.Path, "checks"));
        var harness = new CheckHarness(directory, time, new RecordingReplies(), new ScriptedProber(), new FakeFleet(time), new ScriptedInvoker(), new CountedInvestigations());
        foreach (var node in nodes) harness.Fleet.Add(node);
        harness.Write("a.yaml", yaml);
        await harness.OpenAsync();
        return harness;
    }

    /// <summary>Writes a file of checks.</summary>
    public void Write(string file, string yaml) => File.WriteAllText(Path.Combine(directory.Path, "checks", file), yaml);

    /// <summary>Writes a runbook note.</summary>
    public void WriteNote(string name, string text)
    {
        Directory.CreateDirectory(Path.Combine(directory.Path, "runbooks"));
        File.WriteAllText(Path.Combine(directory.Path, "runbooks", name + ".md"), text);
    }

    /// <summary>What is to be done about findings, to its end.</summary>
    public Task AnswerAsync() => services.GetRequiredService<FindingWorker>().WorkAsync(TestContext.Current.CancellationToken);

    /// <summary>Removes one.</summary>
    public void Delete(string file) => File.Delete(Path.Combine(directory.Path, "checks", file));

    /// <summary>Another process on the same store, after this one is gone without a good-bye.</summary>
    public async Task<CheckHarness> CrashAsync()
    {
        await services.DisposeAsync();
        var next = new CheckHarness(directory, Time, Replies, Prober, Fleet, Gate, Investigations);
        await next.OpenAsync();
        return next;
    }

    /// <summary>Lets time go by as the host does: a tick each second, each to its end.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        for (var i = 0; i < time / CheckLoop.Tick; i++)
        {
            Time.Advance(CheckLoop.Tick);
            await Loop.TickAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Where a check stands.</summary>
    public CheckState State(string check, string target = CheckKey.Gateway) => Checks.States.Single(s => s.Key == new CheckKey(check, target));

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        directory.Dispose();
    }

    private static ChecksOptions Options(TempDirectory directory) => new() { Workspace = directory.Path };

    private async Task OpenAsync()
    {
        await services.GetRequiredService<IStoreInitializer>().InitializeAsync(TestContext.Current.CancellationToken);
        foreach (var hosted in services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().Where(h => h is not (CheckHost or FindingWorker or OutsideWatch))) await hosted.StartAsync(TestContext.Current.CancellationToken);
        await Loop.StartAsync(TestContext.Current.CancellationToken);
    }
}
