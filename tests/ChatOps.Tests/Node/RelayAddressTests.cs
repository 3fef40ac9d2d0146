using ChatOps.Node.Connection;

namespace ChatOps.Tests.Node;

public sealed class RelayAddressTests
{
    [Theory]
    [InlineData("wss://chatops.example.com", true)]
    [InlineData("wss://10.0.0.5:18790/relay", true)]
    [InlineData("ws://127.0.0.1:18790", true)]
    [InlineData("ws://localhost:18790", true)]
    [InlineData("ws://[::1]:18790", true)]
    [InlineData("ws://chatops.example.com", false)]
    [InlineData("ws://10.0.0.5:18790", false)]
    [InlineData("ws://127.0.0.1.example.com", false)]
    [InlineData("https://chatops.example.com", false)]
    [InlineData("http://127.0.0.1:18790", false)]
    public void Without_encryption_a_relay_is_reached_on_this_machine_alone(string address, bool fits)
    {
        Assert.Equal(fits, RelayAddress.Problem(new Uri(address)) is null);
    }
}
