using System.Threading.Channels;
using ChatOps.Messages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatOps.Storage.Engine;

/// <summary>
/// Publishes what transactions announced, in the order of their commits and outside the writer's thread. A message that cannot be published is
/// logged and let go: the store holds the work and recovery finds it.
/// </summary>
internal sealed partial class AfterCommitPublisher : IAsyncDisposable
{
    private readonly Channel<Func<IMessageBus, CancellationToken, Task>> line;
    private readonly IServiceProvider services;
    private readonly ILogger<AfterCommitPublisher> logger;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task pump;

    /// <summary>Creates it. The bus is resolved at the first message, because the bus itself needs the store.</summary>
    public AfterCommitPublisher(IServiceProvider services, StorageOptions options, ILogger<AfterCommitPublisher> logger)
    {
        this.services = services;
        this.logger = logger;
        line = Channel.CreateBounded<Func<IMessageBus, CancellationToken, Task>>(
            new BoundedChannelOptions(options.MaxUnpublished) { SingleReader = true, SingleWriter = true, FullMode = BoundedChannelFullMode.Wait });
        pump = PumpAsync();
    }

    /// <summary>Takes messages of a committed transaction. Never waits.</summary>
    public void Publish(List<Func<IMessageBus, CancellationToken, Task>> messages)
    {
        foreach (var message in messages)
        {
            if (!line.Writer.TryWrite(message)) LogDropped(logger);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        line.Writer.TryComplete();
        await stopping.CancelAsync();
        await pump;
        stopping.Dispose();
    }

    private async Task PumpAsync()
    {
        IMessageBus? bus = null;
        try
        {
            await foreach (var message in line.Reader.ReadAllAsync(stopping.Token))
            {
                try
                {
                    bus ??= services.GetService<IMessageBus>();
                    if (bus is not null) await message(bus, stopping.Token);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    LogFailed(logger, e);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The program ends; what was not published is found by recovery.
        }
    }
}
