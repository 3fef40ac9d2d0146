using System.Diagnostics;
using ChatOps.Storage;
using ChatOps.Testing;
using ChatOps.Tests.Audit;

namespace ChatOps.Tests.Storage;

/// <summary>A process that appends is killed without warning, again and again, on one data directory.</summary>
public class KillTests
{
    private const int Rounds = 24;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Nothing_that_was_completed_is_lost_when_the_process_is_killed()
    {
        using var folder = new TempDirectory();
        var directory = folder.Path;
        var random = new Random(20260301);
        var completed = new List<(string Inbox, string Audit)>();
        for (var round = 0; round < Rounds; round++)
        {
            // The moment is counted in completed writes, so that a slow machine is killed at work and not at its start.
            var known = completed.Count;
            completed.AddRange(await RunAndKillAsync(directory, after: random.Next(1, 400)));
            Assert.True(completed.Count > known);
        }

        await using var audit = await AuditFixture.OpenAsync(directory, start: false);
        var missing = await audit.Store.ReadAsync(s => completed.Where(c => s.Inbox.Find(c.Inbox) is null || s.Audit.Find(c.Audit) is null).ToList());
        var result = await audit.VerifyAsync();

        Assert.Empty(missing);
        Assert.True(result.Intact, result.Problem);
        Assert.InRange(result.Records, completed.Count, long.MaxValue);
        Assert.NotNull(result.CheckpointSequence);
    }

    [Fact]
    public async Task A_killed_gateway_holds_its_directory_no_longer()
    {
        using var folder = new TempDirectory();
        var directory = folder.Path;
        using var mine = StorageRegistration.DataDirectoryLock(directory, TimeProvider.System);
        using var victim = Start(directory);
        Assert.NotNull(await victim.StandardOutput.ReadLineAsync().WaitAsync(Limit));

        var refused = mine.TryTake(null);
        victim.Kill();
        await victim.WaitForExitAsync().WaitAsync(Limit);

        Assert.Equal(victim.Id, refused?.ProcessId);
        Assert.Null(mine.TryTake(null));
    }

    private static async Task<List<(string, string)>> RunAndKillAsync(string directory, int after)
    {
        using var victim = Start(directory);
        var errors = victim.StandardError.ReadToEndAsync();
        var completed = new List<(string, string)>();
        while (await victim.StandardOutput.ReadLineAsync().WaitAsync(Limit) is { } line)
        {
            // The last line may be cut short; whoever reads half an id was told nothing.
            if (line.Split(' ') is [{ Length: 26 } inbox, { Length: 26 } audit]) completed.Add((inbox, audit));
            if (completed.Count == after) victim.Kill();
        }

        await victim.WaitForExitAsync().WaitAsync(Limit);
        Assert.True(completed.Count >= after, await errors);
        return completed;
    }

    private static Process Start(string directory) => Process.Start(
        new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "ChatOps.Testing.Victim.dll"), directory])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // What is killed cannot remove the pipes for debuggers that it would have laid into the temporary directory.
            Environment = { ["DOTNET_EnableDiagnostics"] = "0" },
        })!;
}
