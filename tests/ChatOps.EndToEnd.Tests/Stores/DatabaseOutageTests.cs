using System.Globalization;
using ChatOps.EndToEnd.Harness;
using ChatOps.EndToEnd.Platforms;
using ChatOps.Testing.Servers;
using ChatOps.Testing.Telegram;

namespace ChatOps.EndToEnd.Stores;

/// <summary>A database server that goes under a gateway that people talk to.</summary>
public sealed class DatabaseOutageTests : IDisposable
{
    private const int Messages = 6;
    private static readonly TimeSpan Notice = TimeSpan.FromSeconds(1);
    // As long as one wants to see it: CHATOPS_OUTAGE=01:00:00 for an hour.
    private static readonly TimeSpan Length = Environment.GetEnvironmentVariable("CHATOPS_OUTAGE") is { } length ? TimeSpan.Parse(length, CultureInfo.InvariantCulture) : Notice * 1.5;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly PostgreSqlCluster cluster = PostgreSqlCluster.Start(sync: false) ?? throw new InvalidOperationException("PostgreSQL is not installed here; tests/run.sh installs it.");

    public void Dispose() => cluster.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_database_that_is_gone_for_a_while_costs_nothing_that_was_said_and_whoever_waited_is_told_once_also_when_the_gateway_is_killed_meanwhile(bool killed)
    {
        await using var team = await StartAsync();
        await cluster.StopAsync(kill: true);
        await Until.TrueAsync(async () => !await IsReadyAsync(team), () => team.Gateway.Log, Patience);

        // Telegram keeps what is not confirmed; nothing is confirmed that is not stored.
        for (var i = 0; i < Messages; i++) team.BenSays(string.Create(CultureInfo.InvariantCulture, $"/run echo said-{i} --on local"));
        await team.UntilAsync(() => team.Telegram.Waiting == Messages, "Telegram was told that something was taken");

        // Noticed, and then longer than what nobody is told of.
        await team.UntilAsync(() => team.Gateway.Log.Contains("The recovery sweep 'inbox' could not look", StringComparison.Ordinal), "Nobody noticed", Patience);
        await Task.Delay(Length);
        if (killed) team.Gateway.Kill();
        await cluster.StartAgainAsync();
        if (killed) await team.StartGatewayAsync();
        await team.UntilAsync(() => Answered(team).Count >= Messages, "Not everything was answered", Patience);
        Assert.Equal(Enumerable.Range(0, Messages), Answered(team));
        await team.UntilAsync(() => team.ToBen.Any(Tells), "Nobody said what had been");
        await Until.TrueAsync(() => IsReadyAsync(team), () => team.Gateway.Log, Patience);
        Assert.Contains("\"intact\":true", (await team.Gateway.CallAsync("audit_verify", new { })).ToJsonString(), StringComparison.Ordinal);
        Assert.Single(team.ToBen, Tells);
    }

    private static bool Tells(TelegramPost post) => post.Text.Contains("could not use its store", StringComparison.Ordinal);

    private async Task<Team> StartAsync()
    {
        var team = await Team.StartAsync(t =>
        {
            t.Settings["CHATOPS__Store__Provider"] = "PostgreSql";
            t.Settings["CHATOPS__Bus__OutageNotice"] = "1s";
            t.Settings["CHATOPS__Store__ConnectionString"] = cluster.DatabaseFor("outage");
        });
        await team.ConnectedAsync();
        return team;
    }

    private static List<int> Answered(Team team) =>
    [
        .. team.ToBen.Where(p => !p.Text.Contains("Running", StringComparison.Ordinal)).SelectMany(p => Enumerable.Range(0, Messages).Where(i => p.Text.Contains(string.Create(CultureInfo.InvariantCulture, $"said-{i}"), StringComparison.Ordinal))),
    ];

    private static async Task<bool> IsReadyAsync(Team team)
    {
        using var answer = await team.Gateway.Client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        return answer.IsSuccessStatusCode;
    }
}
