using ChatOps.Audit;
using ChatOps.Host.Http;
using ChatOps.Storage;
using ChatOps.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOps.Tests.Host;

public sealed class FailedTokensTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task Wrong_tokens_are_told_to_wait_after_some_and_a_right_one_always_works()
    {
        using var wrong = gateway.Client("guessed");
        using var right = gateway.Owner();
        var answers = new List<int>();
        for (var i = 0; i < FailedTokens.PerAddress + 3; i++) answers.Add((await GatewayFixture.CallAsync(wrong, "status", "{}")).Status);
        var (status, _) = await GatewayFixture.CallAsync(right, "status", "{}");

        Assert.Equal(Enumerable.Repeat(401, FailedTokens.PerAddress).Concat(Enumerable.Repeat(429, 3)), answers);
        Assert.Equal(200, status);
    }

    [Fact]
    public async Task The_window_ends_with_time()
    {
        var time = new FakeTimeProvider();
        var services = gateway.Host.Services;
        var failed = new FailedTokens(
            services.GetRequiredService<IStore>(), services.GetRequiredService<IAuditWriter>(), time,
            NullLogger<FailedTokens>.Instance);
        for (var i = 0; i < FailedTokens.PerAddress; i++) Assert.True(await failed.NoteAsync("192.0.2.1", "wrong", CancellationToken.None));

        Assert.False(await failed.NoteAsync("192.0.2.1", "wrong", CancellationToken.None));
        Assert.True(await failed.NoteAsync("192.0.2.2", "wrong", CancellationToken.None));
        time.Advance(FailedTokens.Window);
        Assert.True(await failed.NoteAsync("192.0.2.1", "wrong", CancellationToken.None));
    }
}
