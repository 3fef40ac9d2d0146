using ChatOps.Approvals;
using ChatOps.Agent;
using ChatOps.Agent.Models;
using ChatOps.Agent.Speech;
using ChatOps.Audit;
using ChatOps.Bus;
using ChatOps.Channels;
using ChatOps.Fleet;
using ChatOps.Identity;
using ChatOps.Limits;
using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Secrets;
using ChatOps.Skills;
using ChatOps.Storage;
using ChatOps.Testing;
using ChatOps.Tests.Gate;
using ChatOps.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatOps.Tests.Agent.Fakes;

/// <summary>Agent, bus and SQLite store as in the product; the gate, the people and the channel are fakes. A second one can be opened on the same directory.</summary>
internal sealed class Gateway : IAsyncDisposable
{
    public static readonly TimeSpan Limit = Testing.Until.Limit;

    private readonly IHost host;
    private readonly bool ownsDirectory;
    private int keys;

    private Gateway(IHost host, string directory, bool ownsDirectory, ScriptedInvoker gate)
    {
        (this.host, Directory, this.ownsDirectory, Gate) = (host, directory, ownsDirectory, gate);
        Store = host.Services.GetRequiredService<IStore>();
        Channel = host.Services.GetRequiredService<TestChannel>();
    }

    public string Directory { get; }

    public ScriptedInvoker Gate { get; }

    public IStore Store { get; }

    public TestChannel Channel { get; }

    public IServiceProvider Services => host.Services;

    public static async Task<Gateway> StartAsync(
        ScriptedInvoker? gate = null, string? directory = null, Action<AgentOptions>? change = null, bool start = true, SpeechOptions? speech = null, ScriptedModels? models = null, BudgetOptions? budgets = null, TimeProvider? time = null)
    {
        gate ??= new ScriptedInvoker();
        var path = directory ?? System.IO.Directory.CreateTempSubdirectory("chatops-agent-").FullName;
        var options = new AgentOptions
        {
            MessagesPerMinute = PersonalLimits.Range.Max, MessagesPerMinuteInAll = PersonalLimits.Range.Max,
            LeaseDuration = TimeSpan.FromSeconds(2), RetryDelay = TimeSpan.FromMilliseconds(5), MaxRetryDelay = TimeSpan.FromMilliseconds(20),
            OutputAfter = TimeSpan.FromMilliseconds(30), WorkingAfter = TimeSpan.FromMilliseconds(150), ProgressInterval = TimeSpan.FromMilliseconds(10),
        };
        change?.Invoke(options);
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddStorage(new StorageOptions { DataDirectory = path });
        builder.Services.AddBus(new BusOptions());
        builder.Services.AddAgent(options, speech, budgets is null ? null : ModelsOf(budgets));
        builder.Services.AddAudit(new AuditOptions { DataDirectory = path });
        builder.Services.AddApprovals(new ApprovalsOptions());
        if (models is not null) builder.Services.AddSingleton<IModels>(models);
        builder.Services.AddSecrets(new SecretsOptions { Key = new byte[SecretsOptions.MinKeyLength] });
        builder.Services.AddSingleton<ICommandRisk, FakePolicy>();
        builder.Services.AddSingleton<IPolicyTrial, OtherRules>();
        builder.Services.AddSingleton<People>()
            .AddSingleton<IPrincipals>(p => p.GetRequiredService<People>())
            .AddSingleton<IAuthorizer>(p => p.GetRequiredService<People>())
            .AddSingleton<INodes, SomeNodes>()
            .AddSingleton<ISkillLibrary, NoSkills>()
            .AddSingleton<ChatOps.Checks.IChecks, NoChecks>()
            .AddSingleton<ChatOps.Checks.IRunbooks, NoRunbooks>()
            .AddSingleton<ChatOps.Checks.IIncidents, NoIncidents>()
            .AddSingleton<IToolCatalogue, Catalogue>()
            .AddSingleton<IToolInvoker>(gate)
            .AddSingleton<IAdmission, Door>()
            .AddSingleton<IApprovalCards, ShownCards>()
            .AddSingleton<IRedactor, PlainRedactor>()
            .AddSingleton<IOutputFiles>(new KeptOutputs(path))
            .AddChannel<TestChannel>("test")
            .AddSingleton<IInboundObserver>(p => p.GetRequiredService<TestChannel>());
        var host = builder.Build();
        await host.Services.GetRequiredService<IStoreInitializer>().InitializeAsync(CancellationToken.None);
        var gateway = new Gateway(host, path, directory is null, gate);
        if (start) await gateway.StartAsync();
        return gateway;
    }

