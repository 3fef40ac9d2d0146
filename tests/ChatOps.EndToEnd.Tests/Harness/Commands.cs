using System.Diagnostics;

namespace ChatOps.EndToEnd.Harness;

/// <summary>Runs <c>chatops</c> commands on a data directory.</summary>
internal sealed class Commands(string dataDirectory, string? workspace = null)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Variables that the command finds besides the test's own.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public Task<CommandResult> RunAsync(params string[] arguments) => RunAsync(null, arguments);

    public async Task<CommandResult> RunAsync(string? input, string[] arguments)
    {
        using var process = new Process { StartInfo = Start(arguments) };
        process.Start();
        if (input is not null) await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"chatops {string.Join(' ', arguments)} did not end within {Limit.TotalSeconds} s.\n{await output}\n{await errors}");
        }

        return new CommandResult(process.ExitCode, await output, await errors);
    }

    /// <summary>One that is read while it runs; whoever opened it ends it.</summary>
    public Process Open(params string[] arguments)
    {
        var process = new Process { StartInfo = Start(arguments) };
        process.Start();
        process.StandardInput.Close();
        return process;
    }

    private ProcessStartInfo Start(string[] arguments)
    {
        var start = new ProcessStartInfo(ChatOpsExecutable.File)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        start.ArgumentList.Add("--data");
        start.ArgumentList.Add(dataDirectory);
        if (workspace is not null)
        {
            start.ArgumentList.Add("--workspace");
            start.ArgumentList.Add(workspace);
        }

        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["NO_COLOR"] = "1";
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        return start;
    }
}
