using System.Net;
using System.Net.Sockets;
using ChatOps.Host;

namespace ChatOps.Tests.Host;

public sealed class EgressTests
{
    private static readonly Uri Root = new("https://api.example.org/v1");
    private static readonly string[] Platform = ["example.org"];

    [Theory]
    [InlineData("https://files.example.org/a", true)]
    [InlineData("wss://wss.example.org/link", true)]
    [InlineData("https://example.org/a", true)]
    [InlineData("http://files.example.org/a", false)]
    [InlineData("https://example.org.evil.net/a", false)]
    [InlineData("https://evilexample.org/a", false)]
    [InlineData("https://user@files.example.org/a", false)]
    [InlineData("https://169.254.169.254/latest", false)]
    [InlineData("https://mirror.intern:8443/a", true)]
    [InlineData("https://mirror.intern/a", false)]
    [InlineData("http://10.1.2.3/a", true)]
    [InlineData("http://10.2.2.3/a", false)]
    public void An_address_that_was_handed_out_is_followed_only_where_platform_root_or_operator_say_so(string address, bool allowed)
    {
        var egress = new EgressGuard(new EgressOptions { Allow = ["mirror.intern:8443", "10.1.0.0/16"] });

        Assert.Equal(allowed, egress.Allows(new Uri(address), Platform, Root));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("::1")]
    [InlineData("fd00::1")]
    [InlineData("fe80::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("2002:7f00:1::")]
    public void Addresses_of_this_machine_and_of_private_networks_are_internal_however_they_are_written(string address) =>
        Assert.True(InternalAddresses.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("172.32.0.1")]
    [InlineData("2606:4700::1111")]
    [InlineData("::ffff:8.8.8.8")]
    public void Public_addresses_are_not(string address) => Assert.False(InternalAddresses.Contains(IPAddress.Parse(address)));

    [Fact]
    public async Task A_connection_to_loopback_is_refused_unless_it_is_the_root_or_allowed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var here = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => ConnectAsync(new EgressOptions(), Root, here));
        Assert.Contains("Egress:Allow", refused.Message, StringComparison.Ordinal);

        await AnswerAsync(listener, ConnectAsync(new EgressOptions(), here, here));
        await AnswerAsync(listener, ConnectAsync(new EgressOptions { Allow = ["127.0.0.1"] }, Root, here));
        await Assert.ThrowsAsync<HttpRequestException>(() => ConnectAsync(new EgressOptions { Allow = ["127.0.0.1:1"] }, Root, here));
    }

    private static async Task<string> ConnectAsync(EgressOptions options, Uri root, Uri address)
    {
        using var http = new HttpClient(new EgressGuard(options).CreateHandler(root));
        return await http.GetStringAsync(address);
    }

    private static async Task AnswerAsync(TcpListener listener, Task<string> asked)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"u8.ToArray());
        Assert.Equal("ok", await asked);
    }
}
