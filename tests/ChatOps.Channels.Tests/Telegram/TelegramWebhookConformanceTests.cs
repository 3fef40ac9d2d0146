using ChatOps.Messages;
using ChatOps.Testing.Channels;

namespace ChatOps.Channels.Tests.Telegram;

public sealed class TelegramWebhookConformanceTests : ChannelConformance
{
    protected override Task<ChannelUnderTest> CreateAsync(IInbox inbox) => TelegramUnderTest.CreateAsync(inbox, webhook: true);
}
