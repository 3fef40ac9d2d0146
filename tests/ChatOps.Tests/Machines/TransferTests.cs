using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Testing;
using ChatOps.Tests.Gate;
using ChatOps.Tools;

namespace ChatOps.Tests.Machines;

/// <summary>Files to and from machines through the gate; what the nodes are asked to do is really done, on this machine.</summary>
public sealed class TransferTests : IAsyncLifetime
{
    private readonly TempDirectory directory = new();
    private GateHarness gate = null!;

    public async ValueTask InitializeAsync()
    {
        gate = await MachineGate.StartAsync(2);
        gate.Fleet.Run = gate.Executor.ExecuteAsync;
    }

    public async ValueTask DisposeAsync()
    {
        await gate.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task A_new_file_has_exactly_the_content_and_the_mode_that_were_approved()
    {
        var waiting = await gate.AskAsync("put_file", ("path", directory["motd"]), ("content", "hello\nthere\n"), ("on", "web-1"), ("mode", "0640"));
        var item = (await gate.FindApprovalAsync(waiting.ApprovalId!)).Request.Items[0];
        Assert.Equal(Risk.Change, item.Risk);
        Assert.Contains("+hello", item.Preview, StringComparison.Ordinal);
        Assert.Equal("none", item.RunsAs["File before"]);
        Assert.Equal($"sha256:{Hash("hello\nthere\n")}", item.RunsAs["File after"]);
        Assert.False(File.Exists(directory["motd"]));

        await gate.ApproveAsync("li", waiting.ApprovalId!);
        var outcome = await gate.WaitAsync(waiting.InvocationId);
        Assert.True(outcome.Status == InvocationStatus.Done, Json.Write(outcome.Result));
        Assert.Equal("hello\nthere\n", await File.ReadAllTextAsync(directory["motd"], TestContext.Current.CancellationToken));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(directory["motd"]));
        Assert.Contains(Hash("hello\nthere\n"), MachineGate.First(outcome).GetProperty("output").GetString()!, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(directory.Path));
    }

    [Fact]
    public async Task After_a_file_was_put_the_gateway_looks_and_a_look_tells_a_file_from_another_one()
    {
        var put = await gate.ApprovedAsync("put_file", ("path", directory["motd"]), ("content", "hello\n"), ("on", "web-1"));
        Assert.Equal((InvocationStatus.Done, CheckVerdict.Verified), (put.Status, put.Result!.Check!.Verdict));

        var look = await gate.AskAsync("stat_file", ("path", directory["motd"]), ("on", "role=web"), ("sha256", Hash("hello\n")));
        Assert.Equal(InvocationStatus.Done, look.Status);
        Assert.Contains("6 bytes, mode 644", MachineGate.First(look).GetProperty("output").GetString()!, StringComparison.Ordinal);
        var other = await gate.AskAsync("stat_file", ("path", directory["motd"]), ("on", "web-1"), ("sha256", Hash("bye\n")));
        Assert.Equal((InvocationStatus.Failed, FailureCode.ExitStatus), (other.Status, other.Failure));
        Assert.Equal(InvocationStatus.Failed, (await gate.AskAsync("stat_file", ("path", directory["none"]), ("on", "web-1"))).Status);
        Assert.Equal(InvocationStatus.Refused, (await gate.AskAsync("stat_file", ("path", directory["motd"]), ("on", "web-1"), ("sha256", "12"))).Status);
    }