    // Never asked: the script stands in its place.
    private static ModelsOptions ModelsOf(BudgetOptions budgets)
    {
        var options = new ModelsOptions();
        options.Endpoints.Add(new ModelOptions { Name = "scripted", Provider = "ollama", Model = "scripted", Prices = { Input = 1, Output = 1 } });
        (options.Budgets.Person, options.Budgets.Conversation, options.Budgets.Day) = (budgets.Person, budgets.Conversation, budgets.Day);
        return options;
    }

    public Task StartAsync() => host.StartAsync();

    public Task StopAsync() => host.StopAsync(CancellationToken.None);

    /// <summary>Somebody says something; returns the inbox id.</summary>
    public async Task<string> SayAsync(string text, string chat = "ops", string user = "ana", InboundKind kind = InboundKind.Text, InboundContext? context = null)
    {
        var key = $"test:{chat}:{Interlocked.Increment(ref keys)}:{Guid.NewGuid():n}";
        var receipt = await host.Services.GetRequiredService<IInbox>().AcceptAsync(
            new InboundMessage(key, new ConversationKey("test", chat), new Actor("test", "", user), kind, text) { Context = context ?? InboundContext.None }, CancellationToken.None);
        return receipt.InboxId ?? throw new InvalidOperationException(receipt.Reason);
    }

    /// <summary>Says something and waits for its end.</summary>
    public async Task<InboxItem> AskAsync(string text, string chat = "ops", string user = "ana", InboundKind kind = InboundKind.Text) =>
        await EndAsync(await SayAsync(text, chat, user, kind));

    public Task<InboxItem> EndAsync(string inboxId) => UntilAsync(inboxId, i => i.State is InboxState.Done or InboxState.Failed or InboxState.Cancelled);

    public async Task<InboxItem> UntilAsync(string inboxId, Func<InboxItem, bool> condition)
    {
        InboxItem? item = null;
        await UntilAsync(async () => condition(item = (await ReadAsync(s => s.Inbox.Find(inboxId)))!), () => $"{inboxId} is {item}");
        return item!;
    }

    public static async Task UntilAsync(Func<Task<bool>> condition, Func<string>? state = null)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > Limit) throw new TimeoutException("It did not become true in time. " + state?.Invoke());
            await Task.Delay(5);
        }
    }

    public Task<T> ReadAsync<T>(Func<IStoreSession, T> work) => Store.ReadAsync(work, CancellationToken.None);

    public Task WriteAsync(Action<IStoreSession> work) => Store.WriteAsync(
        s =>
        {
            work(s);
            return 0;
        },
        CancellationToken.None);

    /// <summary>Everything that answers a message, as plain lines.</summary>
    public async Task<IReadOnlyList<string>> RepliesAsync(string inboxId) =>
        (await ReadAsync(s => s.Outbox.RepliesTo(inboxId))).Select(m => Text(m.Content)).ToList();

    public static string Text(RichMessage message) => string.Join("\n", message.Blocks.Select(b => b switch
    {
        TextBlock text => (text.Tone == Tone.Plain ? "" : $"[{text.Tone}] ") + text.Markdown.Replace("\\", "", StringComparison.Ordinal),
        CodeBlock code => $"{code.Title}: {code.Text}",
        TableBlock table => string.Join("\n", table.Rows.Select(r => string.Join(" | ", r))),
        _ => b.ToString(),
    }));

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
        if (ownsDirectory && System.IO.Directory.Exists(Directory)) System.IO.Directory.Delete(Directory, recursive: true);
    }
}
