using System.Threading.Channels;
using ChatOps.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Storage;

public abstract class PublishingTests(StoreKind kind)
{
    private static readonly TimeSpan Limit = Testing.Until.Limit;

    [Fact]
    public async Task Messages_are_published_after_their_commit_in_order_and_never_for_a_write_that_failed()
    {
        var bus = new RecordingBus();
        await using var store = await StoreFixture.OpenAsync(kind, configure: s => s.AddSingleton<IMessageBus>(bus));
        bus.Look = () => store.Store.ReadAsync(s => s.Inbox.Waiting().Count, CancellationToken.None);

        await Assert.ThrowsAsync<ArgumentException>(() => store.WriteAsync(s =>
        {
            s.PublishAfterCommit(new Deliver("lost"));
            throw new ArgumentException("no");
        }));
        await store.WriteAsync(s =>
        {
            s.PublishAfterCommit(new Deliver("first"));
            s.PublishAfterCommit(new Deliver("second"));
            s.Inbox.Add(Rows.Inbox("a1"));
        });

        Assert.Equal(("first", 1), await bus.Published.Reader.ReadAsync().AsTask().WaitAsync(Limit));
        Assert.Equal(("second", 1), await bus.Published.Reader.ReadAsync().AsTask().WaitAsync(Limit));
    }

    [Fact]
    public async Task A_bus_that_fails_fails_no_write_and_the_next_message_still_goes()
    {
        var bus = new RecordingBus { FailOn = "first" };
        await using var store = await StoreFixture.OpenAsync(kind, configure: s => s.AddSingleton<IMessageBus>(bus));
        bus.Look = () => Task.FromResult(0L);

        await store.WriteAsync(s => s.PublishAfterCommit(new Deliver("first")));
        await store.WriteAsync(s => s.PublishAfterCommit(new Deliver("second")));

        Assert.Equal("second", (await bus.Published.Reader.ReadAsync().AsTask().WaitAsync(Limit)).Item1);
    }

    private sealed class RecordingBus : IMessageBus
    {
        public Channel<(string, long)> Published { get; } = Channel.CreateUnbounded<(string, long)>();

        public Func<Task<long>> Look { get; set; } = () => Task.FromResult(0L);

        public string? FailOn { get; init; }

        public async Task PublishAsync<T>(T message, CancellationToken cancellationToken) where T : class
        {
            var conversation = ((Deliver)(object)message).ConversationId;
            if (conversation == FailOn) throw new InvalidOperationException("The bus is down.");
            await Published.Writer.WriteAsync((conversation, await Look()), cancellationToken);
        }
    }

    public sealed class OnSqlite() : PublishingTests(StoreKind.Sqlite);

    public sealed class OnPostgreSql() : PublishingTests(StoreKind.PostgreSql);
}
