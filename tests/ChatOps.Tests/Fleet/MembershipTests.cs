using System.Text.RegularExpressions;
using ChatOps.Fleet;
using ChatOps.Fleet.Frames;
using ChatOps.Node;
using ChatOps.Storage;
using ChatOps.Testing;

namespace ChatOps.Tests.Fleet;

public sealed class MembershipTests
{
    [Fact]
    public async Task A_machine_joins_with_a_token_and_has_its_labels_and_facts()
    {
        await using var relay = await RelayHarness.StartAsync();
        relay.Daemon("web-1", await relay.TokenAsync(("env", "prod")), o => o with { Labels = new Dictionary<string, string> { ["role"] = "web", ["env"] = "dev" }, Version = "1.2.3" });
        await relay.OnlineAsync("web-1");

        var node = relay.Nodes.All().Single(n => n.Name == "web-1");
        Assert.Equal(("prod", "web"), (node.Labels["env"], node.Labels["role"]));
        Assert.Equal(("1.2.3", NodeKind.Daemon, Environment.UserName), (node.Version, node.Kind, node.Facts["user"]));
        Assert.Contains(relay.Audit.Entries, e => e.Summary.Contains("web-1 joined", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_private_key_is_the_owners_alone_and_never_leaves()
    {
        await using var relay = await RelayHarness.StartAsync();
        await relay.JoinedAsync("web-1");
        const UnixFileMode mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(mine, File.GetUnixFileMode(Path.Combine(relay.StateOf("web-1"), "node.key")));
        Assert.Equal(mine, File.GetUnixFileMode(Path.Combine(relay.Data, "gateway.key")));
        Assert.DoesNotContain("PRIVATE", relay.Rows.Find("web-1")!.Key, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_join_the_key_is_enough()
    {
        await using var relay = await RelayHarness.StartAsync();
        var first = await relay.JoinedAsync("web-1");
        await first.StopAsync();
        await Until.TrueAsync(() => relay.State("web-1") == NodeState.Offline);
        relay.Daemon("ignored", null, state: "web-1");
        await relay.OnlineAsync("web-1");
        Assert.Null(relay.State("ignored"));
    }

    [Fact]
    public async Task Of_two_machines_with_one_token_one_gets_in()
    {
        await using var relay = await RelayHarness.StartAsync();
        for (var round = 0; round < 5; round++)
        {
            var token = await relay.TokenAsync();
            var (a, b) = (relay.Daemon($"a{round}", token), relay.Daemon($"b{round}", token));
            await Until.TrueAsync(() => a.End.IsCompleted || b.End.IsCompleted);
            var (loser, winner) = a.End.IsCompleted ? (a, $"b{round}") : (b, $"a{round}");
            Assert.Equal(RefusalCode.Token, (await loser.End).Code);
            await relay.OnlineAsync(winner);
        }
    }

    [Fact]
    public async Task Unknown_used_and_expired_tokens_get_the_same_answer()
    {
        await using var relay = await RelayHarness.StartAsync();
        var used = await relay.TokenAsync();
        relay.Daemon("web-1", used);
        await relay.OnlineAsync("web-1");
        var expired = (await relay.Members.InviteAsync(TimeSpan.FromTicks(1), new Dictionary<string, string>(), "owner", CancellationToken.None)).Token;
        var unknown = "x" + expired;

        var answers = new List<string?>();
        foreach (var (token, index) in new[] { used, expired, unknown }.Select((t, i) => (t, i))) answers.Add((await relay.Daemon($"n{index}", token).End).Reason);
        Assert.NotNull(answers[0]);
        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task The_store_holds_no_token()
    {
        await using var relay = await RelayHarness.StartAsync();
        var token = await relay.TokenAsync();
        var secret = token.Split('.')[0];
        foreach (var file in Directory.EnumerateFiles(relay.Data, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain(secret, System.Text.Encoding.Latin1.GetString(ReadShared(file)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_with_another_key_never_takes_a_known_name_and_somebody_is_told()
    {
        await using var relay = await RelayHarness.StartAsync();
        await relay.JoinedAsync("web-1");
        var token = await relay.TokenAsync();
        var end = await relay.Daemon("web-1", token, state: "impostor").End;
        Assert.Equal(RefusalCode.Name, end.Code);
        var node = relay.Nodes.All().Single(n => n.Name == "web-1");
        Assert.Equal(NodeState.Online, node.State);
        Assert.Contains("another key", node.Alert);
        Assert.Single(relay.Audit.Entries, e => e.Rule == "second key");

        // The token was not used up by it.
        relay.Daemon("web-2", token);
        await relay.OnlineAsync("web-2");
    }

    [Fact]
    public async Task A_copied_disk_is_turned_away_while_the_first_machine_is_there()
    {
        await using var relay = await RelayHarness.StartAsync();
        await relay.JoinedAsync("web-1");
        Copy(relay.StateOf("web-1"), relay.StateOf("clone"));
        var session = relay.Sessions.Find("web-1");
        var clone = relay.Daemon("web-1", null, state: "clone");
        await Until.TrueAsync(() => clone.Log.Contains("Another machine with this key", StringComparison.Ordinal));

        Assert.Same(session, relay.Sessions.Find("web-1"));
        Assert.Contains("second machine", relay.Nodes.All().Single(n => n.Name == "web-1").Alert);
        Assert.Single(relay.Audit.Entries, e => e.Rule == "second key");
    }

    [Fact]
    public async Task A_copied_disk_that_came_first_puts_the_node_in_quarantine_and_nothing_runs_until_somebody_looked()
    {
        await using var relay = await RelayHarness.StartAsync();
        var original = await relay.JoinedAsync("web-1");
        await original.StopAsync();
        await Until.TrueAsync(() => relay.State("web-1") == NodeState.Offline);
        Copy(relay.StateOf("web-1"), relay.StateOf("clone"));
        var clone = relay.Daemon("web-1", null, state: "clone");
        await relay.OnlineAsync("web-1");
        await clone.StopAsync();
        await Until.TrueAsync(() => relay.State("web-1") == NodeState.Offline);

        relay.Daemon("web-1", null);
        await Until.TrueAsync(() => relay.State("web-1") == NodeState.Quarantined);
        Assert.Null(relay.Sessions.Find("web-1"));
        var result = await relay.Nodes.ExecuteAsync(new ExecutionRequest("x", "web-1", "true", null, "/", TimeSpan.FromSeconds(5), new(1024, 1024, 0, null)), new Node.Watcher(), CancellationToken.None);
        Assert.Equal(ExecutionEnd.NotStarted, result.End);
        Assert.Single(relay.Audit.Entries, e => e.Rule == "quarantine");
    }

    [Fact]
    public async Task After_the_gateway_was_restored_a_node_with_a_newer_counter_is_let_in_by_its_key_and_an_older_disk_is_not()
    {
        await using var relay = await RelayHarness.StartAsync();
        var first = await relay.JoinedAsync("web-1");
        await first.StopAsync();
        await Until.TrueAsync(() => relay.State("web-1") == NodeState.Offline);
        Copy(relay.StateOf("web-1"), relay.StateOf("old disk"));
        for (var connection = 0; connection < 3; connection++)
        {
            var again = relay.Daemon("web-1", null);
            await relay.OnlineAsync("web-1");
            await again.StopAsync();
            await Until.TrueAsync(() => relay.State("web-1") == NodeState.Offline);
        }

        // As it is in a backup of before the last connections.
        await relay.Rows.ChangeAsync("web-1", r => r with { Generation = NodeRow.NotSeenSinceRestore, Offered = r.Generation - 2 }, null, CancellationToken.None);
        var honest = relay.Daemon("web-1", null);
        await relay.OnlineAsync("web-1");
        Assert.Single(relay.Audit.Entries, e => e.Summary.Contains("proved its key again", StringComparison.Ordinal));
        await honest.StopAsync();
        await Until.TrueAsync(() => relay.State("web-1") == NodeState.Offline);

        relay.Daemon("web-1", null, state: "old disk");
        await Until.TrueAsync(() => relay.State("web-1") == NodeState.Quarantined);
    }

    [Fact]
    public async Task A_removed_node_is_told_and_does_not_come_back()
    {
        await using var relay = await RelayHarness.StartAsync();
        var daemon = await relay.JoinedAsync("web-1");
        Assert.Null(await relay.Members.RemoveAsync("web-1", CancellationToken.None));
        Assert.Equal(RefusalCode.Removed, (await daemon.End).Code);
        Assert.Null(relay.State("web-1"));
        Assert.False(File.Exists(Path.Combine(relay.StateOf("web-1"), "membership.json")));
    }

    [Fact]
    public async Task A_disk_that_cannot_be_written_ends_no_daemon_and_it_comes_back_when_it_can()
    {
        await using var relay = await RelayHarness.StartAsync();
        var first = await relay.JoinedAsync("web-1");
        await first.StopAsync();
        await Until.TrueAsync(() => relay.State("web-1") == NodeState.Offline);

        // Stands where the new membership is written first.
        var inTheWay = Directory.CreateDirectory(Path.Combine(relay.StateOf("web-1"), "membership.json.new"));
        var daemon = relay.Daemon("web-1", null);
        await Until.TrueAsync(() => daemon.Log.Contains("membership cannot be written", StringComparison.Ordinal));
        Assert.False(daemon.End.IsCompleted);
        Assert.NotEqual(NodeState.Online, relay.State("web-1"));

        inTheWay.Delete();
        await relay.OnlineAsync("web-1");
    }

    [Fact]
    public async Task A_gateway_with_another_key_is_shown_nothing()
    {
        await using var relay = await RelayHarness.StartAsync();
        await using var other = await RelayHarness.StartAsync();
        var end = await relay.Daemon("web-1", await relay.TokenAsync(), port: other.Port).End;
        Assert.Equal(RefusalCode.Identity, end.Code);
        Assert.Null(other.State("web-1"));
    }

    [Theory]
    [InlineData("ws://192.0.2.7/relay", "not encrypted")]
    [InlineData("http://127.0.0.1/relay", "no relay's address")]
    public async Task An_address_without_encryption_is_for_this_machine_only(string address, string reason)
    {
        using var directory = new TempDirectory();
        var problem = await Assert.ThrowsAsync<ChatOps.Configuration.ConfigurationProblemsException>(() =>
            new DaemonRun(new DaemonOptions { Relay = new Uri(address), StateDirectory = directory["state"], JoinToken = "a." + new string('0', 32) }).End);
        Assert.Matches(new Regex(Regex.Escape(reason)), problem.Message);
    }

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal))) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
