using System.Text;

namespace ChatOps.Tools.Run;

/// <summary>Keeps everything that nodes said in one file, when a message cannot hold it. The file bears the invocation's id.</summary>
internal sealed class WholeReport(IOutputFiles files)
{
    public async Task<KeptOutput> KeepAsync(string invocationId, IReadOnlyList<NodeRun> runs)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var writer = new StreamWriter(files.RawPath(invocationId), new UTF8Encoding(false), options))
        {
            foreach (var run in runs)
            {
                await writer.WriteLineAsync($"== {run.Node} · {OutcomeText.Word(run.Outcome)} · {OutcomeText.End(run.Result)} · {OutcomeText.Seconds(run.Result.Duration)}");
                if (run.Result.Message is { } message) await writer.WriteLineAsync(message);
                await writer.WriteAsync(run.Result.Output);
                if (run.Result.Output.Length > 0 && !run.Result.Output.EndsWith('\n')) await writer.WriteLineAsync();
            }
        }

        // Not cancellable: a stopped run's account is worth keeping too.
        return new KeptOutput(invocationId, await files.KeepAsync(invocationId, CancellationToken.None));
    }
}
