using ChatOps.Testing.Faults;

namespace ChatOps.EndToEnd.Chaos;

/// <summary>What can go wrong in a world. Which, when, where and for how long is drawn from a seed.</summary>
internal sealed class ChaosFaults(ChaosWorld world, Random random)
{
    private readonly List<(string Kind, Func<Task> Strike)> bag = [];

    /// <summary>The next: each kind comes up once before any comes again.</summary>
    public ChaosFault Next()
    {
        if (bag.Count == 0) bag.AddRange(Kinds().OrderBy(_ => random.Next()));
        var (kind, strike) = bag[^1];
        bag.RemoveAt(bag.Count - 1);
        return new ChaosFault(kind, strike);
    }

    private IEnumerable<(string Kind, Func<Task> Strike)> Kinds()
    {
        yield return ("gateway kill -9", () => AgainAsync(Gateway(), g => g.SignalAsync("KILL")));
        yield return ("gateway SIGTERM", () => AgainAsync(Gateway(), g => g.SignalAsync("TERM")));
        yield return ("gateway stands still", StandStillAsync);
        yield return ("daemon kill -9", KillDaemonAsync);
        yield return ("clock steps", StepClockAsync);
        foreach (var platform in (string[])["telegram", "slack", "discord"])
            yield return ($"{platform} away", () => HurtAsync(platform));
        yield return ("sockets of platforms cut", CutSocketsAsync);
        yield return ("relay line", HurtRelayAsync);
        if (world.CanFillDisks) yield return ("disk of a gateway full", FillDiskAsync);
        if (!world.Distributed) yield break;
        yield return ("gateway kill -9", () => AgainAsync(Gateway(), g => g.SignalAsync("KILL")));
        yield return ("broker kill -9", RestartBrokerAsync);
        yield return ("database kill -9", () => RestartDatabaseAsync(kill: true));
        yield return ("database restart", () => RestartDatabaseAsync(kill: false));
        if (world.CanFillDisks) yield return ("disk of the database full", FillDatabaseAsync);
        yield return ("database line", () => HurtAsync("database"));
        yield return ("broker line", () => HurtAsync("broker"));
    }

    private ChaosGateway Gateway() => world.Gateways[random.Next(world.Gateways.Count)];

    private TimeSpan Between(double least, double most) => TimeSpan.FromSeconds(least + random.NextDouble() * (most - least));

    private async Task AgainAsync(ChaosGateway gateway, Func<ChaosGateway, Task> end)
    {
        var pause = Between(0, 3);
        if (gateway.IsUp)
        {
            await end(gateway);
            await gateway.Process!.WaitForExitAsync(TimeSpan.FromMinutes(1));
        }

        await Task.Delay(pause);
        await gateway.StartAsync();
    }

    // Longer than a lease half of the times.
    private async Task StandStillAsync()
    {
        var (gateway, pause) = (Gateway(), Between(2, 25));
        if (!gateway.IsUp) return;
        await gateway.SignalAsync("STOP");
        await Task.Delay(pause);
        await gateway.SignalAsync("CONT");
    }

    private async Task KillDaemonAsync()
    {
        var (machine, pause) = (world.Machines[random.Next(world.Machines.Count)], Between(0, 3));
        await machine.KillAsync();
        await Task.Delay(pause);
        machine.Start();
    }

    private async Task StepClockAsync()
    {
        var (gateway, step, pause) = (Gateway(), random.Next(-600, 600), Between(5, 12));
        gateway.Clock.Set(TimeSpan.FromSeconds(step));
        await Task.Delay(pause);
        gateway.Clock.Set(null);
    }

    private Task HurtAsync(string line) => HurtAsync(Gateway().Wires[line]);

    private Task HurtRelayAsync() => HurtAsync(world.Machines[random.Next(world.Machines.Count)].Wire);

    private async Task HurtAsync(Wire wire)
    {
        var (how, pause) = (random.Next(5), Between(2, 14));
        switch (how)
        {
            case 0:
                wire.State = WireState.Cut;
                wire.Break();
                break;
            case 1:
                wire.Break();
                break;
            case 2:
                wire.Delay = TimeSpan.FromMilliseconds(100 + random.Next(400));
                break;
            case 3:
                wire.State = WireState.Silent;
                break;
            default:
                wire.State = random.Next(2) == 0 ? WireState.NothingBack : WireState.NothingOut;
                break;
        }

        await Task.Delay(pause);
        (wire.State, wire.Delay) = (WireState.Whole, TimeSpan.Zero);
        if (how == 3) wire.Break();
    }

    private Task CutSocketsAsync()
    {
        world.Slack.Sockets.Cut();
        world.Discord.AbortAll();
        world.Telegram.Disconnect();
        return Task.CompletedTask;
    }

    private async Task FillDiskAsync()
    {
        var (gateway, pause) = (Gateway(), Between(3, 14));
        gateway.Disk!.Fill();
        await Task.Delay(pause);
        gateway.Disk.Free();
    }

    private async Task FillDatabaseAsync()
    {
        var pause = Between(3, 14);
        world.Database!.FillDisk();
        await Task.Delay(pause);
        await world.Database.FreeDiskAsync();
    }

    private async Task RestartBrokerAsync()
    {
        var pause = Between(0, 10);
        await world.Broker!.KillAsync();
        await Task.Delay(pause);
        await world.Broker.StartAsync();
    }

    private async Task RestartDatabaseAsync(bool kill)
    {
        var pause = Between(0, 10);
        await world.Database!.StopAsync(kill);
        await Task.Delay(pause);
        await world.Database.StartAgainAsync();
    }
}
