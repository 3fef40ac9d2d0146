using ChatOps.Memory;
using ChatOps.Host;
using ChatOps.Channels;
using ChatOps.Approvals;
using ChatOps.Audit;
using ChatOps.Fleet;
using ChatOps.Identity;
using ChatOps.Jobs;
using ChatOps.Messages;
using ChatOps.Node;
using ChatOps.Policy;
using ChatOps.Secrets;
using ChatOps.Skills;
using ChatOps.Storage;
using ChatOps.Testing;
using ChatOps.Tools;
using ChatOps.Tools.Gate;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatOps.Tests.Gate;

/// <summary>The real gate, approvals, audit and store; people, nodes and policy that a test controls.</summary>
internal sealed class GateHarness : IAsyncDisposable
{
    private readonly TempDirectory? own;
    private readonly ServiceProvider services;

    private GateHarness(string directory, TempDirectory? own, ApprovalsOptions approvals, FakeTimeProvider? clock, int callsPerMinute)
    {
        this.own = own;
        Directory = directory;
        Time = clock ?? new FakeTimeProvider();
        Fleet = new FakeFleet(Time);
        Fleet.Add("local");
        services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<IIdGenerator, IdGenerator>()
            .AddSingleton<IMessageBus>(Bus)
            .AddSingleton<IRedactor, FakeRedactor>()
            .AddSingleton<IPrincipals>(Access).AddSingleton<IAuthorizer>(Access).AddSingleton<IAccessEditor>(Access)
            .AddSingleton<IPairings>(Pairings)
            .AddSingleton<INodes>(Fleet).AddSingleton<IFleetMembers>(Fleet)
            .AddSingleton<ICommandRisk>(Policy).AddSingleton<IApprovalRules>(Policy)
            .AddSingleton<IReplies>(Replies)
            .AddSingleton<ChatOps.Memory.IMemory, NoMemory>()
            .AddSingleton<ChatOps.Schedules.ISchedules, ChatOps.Testing.NoSchedules>()
            .AddSingleton<ChatOps.Schedules.IHeartbeat, ChatOps.Testing.NoHeartbeat>()
            .AddSingleton<ChatOps.Models.IModelOpinion, ChatOps.Testing.NoOpinion>()
            .AddSingleton<ChatOps.Costs.IBudgets>(Budgets)
            .AddSingleton<ISignInLinks, NoSignInLinks>()
            .AddSingleton<ISkillLibrary, NoSkills>()
            .AddSingleton<ChatOps.Checks.IChecks, NoChecks>()
            .AddSingleton<ChatOps.Checks.IRunbooks, NoRunbooks>()
            .AddSingleton<ChatOps.Checks.IIncidents, NoIncidents>()
            .AddSingleton<ChatOps.Models.IReplays, NoReplays>()
            .AddStorage(new StorageOptions { DataDirectory = directory })
            .AddAudit(new AuditOptions { DataDirectory = directory })
            .AddApprovals(approvals)
            .AddLocalExecution(new NodeOptions { StateDirectory = Path.Combine(directory, "node"), FilesRoot = directory })
            .AddSingleton<IEgress>(new EgressGuard(new EgressOptions()))
            .AddSingleton<IMemory, FakeMemory>()
            .AddSingleton<ISecretReferences, ChatOps.Secrets.References.SecretReferences>()
            .AddSingleton<ChatOps.Outside.IOutsideTools, NoOutsideTools>()
            .AddSingleton<ChatOps.Outside.IOutsideRisks, NoOutsideTools>()
            .AddTools(new ToolsOptions { DataDirectory = directory, CallsPerMinute = callsPerMinute })
            .BuildServiceProvider();
        Bus.Handle(services.GetRequiredService<ApprovalRunner>());
    }

    public string Directory { get; }

    public FakeTimeProvider Time { get; }

    public FakeMessageBus Bus { get; } = new();

    public FakeAccess Access { get; } = new();

    public FakePairings Pairings { get; } = new();

    public FakeBudgets Budgets { get; } = new();

    public FakeFleet Fleet { get; }

    public FakePolicy Policy { get; } = new();

    public FakeReplies Replies { get; } = new();

    /// <summary>Runs commands on this very machine.</summary>
    public IExecutor Executor => services.GetRequiredService<IExecutor>();

    public IUploads Uploads => services.GetRequiredService<IUploads>();

    public IOutputFiles Outputs => services.GetRequiredService<IOutputFiles>();

    public IToolInvoker Gate => services.GetRequiredService<IToolInvoker>();

    public IJobs Jobs => services.GetRequiredService<IJobs>();

