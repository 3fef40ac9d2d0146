using System.Diagnostics;

namespace ChatOps.EndToEnd.Harness;

/// <summary>
/// A machine that a real systemd runs: process 1 of namespaces of its own, with its own units, <c>/run</c> and control group, on this system's files. Only units of the test are started,
/// nothing of it is seen outside, and the kernel ends all of it with the process that made it.
/// </summary>
internal sealed class SystemdMachine : IAsyncDisposable
{
    // The control group comes first: process 1 of the machine takes what it finds as its root for its own. Then its own view of mounts and processes, in which systemd takes the place of the shell.
    private const string Boot =
        """
        at=$(awk '$3 == "cgroup2" {print $2; exit}' /proc/mounts) inside=$(sed -n 's/^0:://p' /proc/self/cgroup)
        [ -n "$at" ] || { echo "There is no cgroup2 here."; exit 1; }
        own=$at${inside%/}/chatops-test-$$
        mkdir "$own" && echo $$ >"$own/cgroup.procs" || exit 1
        echo "$own" >"$1/group"
        exec unshare --mount --pid --uts --ipc --cgroup --fork --kill-child bash -c '
          mount --make-rprivate / && mount -t proc proc /proc && mount -t tmpfs tmpfs /run && mount -t tmpfs tmpfs /etc/systemd/system && cp "$1"/*.target "$1"/*.service /etc/systemd/system/ &&
            umount -R /sys/fs/cgroup && mount -t cgroup2 cgroup2 /sys/fs/cgroup || exit 1
          exec env -i PATH="$PATH" container=lxc /lib/systemd/systemd --unit=test.target --log-target=console' boot "$1"
        """;

    private readonly Process keeper;
    private readonly string folder;

    private SystemdMachine(Process keeper, string folder) => (this.keeper, this.folder) = (keeper, folder);

    /// <summary>The words before a command that make it run on the machine and end with whoever started it.</summary>
    public string[] Inside { get; private set; } = [];

    /// <summary>Boots one.</summary>
    /// <param name="folder">Where its units are written first.</param>
    /// <param name="units">The names of its services, which do nothing for a long time.</param>
    public static async Task<SystemdMachine> StartAsync(string folder, params string[] units)
    {
        if (!Environment.IsPrivilegedProcess || !File.Exists("/lib/systemd/systemd")) throw new InvalidOperationException("A machine with systemd needs its package, which tests/run.sh installs, and root.");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "test.target"), $"[Unit]\nDefaultDependencies=no\nWants={string.Join(' ', units.Select(u => u + ".service"))}\n");
        foreach (var unit in units) await File.WriteAllTextAsync(Path.Combine(folder, unit + ".service"), "[Unit]\nDefaultDependencies=no\n[Service]\nExecStart=/bin/sleep 100000\n");

        // Into a file: what systemd starts has this output too, and nobody must wait for the end of it.
        var machine = new SystemdMachine(Process.Start(new ProcessStartInfo("bash", ["-c", $"exec >\"$1/boot.log\" 2>&1 </dev/null\n{Boot}", "boot", folder]))!, folder);
        try
        {
            await Until.TrueAsync(async () => machine.keeper.HasExited || await machine.IsUpAsync(units), () => $"systemd did not come up.\n{machine.BootLog}");
            Assert.SkipWhen(machine.keeper.HasExited, $"A machine with systemd cannot be started in namespaces of its own here.\n{machine.BootLog}");
            return machine;
        }
        catch
        {
            await machine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks systemctl on the machine; whether it says yes.</summary>
    public async Task<bool> SystemctlAsync(params string[] words)
    {
        using var asked = Process.Start(new ProcessStartInfo(Inside[0], [.. Inside[1..], "systemctl", "--quiet", .. words]) { RedirectStandardError = true })!;
        await asked.StandardError.ReadToEndAsync();
        await asked.WaitForExitAsync();
        return asked.ExitCode == 0;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!keeper.HasExited) keeper.Kill();
        await keeper.WaitForExitAsync();
        keeper.Dispose();
        if (!File.Exists(Path.Combine(folder, "group"))) return;
        var group = (await File.ReadAllTextAsync(Path.Combine(folder, "group"))).Trim();

        // A group can be removed when the last of its processes has gone.
        await Until.TrueAsync(() => Task.FromResult(IsRemoved(group)), () => $"{group} cannot be removed.");
    }

    private string BootLog => File.Exists(Path.Combine(folder, "boot.log")) ? File.ReadAllText(Path.Combine(folder, "boot.log")) : "";

    private static bool IsRemoved(string group)
    {
        try
        {
            foreach (var inner in Directory.Exists(group) ? Directory.EnumerateDirectories(group, "*", SearchOption.AllDirectories).OrderByDescending(d => d.Length).Append(group) : []) Directory.Delete(inner);
            return !Directory.Exists(group);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task<bool> IsUpAsync(string[] units)
    {
        try
        {
            var children = (await File.ReadAllTextAsync($"/proc/{keeper.Id}/task/{keeper.Id}/children")).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (children is not [var first, ..] || (await File.ReadAllTextAsync($"/proc/{first}/comm")).Trim() != "systemd") return false;
            Inside = ["nsenter", "--target", first, "--mount", "--pid", "setpriv", "--pdeathsig", "KILL"];
        }
        catch (IOException)
        {
            return false;
        }

        return await SystemctlAsync(["is-active", .. units]);
    }
}
