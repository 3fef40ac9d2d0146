using ChatOps.Testing;
using ChatOps.Messages;
using ChatOps.Checks;
using ChatOps.Identity;
using ChatOps.Models;
using ChatOps.Scheduling;
using ChatOps.Scheduling.Book;
using ChatOps.Scheduling.Files;
using ChatOps.Schedules;
using ChatOps.Storage;
using ChatOps.Tests.Gate;
using ChatOps.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOps.Tests.Schedules;

/// <summary>Schedules on a real store, with a clock, people and work that a test holds.</summary>
internal sealed class ScheduleBench : IAsyncDisposable
{
    public static readonly string Place = new ConversationKey("web", "ops").Id;

    private readonly StoreFixture store;

    private ScheduleBench(StoreFixture store)
    {
        this.store = store;
        Works = [Work];
        var places = new ConversationPlaces(Time);
        Draft = new ScheduleDraft(People, places, new Lazy<IEnumerable<IScheduledWork>>(() => Works), Time);
        Settings = new SettingsSchedules(Options, new FirstOwner(), People, places, new Lazy<IModelSetup>(() => Setup), new Lazy<IChecks>(() => new NoChecks()), Time);
        Book = new ScheduleBook(store.Store, Draft, Problems, Settings, Time);
    }

    public static CancellationToken Now => TestContext.Current.CancellationToken;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public IStore Store => store.Store;

    public IIdGenerator Ids => store.Ids;

    public FakeMessageBus Bus => (FakeMessageBus)store.Services.GetRequiredService<IMessageBus>();

    public SchedulePeople People { get; } = new();

    public FakeReplies Replies { get; } = new();

    public WithdrawnApprovals Approvals { get; } = new();

    public ScriptedWork Work { get; } = new();

    public IReadOnlyList<IScheduledWork> Works { get; }

    public ScheduleFileProblems Problems { get; } = new();

    public ScheduleDraft Draft { get; }

    public ScheduleBook Book { get; }

    /// <summary>The settings of these tests; a test may change them.</summary>
    public SchedulingOptions Options { get; } = new();

    /// <summary>Whether a model is configured.</summary>
    public SwitchedModels Setup { get; } = new();

    public SettingsSchedules Settings { get; }

    public static async Task<ScheduleBench> OpenAsync(string? directory = null) =>
        new(await StoreFixture.OpenAsync(directory, configure: services => services.AddSingleton<IMessageBus>(new FakeMessageBus())));

    /// <summary>Another gateway on the same store.</summary>
    public ScheduleEngine Engine(IStore? store = null, int maxParallel = 32) => new(this, store ?? Store, maxParallel);

    /// <summary>Adds a schedule that answers in the place of these tests.</summary>
    public async Task<Schedule> AddAsync(ScheduleRequest request)
    {
        await Store.WriteAsync(
            session =>
            {
                session.Conversations.Touch(Place, SchedulePeople.Ana, "ops", Time.GetUtcNow());
                return true;
            },
            Now);
        var check = await Book.AddAsync(request with { Here = request.To is null ? Place : null }, Now);
        return check.Schedule ?? throw new InvalidOperationException(check.Problem);
    }

    /// <summary>Every five minutes, at full ones, by default.</summary>
    public static ScheduleRequest Every(string name, string cron = "*/5 * * * *") => new(SchedulePeople.Ana, "/nodes") { Name = name, Cron = cron };

    public async Task<IReadOnlyList<ScheduleRunRow>> RunsAsync(string? name = null) => [.. (await Book.HistoryAsync(name, 200, Now)).Reverse()];

    public async Task<ScheduleRow> RowAsync(string name) => (await Book.FindAsync(name, Now))!;

    /// <summary>Everything that was said, without the marks that keep text from being markup.</summary>
    public IReadOnlyList<string> Said => [.. Replies.Messages.Values.Select(m => string.Join('\n', m.Blocks.OfType<TextBlock>().Select(b => b.Markdown)).Replace("\\", "", StringComparison.Ordinal))];

    /// <summary>Models that are there or not, as a test wants it.</summary>
    internal sealed class SwitchedModels : IModelSetup
    {
        public bool Any { get; set; }
    }

    private sealed class FirstOwner : IOwner
    {
        public string PrincipalId => SchedulePeople.Ana;
    }

    public async ValueTask DisposeAsync() => await store.DisposeAsync();

    /// <summary>Scheduling's options and logs that these tests need.</summary>
    public static NullLogger<T> Log<T>() => NullLogger<T>.Instance;
}
