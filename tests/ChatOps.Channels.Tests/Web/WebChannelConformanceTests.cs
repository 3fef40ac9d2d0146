using ChatOps.Messages;
using ChatOps.Testing.Channels;

namespace ChatOps.Channels.Tests.Web;

public sealed class WebChannelConformanceTests : ChannelConformance
{
    protected override Task<ChannelUnderTest> CreateAsync(IInbox inbox) => Task.FromResult<ChannelUnderTest>(new WebChannelUnderTest(inbox));
}
