using ChatOps.Messages;
using ChatOps.Testing.Channels;

namespace ChatOps.Channels.Tests.Telegram;

public sealed class TelegramPollingConformanceTests : ChannelConformance
{
    protected override Task<ChannelUnderTest> CreateAsync(IInbox inbox) => TelegramUnderTest.CreateAsync(inbox, webhook: false);
}
