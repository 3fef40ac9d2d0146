using ChatOps.Bus;
using ChatOps.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Bus;

public sealed class BusOptionsTests
{
    [Fact]
    public void The_defaults_are_sound() => Assert.Empty(new BusOptions().Validate());

    [Fact]
    public void RabbitMq_without_where_and_as_whom_stops_the_start_with_what_is_missing()
    {
        var error = Assert.Throws<ConfigurationProblemsException>(() => new ServiceCollection().AddBus(new BusOptions { Transport = BusTransport.RabbitMq }));
        Assert.Equal(["Bus:RabbitMq:Host", "Bus:RabbitMq:Username", "Bus:RabbitMq:Password"], error.Problems.Select(p => p.Key));
        var options = new BusOptions { Transport = BusTransport.RabbitMq };
        (options.RabbitMq.Host, options.RabbitMq.Username, options.RabbitMq.Password, options.RabbitMq.Port) = ("broker", "chatops", "secret", 70_000);
        Assert.Equal(["Bus:RabbitMq:Port"], options.Validate().Select(p => p.Key));
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
