using ChatOps.Bus;
using ChatOps.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Bus;

public sealed class BusOptionsTests
{
    [Fact]
    public void The_defaults_are_sound() => Assert.Empty(new BusOptions().Validate());

    [Fact]
    public void RabbitMq_stops_the_start_with_what_to_use_instead()
    {
        var error = Assert.Throws<ConfigurationProblemsException>(() => new ServiceCollection().AddBus(new BusOptions { Transport = BusTransport.RabbitMq }));
        Assert.Contains("'RabbitMq' is not available in this version; use 'InMemory'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var options = new BusOptions { MaxConcurrency = 0 };
        options.Delivery.MaxAge = TimeSpan.Zero;
        options.Recovery.KeepInbox = TimeSpan.FromDays(6);
        options.ChannelRestart.MaxDelay = TimeSpan.FromDays(1);
        Assert.Equal(["Bus:MaxConcurrency", "Bus:Delivery:MaxAge", "Bus:Recovery:KeepInbox", "Bus:ChannelRestart:MaxDelay"],
            options.Validate().Select(p => p.Key));
    }
}
