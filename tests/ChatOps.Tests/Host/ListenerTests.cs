using System.Net;
using ChatOps.Host;
using ChatOps.Host.Http;

namespace ChatOps.Tests.Host;

public sealed class ListenerTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.8.8.8", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("192.0.2.1", true)]
    [InlineData("10.1.200.3", true)]
    [InlineData("::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.2", false)]
    [InlineData("10.2.0.1", false)]
    [InlineData("2001:db8::1", false)]
    public void Only_this_machine_and_the_named_proxies_may_connect(string peer, bool admitted)
    {
        Assert.Equal(admitted, ProxyOnly.Admits(IPAddress.Parse(peer), ProxyNetworks.Parse("192.0.2.1, 10.1.0.0/16")));
    }

    [Fact]
    public void Nobody_without_an_address_may_connect()
    {
        Assert.False(ProxyOnly.Admits(null, []));
    }

    [Fact]
    public void The_names_it_answers_to_are_loopback_the_listeners_and_the_public_one()
    {
        var options = new ChatOpsOptions();
        options.Gateway.Urls = "http://192.0.2.7:8080";
        options.Gateway.PublicUrl = "https://chatops.example.com";

        var hosts = ListenerSetup.AllowedHosts(new GatewaySetup(GatewayMode.Gateway, options, new GatewayPlaces(null, "/nowhere"), "/nowhere"));

        Assert.Equal(["127.0.0.1", "192.0.2.7", "[::1]", "chatops.example.com", "localhost"], hosts.Order(StringComparer.Ordinal));
    }
}
