using ChatOps.Configuration;
using Microsoft.Extensions.Logging;

namespace ChatOps.Checks.Files;

/// <summary>
/// The checks of workspace/checks. A file that cannot be read, and a check that is wrong, are named with file, line and reason; the rest holds. Read again when
/// something changes there.
/// </summary>
internal sealed partial class CheckFiles(ChecksOptions options, CheckReader reader, ILogger<CheckFiles> log)
{
    private const int MaxFiles = 1000;

    private readonly Lock one = new();
    private string seen = "";
    private volatile CheckSet current = CheckSet.Empty;

    /// <summary>What holds now.</summary>
    public CheckSet Current => current;

    /// <summary>Reads them again when they changed; true when they did.</summary>
    public bool Refresh()
    {
        lock (one)
        {
            var (files, fingerprint) = Look();
            if (fingerprint == seen) return false;
            seen = fingerprint;
            current = Read(files);
        }

        foreach (var problem in current.Problems) LogProblem(problem.File, problem.Line, problem.Key, problem.Reason);
        LogRead(current.Checks.Count, current.Problems.Count);
        return true;
    }

    private CheckSet Read(IReadOnlyList<string> files)
    {
        var checks = new Dictionary<string, CheckDefinition>(StringComparer.Ordinal);
        var problems = new List<ConfigurationProblem>();
        foreach (var file in files)
        {
            string text;
            try
            {
                text = File.ReadAllText(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems.Add(new(file, 0, "(file)", $"it cannot be read: {e.Message}"));
                continue;
            }

            var (read, wrong) = reader.Read(file, text);
            problems.AddRange(wrong);
            foreach (var check in read)
            {
                if (!checks.TryAdd(check.Name, check))
                    problems.Add(new(file, check.Line, "name", $"the name '{check.Name}' is already used in {checks[check.Name].File}:{checks[check.Name].Line}; write another."));
            }
        }

        foreach (var (check, name) in checks.Values.SelectMany(c => c.DependsOn.Where(n => !checks.ContainsKey(n)).Select(n => (c, n))))
            problems.Add(new(check.File, check.Line, "depends_on", $"'{check.Name}' depends on '{name}', and there is no such check; it is looked at as if it did not.", NearestName.Of(name, checks.Keys)));
        return new CheckSet([.. checks.Values.OrderBy(c => c.Name, StringComparer.Ordinal)], problems);
    }

    private (IReadOnlyList<string> Files, string Fingerprint) Look()
    {
        var directory = new DirectoryInfo(Path.Combine(options.Workspace, "checks"));
        try
        {
            var files = directory.Exists
                ? directory.EnumerateFiles("*.yaml").Concat(directory.EnumerateFiles("*.yml")).OrderBy(f => f.Name, StringComparer.Ordinal).Take(MaxFiles).ToList()
                : [];
            return ([.. files.Select(f => f.FullName)], string.Join('\n', files.Select(f => $"{f.FullName}|{f.Length}|{f.LastWriteTimeUtc.Ticks}")) + directory.Exists);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ([], e.Message);
        }
    }
}
