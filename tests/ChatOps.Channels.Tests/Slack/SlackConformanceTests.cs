using ChatOps.Messages;
using ChatOps.Testing.Channels;

namespace ChatOps.Channels.Tests.Slack;

public sealed class SlackConformanceTests : ChannelConformance
{
    protected override Task<ChannelUnderTest> CreateAsync(IInbox inbox) => SlackUnderTest.CreateAsync(inbox);
}
