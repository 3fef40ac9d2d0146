namespace ChatOps.EndToEnd.Chaos;

/// <summary>Many people, three platforms, five machines, and something that goes wrong every few seconds. Short here; tests/chaos.sh runs it for as long as one likes.</summary>
public sealed class ChaosTests
{
    [Theory]
    [InlineData("embedded")]
    [InlineData("distributed")]
    public async Task Whatever_goes_wrong_nothing_is_lost_doubled_out_of_order_or_unapproved(string mode)
    {
        if (!ChaosSettings.Wants(mode)) return;
        var settings = ChaosSettings.Read();
        await using var world = await ChaosWorld.StartAsync(mode == "distributed");
        using var run = new ChaosRun(world, settings);

        var (table, violations) = await run.RunAsync();

        var report = $"{mode}, seed {settings.Seed}, {settings.Duration.TotalSeconds:f0} s\n\n{table}\n{violations.Count} violations\n{string.Join('\n', violations)}\n";
        TestContext.Current.TestOutputHelper?.WriteLine(report);
        if (settings.Report is not null) await File.AppendAllTextAsync(settings.Report, report);
        Assert.True(violations.Count == 0, report);
    }
}
