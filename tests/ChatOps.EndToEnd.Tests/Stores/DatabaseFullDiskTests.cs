using System.Globalization;
using ChatOps.EndToEnd.Harness;
using ChatOps.EndToEnd.Platforms;
using ChatOps.Testing.Servers;

namespace ChatOps.EndToEnd.Stores;

/// <summary>A database server whose disk is full, under a gateway that people talk to.</summary>
public sealed class DatabaseFullDiskTests : IDisposable
{
    private const string Size = "160m";

    // Every one needs room in the record; so many would need some hundred pages that are not there.
    private const int MaxTries = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private PostgreSqlCluster? cluster;

    public void Dispose() => cluster?.Dispose();

    [Fact]
    public async Task On_a_full_disk_of_the_database_server_no_change_begins_and_with_room_again_all_goes_on_by_itself()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "A small file system cannot be mounted here (it takes root).");
        cluster = PostgreSqlCluster.Start(sync: false, Size) ?? throw new InvalidOperationException("PostgreSQL is not installed here; tests/run.sh installs it.");
        await using var team = await Team.StartAsync(t =>
        {
            t.Settings["CHATOPS__Store__Provider"] = "PostgreSql";
            t.Settings["CHATOPS__Store__ConnectionString"] = cluster.DatabaseFor("full");
        });
        await team.ConnectedAsync();
        var made = team.In("made");
        var change = new { command_line = $"touch {made}", on = "local" };
        var asked = await team.Gateway.CallAsync("run", change);
        Assert.Equal("waiting", (string?)asked["status"]);

        // What is in memory and in pages that are there already goes on for a little while.
        cluster.FillDisk();
        var answer = "";
        for (var i = 0; i < MaxTries && !IsRefused(answer); i++) answer = await TryAsync(team, "run", new { command_line = string.Create(CultureInfo.InvariantCulture, $"echo {i}"), on = "local" });
        Assert.True(IsRefused(answer), answer);

        // Nothing is done that cannot be written down, whoever allows it, and whoever says something now is heard later.
        Assert.DoesNotContain("\"done\"", await TryAsync(team, "run", change), StringComparison.Ordinal);
        Assert.False(File.Exists(made));
        team.BenSays("/run echo said-on-a-full-disk --on local");
        Assert.False(team.Gateway.HasExited);

        await cluster.FreeDiskAsync();
        await team.UntilAsync(() => team.ToBen.Any(p => p.Text.Contains("said-on-a-full-disk", StringComparison.Ordinal)), "Ben was not answered", Patience);
        await Until.TrueAsync(async () => (await TryAsync(team, "run", new { command_line = "echo again", on = "local" })).Contains("\"done\"", StringComparison.Ordinal), () => team.Gateway.Log, Patience);
        Assert.False(File.Exists(made));
        await team.Gateway.CallAsync("approvals_approve", new { id = (string)asked["approval"]! });
        await Until.TrueAsync(() => Task.FromResult(File.Exists(made)), () => team.Gateway.Log, Patience);
        Assert.Contains("\"intact\":true", (await team.Gateway.CallAsync("audit_verify", new { })).ToJsonString(), StringComparison.Ordinal);
    }

    private static bool IsRefused(string answer) => answer.Contains("Nothing was saved", StringComparison.Ordinal);

    private static async Task<string> TryAsync(Team team, string tool, object arguments) => (await team.Gateway.CallAsync(tool, arguments)).ToJsonString();
}
