using ChatOps.Messages;
using ChatOps.Testing.Channels;

namespace ChatOps.Channels.Tests.Discord;

public sealed class DiscordChannelConformanceTests : ChannelConformance
{
    protected override Task<ChannelUnderTest> CreateAsync(IInbox inbox) => DiscordChannelUnderTest.CreateAsync(inbox);
}
