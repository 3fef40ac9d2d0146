using System.Diagnostics;

namespace ChatOps.EndToEnd.Harness;

/// <summary>A script of tests/ that does with the built program what people would do, step by step.</summary>
internal static class Walk
{
    /// <summary>What a walk ends with where the machine does not let it make what it needs.</summary>
    private const int NotHere = 77;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(9);

    /// <summary>Runs it to its end, which must be a good one; returns what it said.</summary>
    public static async Task<string> RunAsync(string script, CancellationToken cancellationToken, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(ChatOpsExecutable.Root, "tests", script), ChatOpsExecutable.File]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using var walk = Process.Start(start)!;
        var output = walk.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = walk.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await walk.WaitForExitAsync(cancellationToken).WaitAsync(Limit, cancellationToken);
        }
        catch (TimeoutException)
        {
            walk.Kill(entireProcessTree: true);
            Assert.Fail($"{script} did not end within {Limit.TotalMinutes} minutes.\n{await output}\n{await errors}");
        }

        var said = await output;
        TestContext.Current.TestOutputHelper?.WriteLine(said);
        if (walk.ExitCode == NotHere) Assert.Skip($"{said}\n{await errors}");
        Assert.True(walk.ExitCode == 0, $"{said}\n{await errors}");
        return said;
    }
}
