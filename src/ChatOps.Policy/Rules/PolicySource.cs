using System.Text;
using ChatOps.Configuration;
using ChatOps.Policy.Commands.Knowledge;
using Microsoft.Extensions.Logging;

namespace ChatOps.Policy.Rules;

/// <summary>Holds the rules in force and reads policy.yaml again when it changes. A bad version changes nothing and is reported.</summary>
internal sealed partial class PolicySource : IReloadStatus
{
    private readonly PolicyReader _reader;
    private readonly string? _file;
    private readonly TimeProvider _time;
    private readonly ILogger<PolicySource> _log;
    private readonly Lock _reloading = new();
    private volatile State _state;

    /// <summary>Reads the rules for the first time.</summary>
    /// <exception cref="ConfigurationProblemsException">policy.yaml is there and is not good.</exception>
    public PolicySource(PolicyOptions options, TimeProvider time, ILogger<PolicySource> log)
    {
        _file = options.PolicyFile;
        _time = time;
        _log = log;
        _reader = new PolicyReader(BuiltInKnowledge.Load(), options.GatewayPaths);
        var text = ReadFile(out var unreadable, out _);
        if (unreadable is not null) throw new ConfigurationProblemsException([unreadable]);
        var snapshot = _reader.Read(text, _file ?? "policy.yaml", out var problems) ?? throw new ConfigurationProblemsException(problems);
        _state = new State(snapshot, text, text, time.GetUtcNow(), []);
    }

    /// <summary>The rules in force.</summary>
    public PolicySnapshot Current => _state.Snapshot;

    public string File => _file ?? "policy.yaml";

    public DateTimeOffset LoadedAt => _state.LoadedAt;

    public IReadOnlyList<ConfigurationProblem> Problems => _state.Problems;

    /// <summary>Reads the file again if its text is another than last time.</summary>
    public void Reload()
    {
        if (_file is null) return;
        lock (_reloading)
        {
            var state = _state;
            var text = ReadFile(out var unreadable, out var missing);
            // rules that vanish while running are a slip, or an editor between two steps: they do not loosen anything
            if (missing && state.Text.Length > 0) unreadable = new ConfigurationProblem(_file, 0, "", "the file is gone");
            if (unreadable is null && text == state.SeenText) return;
            IReadOnlyList<ConfigurationProblem> problems = [];
            var snapshot = unreadable is null ? _reader.Read(text, _file, out problems) : null;
            if (unreadable is not null) problems = [unreadable];
            if (snapshot is null)
            {
                _state = state with { SeenText = unreadable is null ? text : null, Problems = problems };
                if (state.Problems.SequenceEqual(problems)) return;
                foreach (var problem in problems) LogRefused(problem.File, problem.Line, problem.Key, problem.Reason);
                return;
            }

            _state = new State(snapshot, text, text, _time.GetUtcNow(), []);
            LogReloaded(_file, snapshot.Version);
        }
    }

    /// <summary>The text; empty when there is no file. A file that is there and cannot be read is a problem, not an absence.</summary>
    private string ReadFile(out ConfigurationProblem? problem, out bool missing)
    {
        problem = null;
        missing = false;
        if (_file is null) return "";
        try
        {
            using var stream = new FileStream(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > YamlText.MaxLength * 4L)
            {
                problem = new ConfigurationProblem(_file, 0, "", "the file is too large");
                return "";
            }

            using var reader = new StreamReader(stream, Encoding.UTF8);
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            missing = true;
            return "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = new ConfigurationProblem(_file, 0, "", "the file cannot be read: " + e.Message);
            return "";
        }
    }

    private sealed record State(PolicySnapshot Snapshot, string Text, string? SeenText, DateTimeOffset LoadedAt, IReadOnlyList<ConfigurationProblem> Problems);
}
