using System.Diagnostics;
using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.Fleet;

/// <summary>README's walk "Manage three servers", as it is written, over a network between a gateway and three machines.</summary>
public sealed class ThreeServersTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(9);

    [Fact]
    public async Task The_walk_of_the_readme_holds_command_by_command()
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(ChatOpsExecutable.Root, "tests", "three-servers.sh"));
        start.ArgumentList.Add(ChatOpsExecutable.File);
        using var walk = Process.Start(start)!;
        var output = walk.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = walk.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await walk.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            walk.Kill(entireProcessTree: true);
            Assert.Fail($"The walk did not end within {Limit.TotalMinutes} minutes.\n{await output}\n{await errors}");
        }

        var said = await output;
        TestContext.Current.TestOutputHelper?.WriteLine(said);
        Assert.True(walk.ExitCode == 0, $"{said}\n{await errors}");
        Assert.Contains("Manage three servers\" holds", said, StringComparison.Ordinal);
    }
}
