using ChatOps.Bus;
using ChatOps.Bus.Gateways;
using ChatOps.Diagnostics;
using ChatOps.Gateways;
using ChatOps.Storage;
using ChatOps.Testing;
using ChatOps.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOps.Tests.Bus;

/// <summary>Gateways of one store, and what each knows of the others.</summary>
public sealed class GatewayRegisterTests : IAsyncDisposable
{
    private readonly FakeTimeProvider clock = new();
    private readonly List<GatewayRegister> registers = [];
    private StoreFixture? store;
    private int looking;

    public async ValueTask DisposeAsync()
    {
        foreach (var register in registers) register.Dispose();
        if (store is not null) await store.DisposeAsync();
    }

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task All_see_who_lives_and_what_each_does_and_who_died_or_left(StoreKind kind)
    {
        store = await StoreFixture.OpenAsync(kind);
        var (first, second) = (Register("first", GatewayRole.Channels, GatewayRole.Console), Register("second", GatewayRole.Workers));
        await first.StartAsync(CancellationToken.None);
        await second.StartAsync(CancellationToken.None);
        await PassAsync(() => first.Living.Count == 2 && second.Living.Count == 2);
        Assert.Equal(["channels", "console"], second.Find("first-id")!.Roles);
        var health = await new GatewaysHealth(first).CheckAsync(CancellationToken.None);
        Assert.Equal(PartState.Degraded, health.State);
        Assert.StartsWith("No gateway that lives has the role relay or scheduler", health.Summary, StringComparison.Ordinal);

        // One that dies leaves nothing but silence.
        second.Dispose();
        await PassAsync(() => first.Find("second-id") is null);
        Assert.True(first.LostOneWithin(TimeSpan.FromSeconds(5)));

        var third = Register("third", [.. GatewayIdentity.AllRoles]);
        await third.StartAsync(CancellationToken.None);
        await PassAsync(() => first.Living.Count == 2);
        Assert.Equal(PartState.Ok, (await new GatewaysHealth(third).CheckAsync(CancellationToken.None)).State);
        await third.StopAsync(CancellationToken.None);
        await PassAsync(() => first.Living.Count == 1);
    }

    [Fact]
    public async Task A_clock_that_goes_wrong_by_minutes_does_not_make_anybody_dead()
    {
        store = await StoreFixture.OpenAsync();
        var late = new FakeTimeProvider(clock.GetUtcNow() - TimeSpan.FromMinutes(4));
        var (first, second) = (Register("first", clock, GatewayRole.Workers), Register("second", late, GatewayRole.Workers));
        await first.StartAsync(CancellationToken.None);
        await second.StartAsync(CancellationToken.None);
        await PassAsync(() => first.Living.Count == 2 && second.Living.Count == 2, late);
    }

    [Fact]
    public async Task One_that_stood_still_does_not_believe_what_it_knows_until_it_has_looked_for_a_while()
    {
        store = await StoreFixture.OpenAsync();
        var register = Register("first", GatewayRole.Workers);
        await register.StartAsync(CancellationToken.None);
        Assert.True(register.IsCurrent);
        await PassAsync(() => true);
        Assert.True(register.IsCurrent);

        clock.StandStill(GatewayRegister.Patience);
        Assert.False(register.IsCurrent);
        var woken = clock.GetTimestamp();
        await PassAsync(() => register.IsCurrent);
        Assert.True(clock.GetElapsedTime(woken) >= TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_commands_own_gateway_sees_the_others_and_is_not_counted()
    {
        store = await StoreFixture.OpenAsync();
        var first = Register("first", GatewayRole.Workers);
        await first.StartAsync(CancellationToken.None);
        var command = Register("command");
        await command.StartAsync(CancellationToken.None);
        Assert.Equal(["first"], command.Living.Select(g => g.Name));
        await PassAsync(() => first.Living.Count == 1);
    }

    private GatewayRegister Register(string name, params GatewayRole[] roles) => Register(name, clock, roles);

    private GatewayRegister Register(string name, TimeProvider time, params GatewayRole[] roles)
    {
        var register = new GatewayRegister(new GatewayIdentity(name + "-id", name, "1.0.0", roles), new Looks(this), new BusOptions { AloneWithStore = false }, time, NullLogger<GatewayRegister>.Instance);
        registers.Add(register);
        return register;
    }

    // No time passes while somebody looks: a slow store would make the others dead.
    private Task PassAsync(Func<bool> condition, FakeTimeProvider? other = null) => Until.TrueAsync(() =>
    {
        if (Volatile.Read(ref looking) > 0) return false;
        clock.Advance(TimeSpan.FromMilliseconds(250));
        other?.Advance(TimeSpan.FromMilliseconds(250));
        return Volatile.Read(ref looking) == 0 && condition();
    });

    /// <summary>The store, and how many look at it now.</summary>
    private sealed class Looks(GatewayRegisterTests test) : IStore
    {
        public Task<T> WriteAsync<T>(Func<IStoreSession, T> work, CancellationToken cancellationToken) => CountedAsync(test.store!.Store.WriteAsync(work, cancellationToken));

        public Task<T> ReadAsync<T>(Func<IStoreSession, T> work, CancellationToken cancellationToken) => CountedAsync(test.store!.Store.ReadAsync(work, cancellationToken));

        private async Task<T> CountedAsync<T>(Task<T> look)
        {
            Interlocked.Increment(ref test.looking);
            try
            {
                return await look;
            }
            finally
            {
                Interlocked.Decrement(ref test.looking);
            }
        }
    }
}