    public IStore Store => services.GetRequiredService<IStore>();

    public IApprovals Approvals => services.GetRequiredService<IApprovals>();

    public IApprovalCards Cards => services.GetRequiredService<IApprovalCards>();

    public IAuditLog Audit => services.GetRequiredService<IAuditLog>();

    public static async Task<GateHarness> StartAsync(FourEyes fourEyes = FourEyes.Never, int callsPerMinute = 600)
    {
        var directory = new TempDirectory();
        var harness = new GateHarness(directory.Path, directory, new ApprovalsOptions { FourEyes = fourEyes, MaxPendingPerPerson = 20 }, null, callsPerMinute);
        await harness.OpenAsync();
        return harness;
    }

    /// <summary>A second process on the same store, after this one is gone.</summary>
    public async Task<GateHarness> RestartAsync(Action<FakeFleet>? fleet = null)
    {
        await services.DisposeAsync();
        var harness = new GateHarness(Directory, own, new ApprovalsOptions { FourEyes = FourEyes.Never }, Time, callsPerMinute: 600);
        fleet?.Invoke(harness.Fleet);
        await harness.OpenAsync();
        foreach (var sweep in harness.services.GetServices<IRecoverySweep>()) await sweep.SweepAsync(atStart: true, TestContext.Current.CancellationToken);
        return harness;
    }

    /// <summary>As a polite end begins: what runs has had its time.</summary>
    public async Task AskToStopAsync()
    {
        foreach (var service in services.GetServices<IHostedService>().OfType<IHostedLifecycleService>()) await service.StoppingAsync(TestContext.Current.CancellationToken);
        Time.Advance(ChatOps.Tools.Gate.RunningEnd.Patience);
    }

    private async Task OpenAsync()
    {
        await services.GetRequiredService<IStoreInitializer>().InitializeAsync(TestContext.Current.CancellationToken);
        foreach (var service in services.GetServices<IHostedService>()) await service.StartAsync(TestContext.Current.CancellationToken);
    }

    public Task SweepAsync() => Task.WhenAll(services.GetServices<IRecoverySweep>().Select(s => s.SweepAsync(false, TestContext.Current.CancellationToken)));

    public static Actor Actor(string person) => new("web", "", person, person);

    public InvocationRequest Request(string person, string tool, params (string Name, string Value)[] arguments) =>
        new($"invocation-{Guid.CreateVersion7():N}", Actor(person), tool, arguments.ToDictionary(a => a.Name, a => a.Value), "chat")
        {
            Conversation = new ConversationKey("web", person),
        };

    public InvocationRequest RunRequest(string person, string line, string on = "local") => Request(person, "run", ("command_line", line), ("on", on));

    public Task<InvocationOutcome> CallAsync(InvocationRequest request) => Gate.InvokeAsync(request, NoProgress.Instance, TestContext.Current.CancellationToken);

    public Task<InvocationOutcome> RunAsync(string person, string line, string on = "local") => CallAsync(RunRequest(person, line, on));

    public Task<InvocationOutcome> ApproveAsync(string person, string approvalId) => CallAsync(Request(person, "approvals_approve", ("id", approvalId)));

    public Task<InvocationOutcome> DenyAsync(string person, string approvalId, string reason) =>
        CallAsync(Request(person, "approvals_deny", ("id", approvalId), ("reason", reason)));

    public async Task<InvocationOutcome> WaitAsync(string invocationId)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Testing.Until.Limit);
        while (true)
        {
            var outcome = await Gate.FindAsync(invocationId, limit.Token) ?? throw new InvalidOperationException("no such invocation");
            if (outcome.Status is not (InvocationStatus.Waiting or InvocationStatus.Running)) return outcome;
            await Task.Delay(5, limit.Token);
        }
    }

    public async Task<Approval> FindApprovalAsync(string id) =>
        await Store.ReadAsync(s => Approvals.Find(s, id), TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("no such approval");

    public Task<IReadOnlyList<AuditRecord>> RecordsAsync() => Audit.QueryAsync(new AuditQuery(Limit: 1000), TestContext.Current.CancellationToken);

    public async Task AssertRecordHoldsAsync()
    {
        var verification = await Audit.VerifyAsync(TestContext.Current.CancellationToken);
        Assert.True(verification.Intact, verification.Problem);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        own?.Dispose();
    }

    private sealed class NoSignInLinks : ISignInLinks
    {
        public TimeSpan Lifetime => TimeSpan.FromMinutes(10);

        public bool Served => true;

        public Task<string> CreateAsync(string principal, CancellationToken cancellationToken) => Task.FromResult("/sign-in?code=test");
    }
}
