using ChatOps.Configuration;
using Microsoft.Extensions.Logging;

namespace ChatOps.Checks.Runbooks;

/// <summary>The notes of workspace/runbooks. A file that is wrong is named with file, line and reason and left out; the others hold. Read again when something changes there.</summary>
internal sealed partial class RunbookFiles(ChecksOptions options, RunbookReader reader, ILogger<RunbookFiles> log)
{
    private readonly Lock one = new();
    private string seen = "";
    private RunbookSet current = new([], []);

    /// <summary>What holds now.</summary>
    public RunbookSet Read()
    {
        lock (one)
        {
            var (files, fingerprint) = Look();
            if (fingerprint == seen) return current;
            current = Read(files);
            seen = fingerprint;
        }

        foreach (var problem in current.Problems) LogProblem(problem.File, problem.Line, problem.Key, problem.Reason);
        return current;
    }

    private RunbookSet Read(IReadOnlyList<FileInfo> files)
    {
        var notes = new List<RunbookNote>();
        var problems = new List<ConfigurationProblem>();
        foreach (var file in files.Take(RunbookBounds.MaxNotes))
        {
            try
            {
                if (file.Length > RunbookBounds.MaxBytes)
                {
                    problems.Add(new(file.FullName, 0, "(file)", $"it is larger than {RunbookBounds.MaxBytes / 1024} KiB."));
                    continue;
                }

                var (note, wrong) = reader.Read(file.FullName, File.ReadAllText(file.FullName));
                problems.AddRange(wrong);
                if (note is not null) notes.Add(note);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems.Add(new(file.FullName, 0, "(file)", $"it cannot be read: {e.Message}"));
            }
        }

        if (files.Count > RunbookBounds.MaxNotes) problems.Add(new(files[RunbookBounds.MaxNotes].FullName, 0, "(file)", $"there are more than {RunbookBounds.MaxNotes} notes; this one and those behind it are not read."));
        return new RunbookSet(notes, problems);
    }

    private (IReadOnlyList<FileInfo> Files, string Fingerprint) Look()
    {
        var directory = new DirectoryInfo(Path.Combine(options.Workspace, "runbooks"));
        try
        {
            var files = directory.Exists ? directory.EnumerateFiles("*.md").OrderBy(f => f.Name, StringComparer.Ordinal).ToList() : [];
            return (files, string.Join('\n', files.Select(f => $"{f.FullName}|{f.Length}|{f.LastWriteTimeUtc.Ticks}")) + directory.Exists);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ([], e.Message);
        }
    }
}
