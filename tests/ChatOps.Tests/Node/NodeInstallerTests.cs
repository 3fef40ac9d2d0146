using System.Diagnostics;
using ChatOps.Node;
using ChatOps.Node.Installing;
using ChatOps.Testing;

namespace ChatOps.Tests.Node;

public sealed class NodeInstallerTests : IDisposable
{
    private const string Token = "some-secret-part.0123456789abcdef0123456789abcdef";
    private const string Unit = "etc/systemd/system/chatops-node.service";
    private readonly TempDirectory root = new();
    private readonly StringWriter said = new();

    public void Dispose() => root.Dispose();

    [Fact]
    public async Task Everything_is_written_below_the_root_and_said_and_the_token_stands_in_no_argument()
    {
        Assert.Equal(0, await InstallAsync("--relay", "wss://chat.example/relay", "--join", Token, "--name", "web-1", "--label", "role=web"));
        Assert.Equal(
            ["etc/chatops-node/installed", "etc/chatops-node/join-token", Unit, "usr/local/sbin/chatops-node-start"],
            Directory.GetFiles(root.Path, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(root.Path, f)).Order(StringComparer.Ordinal));
        var unit = Read(Unit);
        Assert.Contains("ExecStart=\"/opt/chatops\" \"node\" \"--relay\" \"wss://chat.example/relay\" \"--data\" \"/var/lib/chatops-node\" \"--name\" \"web-1\" \"--label\" \"role=web\" --join-file ${CREDENTIALS_DIRECTORY}/join-token\n", unit, StringComparison.Ordinal);
        Assert.Contains("\nLoadCredential=join-token:/etc/chatops-node/join-token\n", unit, StringComparison.Ordinal);
        Assert.Contains("\nNoNewPrivileges=yes\n", unit, StringComparison.Ordinal);
        Assert.DoesNotContain("User=", unit, StringComparison.Ordinal);
        foreach (var file in new[] { Unit, "usr/local/sbin/chatops-node-start", "etc/chatops-node/installed" }) Assert.DoesNotContain("some-secret-part", Read(file), StringComparison.Ordinal);
        Assert.DoesNotContain("some-secret-part", said.ToString(), StringComparison.Ordinal);
        Assert.Equal(Token, Read("etc/chatops-node/join-token"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(root["etc/chatops-node/join-token"]));
        Assert.Contains("written    /etc/systemd/system/chatops-node.service (644)", said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_of_its_own_closes_what_that_user_may_not_do_anyway()
    {
        Assert.Equal(0, await InstallAsync("--relay", "wss://chat.example", "--join", Token, "--user", "chatops"));
        var unit = Read(Unit);
        foreach (var line in new[] { "User=chatops", "CapabilityBoundingSet=", "ProtectSystem=full", "RestrictSUIDSGID=yes", "NoNewPrivileges=yes", "Restart=always", "StateDirectoryMode=0700", "TasksMax=4096" })
            Assert.Contains($"\n{line}\n", unit, StringComparison.Ordinal);
        Assert.Contains("setpriv --reuid=chatops", Read("usr/local/sbin/chatops-node-start"), StringComparison.Ordinal);
        Assert.Contains("useradd --system", said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_time_changes_nothing_and_an_uninstall_takes_everything_back()
    {
        string[] args = ["--relay", "wss://chat.example", "--join", Token];
        Directory.CreateDirectory(root["etc/systemd/system"]);
        await File.WriteAllTextAsync(root["etc/systemd/system/other.service"], "x", TestContext.Current.CancellationToken);
        await InstallAsync(args);
        var before = Read(Unit);
        said.GetStringBuilder().Clear();
        Assert.Equal(0, await InstallAsync(args));
        Assert.Equal(before, Read(Unit));
        Assert.DoesNotContain("written", said.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("replaced", said.ToString(), StringComparison.Ordinal);

        Assert.Equal(0, await UninstallAsync("--dry-run"));
        Assert.True(File.Exists(root[Unit]));
        Assert.Equal(0, await UninstallAsync());
        Assert.Equal([root["etc/systemd/system/other.service"]], Directory.GetFiles(root.Path, "*", SearchOption.AllDirectories));
        Assert.Equal(0, await UninstallAsync());
        Assert.Contains("Nothing is installed here", said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Installed_again_without_a_token_it_keeps_the_one_that_is_there()
    {
        await InstallAsync("--relay", "wss://chat.example", "--join", Token);
        Assert.Equal(0, await InstallAsync("--relay", "wss://other.example"));
        Assert.Contains("wss://other.example", Read(Unit), StringComparison.Ordinal);
        Assert.Contains("LoadCredential", Read(Unit), StringComparison.Ordinal);
        Assert.Equal(Token, Read("etc/chatops-node/join-token"));
    }

    [Fact]
    public async Task A_dry_run_writes_nothing()
    {
        Assert.Equal(0, await InstallAsync("--relay", "wss://chat.example", "--join", Token, "--dry-run"));
        Assert.Empty(Directory.GetFileSystemEntries(root.Path));
        Assert.Contains("(not done) written    /etc/systemd/system/chatops-node.service", said.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--relay", "http://chat.example", "wss://")]
    [InlineData("--relay", "ws://chat.example", "not encrypted")]
    [InlineData("--join", "no-token", "no join token")]
    [InlineData("--user", "$(id)", "--user")]
    [InlineData("--user", "-rf", "--user")]
    [InlineData("--name", "a\nExecStartPre=/bin/sh", "control character")]
    [InlineData("--nonsense", "x", "not understood")]
    public async Task What_makes_no_sense_is_refused_and_nothing_is_written(string option, string value, string why)
    {
        var args = new Dictionary<string, string> { ["--relay"] = "wss://chat.example", ["--join"] = Token, [option] = value };
        Assert.Equal(2, await InstallAsync([.. args.SelectMany(a => new[] { a.Key, a.Value })]));
        Assert.Contains(why, said.ToString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(root.Path));
    }

    [Fact]
    public async Task Without_a_token_and_without_a_membership_it_says_where_to_get_one()
    {
        Assert.Equal(2, await InstallAsync("--relay", "wss://chat.example"));
        Assert.Contains("node token create", said.ToString(), StringComparison.Ordinal);
    }

    // Proved by systemd itself, where its programs are; it need not run for that.
    [Theory]
    [InlineData("chatops")]
    [InlineData(null)]
    public async Task Systemd_finds_nothing_wrong_with_the_unit(string? user)
    {
        if (!File.Exists("/usr/bin/systemd-analyze")) Assert.Skip("systemd's programs are not installed here.");
        await InstallAsync([
            "--relay", "wss://chat.example/relay?x=%h$HOME", "--join", Token, "--name", "web 1's \"x\"", .. user is null ? Array.Empty<string>() : ["--user", user], ]);
        // It looks whether the program and the user are there: any that are.
        var text = Read(Unit).Replace("\"/opt/chatops\"", "\"/bin/true\"", StringComparison.Ordinal).Replace("User=chatops", "User=daemon", StringComparison.Ordinal);
        await File.WriteAllTextAsync(root["chatops-node.service"], text, TestContext.Current.CancellationToken);
        using var verify = Process.Start(new ProcessStartInfo("/usr/bin/systemd-analyze", ["verify", "--man=no", "--recursive-errors=no", root["chatops-node.service"]]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var errors = await verify.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await verify.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(errors.Split('\n'), l => l.Contains("chatops-node", StringComparison.Ordinal));
        Assert.Equal(0, verify.ExitCode);
    }

    // The exposure that docs/fleet.md names, times ten, and a little room for other versions of systemd, which weigh differently.
    [Theory]
    [InlineData("chatops", 58)]
    [InlineData(null, 94)]
    public async Task Systemd_finds_the_unit_no_more_exposed_than_is_documented(string? user, int tenths)
    {
        if (!File.Exists("/usr/bin/systemd-analyze")) Assert.Skip("systemd's programs are not installed here.");
        await InstallAsync(["--relay", "wss://chat.example", "--join", Token, .. user is null ? Array.Empty<string>() : ["--user", user]]);
        using var security = Process.Start(new ProcessStartInfo("/usr/bin/systemd-analyze", ["security", "--offline=yes", "--no-pager", $"--threshold={tenths}", root[Unit]]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var errors = security.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var table = await security.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await security.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(security.ExitCode == 0, $"{table}\n{await errors}");
        Assert.Contains("Overall exposure level", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_start_script_starts_again_what_ends_by_itself_and_not_what_is_wanted_no_more()
    {
        // A daemon that is killed once, and then ends as one that was removed from the fleet does.
        await File.WriteAllTextAsync(root["daemon"], $"#!/bin/sh\necho \"$@\" >> '{root["runs"]}'\n[ -e '{root["once"]}' ] && exit 1\ntouch '{root["once"]}'\nkill -KILL $$\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(root["daemon"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var options = new InstallOptions(new DaemonOptions { Relay = new Uri("wss://chat.example"), StateDirectory = root["state"], Name = "it's $(x)" }, null, "/", true, false, false);
        await File.WriteAllTextAsync(root["start"], ServiceFiles.Script(options, [root["daemon"]], hasToken: false), TestContext.Current.CancellationToken);
        using var script = Process.Start(new ProcessStartInfo("/bin/sh", [root["start"]]))!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        await script.WaitForExitAsync(limit.Token);
        Assert.Equal(1, script.ExitCode);
        Assert.Equal(Enumerable.Repeat($"--relay wss://chat.example --data {root["state"]} --name it's $(x)", 2), await File.ReadAllLinesAsync(root["runs"], limit.Token));
    }

    [Fact]
    public void The_daemon_reads_its_token_from_a_file_and_a_missing_one_is_no_token()
    {
        File.WriteAllText(root["token"], Token + "\n");
        Assert.True(DaemonArguments.TryRead(["--relay", "wss://chat.example", "--join-file", root["token"]], "1.0.0", out var options, out _));
        Assert.Equal(Token, options.JoinToken);
        Assert.True(DaemonArguments.TryRead(["--relay", "wss://chat.example", "--join-file", root["none"]], "1.0.0", out options, out _));
        Assert.Null(options.JoinToken);
    }

    private string Read(string path) => File.ReadAllText(root[path]);

    private Task<int> InstallAsync(params string[] args) => NodeInstaller.InstallAsync([.. args, "--root", root.Path], ["/opt/chatops", "node"], "1.0.0", said, said);

    private Task<int> UninstallAsync(params string[] args) => NodeInstaller.UninstallAsync([.. args, "--root", root.Path], said, said);
}
