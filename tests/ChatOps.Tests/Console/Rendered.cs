using ChatOps.Console.Blocks;
using ChatOps.Console.Http;
using ChatOps.Messages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOps.Tests.Console;

/// <summary>Messages rendered by the console's components.</summary>
internal static class Rendered
{
    public static async Task<string> MessageAsync(bool live, params Block[] blocks)
    {
        await using var services = new ServiceCollection().AddSingleton(TimeProvider.System).BuildServiceProvider();
        return await new ConsoleRenderer(services, NullLoggerFactory.Instance).RenderAsync<MessageView>(
            new() { [nameof(MessageView.Content)] = new RichMessage(blocks), [nameof(MessageView.Live)] = live });
    }

    public static Task<string> MessageAsync(params Block[] blocks) => MessageAsync(false, blocks);
}
