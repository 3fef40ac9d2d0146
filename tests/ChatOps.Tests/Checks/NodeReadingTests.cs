using System.Diagnostics;
using ChatOps.Checks;
using ChatOps.Checks.Files;
using ChatOps.Checks.Probes;
using ChatOps.Checks.States;
using ChatOps.Fleet;
using ChatOps.Policy;
using ChatOps.Testing;

namespace ChatOps.Tests.Checks;

/// <summary>What each kind asks of a node, and what it makes of the answer.</summary>
public sealed class NodeReadingTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Written => new(
        "kind: disk", "kind: disk, path: '/var/lib/a b''c', quota: 10G", "kind: memory", "kind: load", "kind: service, service: nginx.service", "kind: process, process: nginx",
        "kind: process, pattern: 'java -jar x; rm -rf /'", "kind: log_errors, path: '/var/log/my app.log', pattern: \"it's $(rm -rf /) `x` | y\"", "kind: log_errors, unit: nginx",
        "kind: kubernetes_pods", "kind: kubernetes_pods, namespace: web, context: prod", "kind: docker_containers", "kind: certificate, path: /etc/ssl/x.pem", "kind: command, run: 'cat /proc/uptime'");

    [Theory]
    [MemberData(nameof(Written))]
    public void Every_line_that_a_check_runs_only_reads(string fields)
    {
        var check = SomeChecks.Of($"name: x, on: all, {fields}");
        var judged = SomeChecks.Policy.Assess(NodeReadings.Of(check.Kind)!.Line(check));

        Assert.True(judged.Risk == Risk.Read, $"{judged.Command}: {judged.Risk} ({judged.Rule}) {judged.Reason}");
        Assert.NotNull(judged.Program);
    }

    [Theory]
    [InlineData("kind: disk", 0, "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda 1000000 900000 100000 90% /\n", CheckLevel.Warning, "90 % full")]
    [InlineData("kind: disk", 0, "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda 1000000 500000 500000 50% /\n", CheckLevel.Ok, "50 % full")]
    [InlineData("kind: disk", 1, "df: /x: No such file or directory\n", CheckLevel.Unknown, "could not be read")]
    [InlineData("kind: disk, path: /data, quota: 1M", 0, "1000\t/data\n", CheckLevel.Critical, "of its 1M")]
    [InlineData("kind: disk, path: /data, quota: 1M", 1, "du: cannot access '/data'\n", CheckLevel.Unknown, "could not be measured")]
    [InlineData("kind: memory", 0, "MemTotal: 1000 kB\nMemFree: 10 kB\nMemAvailable: 20 kB\n", CheckLevel.Critical, "98 %")]
    [InlineData("kind: memory", 0, "nothing", CheckLevel.Unknown, "could not be read")]
    [InlineData("kind: load", 0, "2\n5.00 6.00 1.00 1/100 1\n", CheckLevel.Warning, "on 2 CPUs")]
    [InlineData("kind: service, service: x", 0, "LoadState=loaded\nActiveState=failed\nSubState=failed\nResult=exit-code\n", CheckLevel.Critical, "has failed (exit-code)")]
    [InlineData("kind: service, service: x", 0, "LoadState=loaded\nActiveState=active\nSubState=running\n", CheckLevel.Ok, "runs")]
    [InlineData("kind: service, service: x", 0, "LoadState=not-found\nActiveState=inactive\n", CheckLevel.Critical, "There is no service")]
    // Recorded with systemctl 252 (Debian 12) in a container whose first process is not systemd: of a service without, and with, an init script.
    [InlineData("kind: service, service: x", 1, "System has not been booted with systemd as init system (PID 1). Can't operate.\nFailed to connect to bus: Host is down\nx: unrecognized service\n", CheckLevel.Unknown, "systemd does not run there")]
    [InlineData("kind: service, service: nginx", 3, "System has not been booted with systemd as init system (PID 1). Can't operate.\nFailed to connect to bus: Host is down\nnginx is not running ... failed!\n", CheckLevel.Critical, "does not run")]
    [InlineData("kind: service, service: x", 0, "LoadState=loaded\nActiveState=failed\nSubState=failed\nResult=start-limit-hit\nNRestarts=5\n", CheckLevel.Critical, "has failed (start-limit-hit)")]
    [InlineData("kind: service, service: x", 0, "LoadState=loaded\nActiveState=activating\nSubState=auto-restart\nResult=exit-code\nNRestarts=7\n", CheckLevel.Critical, "is activating (auto-restart)")]
    [InlineData("kind: service, service: x", 0, "LoadState=masked\nActiveState=inactive\nSubState=dead\nResult=success\nNRestarts=0\n", CheckLevel.Critical, "is inactive (dead)")]
    [InlineData("kind: process, process: x", 1, "pgrep: pattern that searches for process name longer than 15 characters will result in zero matches\nTry `pgrep -f' option to match against the complete command line.\n0\n", CheckLevel.Critical, "there must be 1")]
    [InlineData("kind: service, service: x, severity: warning", 3, "x is not running\n", CheckLevel.Warning, "does not run")]
    [InlineData("kind: process, process: x", 1, "0\n", CheckLevel.Critical, "there must be 1")]
    [InlineData("kind: process, process: x, least: 0, most: 2", 0, "3\n", CheckLevel.Critical, "there may be 2")]
    [InlineData("kind: certificate, path: /x", 0, "notAfter=Mar  7 09:00:00 2026 GMT\n", CheckLevel.Critical, "ends in 5 days")]
    [InlineData("kind: certificate, path: /x", 0, "notAfter=Mar 17 09:00:00 2026 GMT\n", CheckLevel.Warning, "ends in 15 days")]
    [InlineData("kind: certificate, path: /x", 0, "notAfter=Mar  1 09:00:00 2026 GMT\n", CheckLevel.Critical, "ended 1 days ago")]
    [InlineData("kind: kubernetes_pods", 0, "web  api-1  0/1  CrashLoopBackOff  12 (2m ago)  3h\nweb  api-2  1/1  Running  0  3h\n", CheckLevel.Critical, "web/api-1 (CrashLoopBackOff)")]
    [InlineData("kind: kubernetes_pods", 0, "web  api-1  0/1  Pending  0  2m\nweb  api-2  1/1  Running  0  3h\n", CheckLevel.Ok, "2 pods are well")]
    [InlineData("kind: kubernetes_pods", 0, "web  api-1  0/1  Pending  0  1h5m\n", CheckLevel.Critical, "(Pending)")]
    [InlineData("kind: docker_containers", 0, "db|running|Up 2 hours (unhealthy)\nold|exited|Exited (0) 3 days ago\n", CheckLevel.Critical, "db (Up 2 hours (unhealthy))")]
    [InlineData("kind: docker_containers, containers: [db, web]", 0, "db|running|Up 2 hours\n", CheckLevel.Critical, "web (not there)")]
    [InlineData("kind: command, run: uptime, warn: 10", 0, "12 things\n", CheckLevel.Warning, "says 12")]
    [InlineData("kind: command, run: uptime, value: 'jobs=([0-9]+)', critical: 5", 0, "queue=99 jobs=7\n", CheckLevel.Critical, "says 7")]
    [InlineData("kind: command, run: uptime, expect: ready", 0, "starting\n", CheckLevel.Critical, "does not hold")]
    [InlineData("kind: command, run: uptime", 4, "", CheckLevel.Critical, "exit code 4")]
    [InlineData("kind: command, run: uptime, exit: [0, 4]", 4, "", CheckLevel.Ok, "says what it should")]
    public void An_answer_means_what_it_says(string fields, int exit, string output, CheckLevel level, string text)
    {
        var check = SomeChecks.Of($"name: x, on: all, retries: 0, {fields}");
        var look = NodeReadings.Of(check.Kind)!.Judge(new NodeLook(check, new NodeAnswer("web-1", ExecutionEnd.Exited, exit, output, null), Now));

        Assert.Equal(level, CheckMachine.Next(SomeChecks.New(check, "web-1"), look, check, Now).Level);
        Assert.Contains(text, look.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spike_that_is_planted_in_a_real_log_is_found_by_the_line_that_counts_it()
    {
        using var directory = new TempDirectory();
        var path = Path.Combine(directory.Path, "app.log");
        var check = SomeChecks.Of($"name: x, kind: log_errors, on: all, path: '{path}', retries: 0");
        var state = SomeChecks.New(check);
        await File.WriteAllTextAsync(path, "ERROR before anybody looked\n", TestContext.Current.CancellationToken);
        for (var minute = 0; minute <= 180; minute += 5)
        {
            if (minute is > 0 and <= 120) await File.AppendAllTextAsync(path, "INFO fine\nERROR now and then\n", TestContext.Current.CancellationToken);
            if (minute > 120) await File.AppendAllTextAsync(path, string.Concat(Enumerable.Repeat("FATAL it breaks\n", 5)), TestContext.Current.CancellationToken);
            var answer = await ShellAsync(LogErrors.Line(check));
            var at = Now.AddMinutes(minute);
            var look = LogErrors.Against(LogErrors.Judge(new NodeLook(check, answer, at)), check, state.LastAt is null ? null : state, at);
            state = CheckMachine.Next(state, look, check, at);
            if (minute <= 120) Assert.True(state.Level <= CheckLevel.Ok, state.Text);
        }

        Assert.Equal(CheckLevel.Critical, state.Level);
    }

    [Theory]
    [InlineData("pattern: 'no-such-program-anywhere --serve'")]
    [InlineData("pattern: '/opt/nowhere/daemon|another-that-is-missing'")]
    [InlineData("pattern: '(no-such|none-such)-program'")]
    [InlineData("process: no-such")]
    [InlineData("process: a-name-that-is-longer-than-the-kernel-keeps")]
    public async Task A_program_that_does_not_run_is_found_missing_although_the_line_that_counts_holds_its_name(string which)
    {
        var check = SomeChecks.Of($"name: x, kind: process, on: all, retries: 0, {which}");
        var reading = NodeReadings.Of(CheckKind.Process)!;
        // The shell stays while it counts, as it does on a machine where it is wrapped.
        var look = reading.Judge(new NodeLook(check, await ShellAsync($"{reading.Line(check)} 2>&1; exit $?"), Now));

        Assert.Equal((CheckLevel.Critical, 0d), (CheckMachine.Next(SomeChecks.New(check, "local"), look, check, Now).Level, look.Value));
    }

    [Fact]
    public async Task A_program_that_runs_is_counted_by_its_name_however_long_and_by_its_command_line()
    {
        using var directory = new TempDirectory();
        var program = Path.Combine(directory.Path, "long-name-of-a-worker");
        File.Copy("/bin/sleep", program);
        using var process = Process.Start(program, "600");
        try
        {
            foreach (var which in new[] { "process: long-name-of-a-worker", $"pattern: '{program} 600'", $"pattern: 'nothing-here|{Path.GetFileName(program)} [6]00'" })
            {
                var check = SomeChecks.Of($"name: x, kind: process, on: all, {which}");
                var reading = NodeReadings.Of(CheckKind.Process)!;
                await Until.TrueAsync(async () => reading.Judge(new NodeLook(check, await ShellAsync($"{reading.Line(check)} 2>&1; exit $?"), Now)) is { Level: CheckLevel.Ok, Value: 1 });
            }
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public async Task A_folder_that_outgrows_its_quota_is_found()
    {
        using var directory = new TempDirectory();
        var check = SomeChecks.Of($"name: x, kind: disk, on: all, path: '{directory.Path}', quota: 2M");
        await File.WriteAllBytesAsync(Path.Combine(directory.Path, "big"), new byte[3 * 1024 * 1024], TestContext.Current.CancellationToken);

        var reading = NodeReadings.Of(CheckKind.Disk)!;
        var look = reading.Judge(new NodeLook(check, await ShellAsync(reading.Line(check)), Now));

        Assert.InRange(look.Value!.Value, 140, 160);
        Assert.Equal(CheckLevel.Critical, check.Thresholds.LevelOf(look.Value.Value, CheckLevel.Ok));
    }

    private static async Task<NodeAnswer> ShellAsync(string line)
    {
        using var process = new Process { StartInfo = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true } };
        process.StartInfo.ArgumentList.Add("-c");
        process.StartInfo.ArgumentList.Add(line);
        process.Start();
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new NodeAnswer("local", ExecutionEnd.Exited, process.ExitCode, output, null);
    }
}
