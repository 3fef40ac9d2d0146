using ChatOps.Bus;
using ChatOps.Diagnostics;
using ChatOps.Messages;
using ChatOps.Testing;
using ChatOps.Testing.Servers;

namespace ChatOps.Tests.Bus;

/// <summary>A real broker that is reached with TLS: who it is is looked at before anything is said to it.</summary>
public sealed class BrokerTlsTests : IDisposable
{
    private const int Moments = 100;

    private readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_broker_is_worked_with_when_its_certificate_is_good_and_else_refused_with_a_sentence()
    {
        using var certificate = new TestCertificate(directory["good"], TimeProvider.System.GetUtcNow());
        using var stranger = new TestCertificate(directory["stranger"], TimeProvider.System.GetUtcNow());
        await using var broker = await RabbitServer.StartAsync(certificate);

        await using (var first = await StartAsync(broker, "127.0.0.1", certificate.AuthorityFile))
        await using (var second = await StartAsync(broker, "localhost", certificate.AuthorityFile))
        {
            await Task.WhenAll(first.ConnectedAsync(), second.ConnectedAsync());
            await first.Bus.PublishAsync(new InvocationFinished("private"), CancellationToken.None);
            await Until.TrueAsync(() => second.Hears.Contains("private"));
        }

        await RefusedAsync(broker, "127.0.0.1", stranger.AuthorityFile, "does not come from the authority in");
        await RefusedAsync(broker, "127.0.0.2", certificate.AuthorityFile, "is not for 127.0.0.2, but for localhost");
        await RefusedAsync(broker, "127.0.0.1", null, "is not trusted by this system");
    }

    [Fact]
    public async Task At_any_moment_of_its_attempts_to_connect_a_gateway_ends_soon()
    {
        using var certificate = new TestCertificate(directory["good"], TimeProvider.System.GetUtcNow());
        using var stranger = new TestCertificate(directory["stranger"], TimeProvider.System.GetUtcNow());
        await using var broker = await RabbitServer.StartAsync(certificate);
        // Several at once, so that each is held up elsewhere.
        await Parallel.ForEachAsync(Enumerable.Range(0, Moments), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (moment, token) =>
        {
            var gateway = await StartAsync(broker, "127.0.0.1", stranger.AuthorityFile);
            if (moment % 2 == 0) await Until.TrueAsync(async () => (await gateway.HealthAsync()).Summary.Contains("was not connected to", StringComparison.Ordinal));
            await Task.Delay(TimeSpan.FromMilliseconds(moment % 20), token);
            await gateway.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), token);
        });
    }

    [Fact]
    public void An_authority_that_would_not_be_used_or_is_not_there_is_refused()
    {
        var options = new BusOptions { Transport = BusTransport.RabbitMq };
        (options.RabbitMq.Host, options.RabbitMq.Username, options.RabbitMq.Password, options.RabbitMq.TlsAuthority) = ("mq", "chatops", "x", directory["no-such.pem"]);
        Assert.Contains("UseTls", Assert.Single(options.Validate()).Reason, StringComparison.Ordinal);

        options.RabbitMq.UseTls = true;
        Assert.Contains("PEM file", Assert.Single(options.Validate()).Reason, StringComparison.Ordinal);
    }

    private static Task<RabbitGateway> StartAsync(RabbitServer broker, string host, string? authority) => RabbitGateway.StartAsync(
        broker, settings => (settings.Host, settings.Port, settings.UseTls, settings.TlsAuthority) = (host, broker.TlsPort, true, authority));

    private static async Task RefusedAsync(RabbitServer broker, string host, string? authority, string why)
    {
        await using var gateway = await StartAsync(broker, host, authority);
        PartHealth? health = null;
        await Until.TrueAsync(async () => (health = await gateway.HealthAsync()).Summary.Contains("was not connected to", StringComparison.Ordinal));
        Assert.Equal(PartState.Degraded, health!.State);
        Assert.Contains(why, health.Summary, StringComparison.Ordinal);
        Assert.False(gateway.Bus.ReachesOthers);
    }
}