    [Fact]
    public async Task A_file_is_replaced_with_its_mode_kept_and_the_earlier_one_beside_it()
    {
        await File.WriteAllTextAsync(directory["conf"], "old\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(directory["conf"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var outcome = await gate.ApprovedAsync("put_file", ("path", directory["conf"]), ("content", "new\n"), ("on", "web-1"), ("backup", "true"));
        Assert.Equal(InvocationStatus.Done, outcome.Status);
        Assert.Equal("new\n", await File.ReadAllTextAsync(directory["conf"], TestContext.Current.CancellationToken));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory["conf"]));
        Assert.Equal("old\n", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(directory.Path, "conf.bak-*")), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_dry_run_shows_the_difference_and_changes_nothing()
    {
        await File.WriteAllTextAsync(directory["conf"], "a\nb\nc\n", TestContext.Current.CancellationToken);
        var outcome = await gate.AskAsync("put_file", ("path", directory["conf"]), ("content", "a\nB\nc\n"), ("on", "web-1"), ("dry_run", "true"));
        Assert.Equal(InvocationStatus.Done, outcome.Status);
        Assert.Contains("-b\n+B\n", JsonDocument.Parse(outcome.Result!.DataJson).RootElement.GetProperty("diff").GetString()!, StringComparison.Ordinal);
        Assert.Equal("a\nb\nc\n", await File.ReadAllTextAsync(directory["conf"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_that_changed_after_the_card_was_shown_is_not_replaced()
    {
        await File.WriteAllTextAsync(directory["conf"], "old\n", TestContext.Current.CancellationToken);
        var waiting = await gate.AskAsync("put_file", ("path", directory["conf"]), ("content", "new\n"), ("on", "web-1"));
        await File.WriteAllTextAsync(directory["conf"], "somebody else's\n", TestContext.Current.CancellationToken);
        await gate.ApproveAsync("li", waiting.ApprovalId!);
        var outcome = await gate.WaitAsync(waiting.InvocationId);
        Assert.Equal(FailureCode.PlanDrifted, outcome.Failure);
        Assert.Equal("somebody else's\n", await File.ReadAllTextAsync(directory["conf"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_came_between_the_last_look_and_the_replacement_stays()
    {
        await File.WriteAllTextAsync(directory["conf"], "old\n", TestContext.Current.CancellationToken);
        gate.Fleet.Run = (request, output, stop) =>
        {
            if (request.Input is not null) File.WriteAllText(directory["conf"], "in between\n");
            return gate.Executor.ExecuteAsync(request, output, stop);
        };
        var outcome = await gate.ApprovedAsync("put_file", ("path", directory["conf"]), ("content", "new\n"), ("on", "web-1"));
        Assert.Equal(InvocationStatus.Failed, outcome.Status);
        Assert.Equal("in between\n", await File.ReadAllTextAsync(directory["conf"], TestContext.Current.CancellationToken));
        Assert.Single(Directory.GetFiles(directory.Path));
    }

    [Fact]
    public async Task A_daemon_that_takes_no_content_changes_nothing_and_says_so()
    {
        await File.WriteAllTextAsync(directory["conf"], "old\n", TestContext.Current.CancellationToken);
        gate.Fleet.Run = (request, output, stop) => gate.Executor.ExecuteAsync(request with { Input = null }, output, stop);
        var outcome = await gate.ApprovedAsync("put_file", ("path", directory["conf"]), ("content", "new\n"), ("on", "web-1"));
        Assert.Equal(InvocationStatus.Failed, outcome.Status);
        Assert.Contains("older than the gateway", MachineGate.First(outcome).GetProperty("message").GetString()!, StringComparison.Ordinal);
        Assert.Equal("old\n", await File.ReadAllTextAsync(directory["conf"], TestContext.Current.CancellationToken));
        Assert.Single(Directory.GetFiles(directory.Path));
    }

    [Theory]
    [InlineData("$(touch pwned)")]
    [InlineData("-rf")]
    [InlineData("a b'c\"d;e|f`g`&*?")]
    [InlineData("\\x")]
    public async Task A_hostile_name_is_a_name(string name)
    {
        var outcome = await gate.ApprovedAsync("put_file", ("path", directory[name]), ("content", "x"), ("on", "web-1"));
        Assert.True(outcome.Status == InvocationStatus.Done, Json.Write(outcome.Result));
        Assert.Equal([directory[name]], Directory.GetFiles(directory.Path));
        var got = await gate.AskAsync("get_file", ("path", directory[name]), ("on", "web-1"));
        Assert.True(got.Status == InvocationStatus.Done, Json.Write(got.Result));
    }

    [Theory]
    [InlineData("path", "relative")]
    [InlineData("path", "/tmp/../etc/passwd")]
    [InlineData("path", "/tmp/a\nb")]
    [InlineData("path", "/dev/sda")]
    [InlineData("path", "/proc/sysrq-trigger")]
    [InlineData("mode", "rwx")]
    [InlineData("mode", "99999")]
    [InlineData("owner", "-R root")]
    [InlineData("owner", "root;id")]
    [InlineData("file", "../../etc/passwd")]
    public async Task What_makes_no_sense_is_refused_and_nobody_is_asked(string parameter, string value)
    {
        var arguments = new Dictionary<string, string> { ["path"] = directory["x"], ["content"] = "x", ["on"] = "web-1", [parameter] = value };
        if (parameter == "file") arguments.Remove("content");
        var outcome = await gate.AskAsync("put_file", [.. arguments.Select(a => (a.Key, a.Value))]);
        Assert.Equal(InvocationStatus.Refused, outcome.Status);
        Assert.Empty(gate.Fleet.Executions);
    }

    [Theory]
    [InlineData("/etc/sudoers.d/me", "")]
    [InlineData("/usr/local/bin/x", "")]
    [InlineData("/home/me/.ssh/authorized_keys", "")]
    [InlineData("/srv/app/tool", "4755")]
    public async Task What_decides_who_may_enter_is_dangerous(string path, string mode)
    {
        gate.Fleet.Run = (_, _, _) => Task.FromResult(FakeFleet.Exited(1, ""));
        var waiting = mode.Length == 0
            ? await gate.AskAsync("put_file", ("path", path), ("content", "x"), ("on", "web-1"))
            : await gate.AskAsync("put_file", ("path", path), ("content", "x"), ("on", "web-1"), ("mode", mode));
        Assert.Equal(Risk.Dangerous, (await gate.FindApprovalAsync(waiting.ApprovalId!)).Request.Items[0].Risk);
    }

    [Fact]
    public async Task A_link_is_not_replaced_and_not_followed()
    {
        await File.WriteAllTextAsync(directory["real"], "real\n", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(directory["link"], directory["real"]);
        var link = await gate.AskAsync("put_file", ("path", directory["link"]), ("content", "x"), ("on", "web-1"));
        Assert.Contains("symbolic link", link.Summary, StringComparison.Ordinal);

        Directory.CreateSymbolicLink(directory["way"], directory.Path);
        var way = await gate.ApprovedAsync("put_file", ("path", $"{directory["way"]}/new"), ("content", "x"), ("on", "web-1"));
        Assert.Equal(InvocationStatus.Failed, way.Status);
        Assert.Contains("name that path", MachineGate.First(way).GetProperty("message").GetString()!, StringComparison.Ordinal);
        Assert.False(File.Exists(directory["new"]));
        Assert.Equal("real\n", await File.ReadAllTextAsync(directory["real"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_upload_is_put_byte_for_byte_and_is_found_by_its_owner_alone()
    {
        var bytes = Some.Bytes(300_001);
        using var content = new MemoryStream(bytes);
        var upload = (await gate.Uploads.AddAsync("ana", content, TestContext.Current.CancellationToken))!;
        Assert.Null(gate.Uploads.Find("li", upload.Id));
        var outcome = await gate.ApprovedAsync("put_file", ("path", directory["blob"]), ("file", upload.Id), ("on", "web-1"));
        Assert.True(outcome.Status == InvocationStatus.Done, Json.Write(outcome.Result));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(directory["blob"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_is_got_byte_for_byte()
    {
        var bytes = Some.Bytes(300_001);
        await File.WriteAllBytesAsync(directory["blob"], bytes, TestContext.Current.CancellationToken);
        var outcome = await gate.AskAsync("get_file", ("path", directory["blob"]), ("on", "web-1"));
        Assert.True(outcome.Status == InvocationStatus.Done, Json.Write(outcome.Result));
        var data = JsonDocument.Parse(outcome.Result!.DataJson).RootElement;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), data.GetProperty("sha256").GetString());
        Assert.False(data.GetProperty("redacted").GetBoolean());
        Assert.Equal(bytes, Kept(outcome));
    }

    [Fact]
    public async Task A_secret_in_a_file_that_is_got_stays_there_and_everything_else_is_as_it_was()
    {
        byte[] before = [0, 255, 195, 40], after = [10, 254, 0];
        await File.WriteAllBytesAsync(directory["env"], [.. before, .. Encoding.ASCII.GetBytes(FakeRedactor.Secret), .. after], TestContext.Current.CancellationToken);
        var outcome = await gate.AskAsync("get_file", ("path", directory["env"]), ("on", "web-1"));
        Assert.Equal([.. before, .. Encoding.ASCII.GetBytes(FakeRedactor.Marker), .. after], Kept(outcome));
        Assert.True(JsonDocument.Parse(outcome.Result!.DataJson).RootElement.GetProperty("redacted").GetBoolean());
        Assert.Contains("secrets", Json.Write(outcome.Result.Message.Blocks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_said_and_a_protected_one_asks()
    {
        Assert.Equal(FailureCode.NotFound, (await gate.AskAsync("get_file", ("path", directory["none"]), ("on", "web-1"))).Failure);
        Assert.Equal(InvocationStatus.Waiting, (await gate.AskAsync("get_file", ("path", "/etc/shadow"), ("on", "web-1"))).Status);
        File.CreateSymbolicLink(directory["innocent"], "/etc/shadow");
        var link = await gate.AskAsync("get_file", ("path", directory["innocent"]), ("on", "web-1"));
        Assert.Equal("refused", MachineGate.First(link).GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task An_empty_file_goes_both_ways()
    {
        Assert.Equal(InvocationStatus.Done, (await gate.ApprovedAsync("put_file", ("path", directory["empty"]), ("content", ""), ("on", "web-1"))).Status);
        var outcome = await gate.AskAsync("get_file", ("path", directory["empty"]), ("on", "web-1"));
        Assert.True(outcome.Status == InvocationStatus.Done, Json.Write(outcome.Result));
        Assert.Empty(Kept(outcome));
    }

    private byte[] Kept(InvocationOutcome outcome)
    {
        using var kept = gate.Outputs.Open(Assert.Single(outcome.Result!.Message.Blocks.OfType<FileBlock>()).FileId)!;
        using var all = new MemoryStream();
        kept.CopyTo(all);
        return all.ToArray();
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
