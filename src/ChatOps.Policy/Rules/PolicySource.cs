using ChatOps.Configuration;
using ChatOps.Fleet;
using ChatOps.Policy.Commands.Knowledge;
using Microsoft.Extensions.Logging;

namespace ChatOps.Policy.Rules;

/// <summary>Holds the rules in force and takes new versions of policy.yaml over. A bad version changes nothing and is reported.</summary>
internal sealed partial class PolicySource : IReloadStatus
{
    private const string DefaultName = "policy.yaml";

    private readonly PolicyReader _reader;
    private readonly string? _file;
    private readonly TimeProvider _time;
    private readonly ILogger<PolicySource> _log;
    private readonly RuleGroups _groups;
    private readonly Lock _taking = new();
    private object? _followed;
    // What is tried is seen by the work that tries it alone.
    private readonly AsyncLocal<PolicySnapshot?> _trial = new();
    private volatile State _state;

    /// <summary>Reads the rules for the first time.</summary>
    /// <exception cref="ConfigurationProblemsException">policy.yaml is there and is not good.</exception>
    public PolicySource(PolicyOptions options, BuiltInKnowledge builtIn, TimeProvider time, ILogger<PolicySource> log, INodeGroups? groups = null)
    {
        _groups = new RuleGroups(groups);
        _file = options.PolicyFile;
        _time = time;
        _log = log;
        _reader = new PolicyReader(builtIn, options.GatewayPaths, options.KnownTools);
        var text = Look();
        if (text.Problem is { } unreadable) throw new ConfigurationProblemsException([unreadable]);
        var snapshot = _reader.Read(text.Text, File, out var problems) ?? throw new ConfigurationProblemsException(problems);
        _state = new State(snapshot, text, text, time.GetUtcNow(), []);
    }

    /// <summary>The rules in force; where a trial is under way, its rules.</summary>
    public PolicySnapshot Current => _trial.Value ?? _state.Snapshot;

    public string File => _file ?? DefaultName;

    public DateTimeOffset LoadedAt => _state.LoadedAt;

    public IReadOnlyList<ConfigurationProblem> Problems => _state.Problems;

    /// <summary>Nodes as the rules in force see them.</summary>
    public IReadOnlyList<NodeInfo> Seen(IReadOnlyList<NodeInfo> nodes) => _groups.Complete(Current, nodes);

    /// <summary>Looks whether the groups that the rules name are written; that is known only when access.yaml has been read.</summary>
    /// <exception cref="ConfigurationProblemsException">A rule is about a group that nobody wrote: it would quietly hold for no node.</exception>
    public void CheckGroups()
    {
        lock (_taking)
        {
            _followed = _groups.Written;
            if (_groups.Unknown(Current, File) is { Count: > 0 } problems) throw new ConfigurationProblemsException(problems);
            _groups.Remember(Current);
        }
    }

    /// <summary>After a change of the groups: a text that was refused for a missing one may be good now, and one in force may have lost one.</summary>
    public void FollowGroups()
    {
        lock (_taking)
        {
            if (ReferenceEquals(_groups.Written, _followed)) return;
            _followed = _groups.Written;
            var state = _state;
            if (state.Seen != state.InForce) Settle(state.Seen, state);
            else Report(state with { Problems = _groups.Gone(state.Snapshot, File) });
            _groups.Remember(_state.Snapshot);
        }
    }

    /// <summary>Puts the rules of a text in the place of those in force, for the asynchronous work of the caller, until it is disposed; null when the text is not good.</summary>
    public IDisposable? Try(string text, out IReadOnlyList<ConfigurationProblem> problems)
    {
        if (_reader.Read(text, File, out problems) is not { } snapshot) return null;
        problems = _groups.Unknown(snapshot, File);
        if (problems.Count > 0) return null;
        _trial.Value = snapshot;
        return new Trial(_trial);
    }

    /// <summary>What the file holds now.</summary>
    public PolicyText Look() => PolicyText.Of(_file);

    /// <summary>Whether a text is another than the one that was taken or refused last.</summary>
    public bool IsNew(PolicyText text) => text != _state.Seen;

    /// <summary>Puts a text in force, or reports why not.</summary>
    public void Take(PolicyText text)
    {
        lock (_taking)
        {
            var state = _state;
            if (text != state.Seen) Settle(text, state);
        }
    }

    private void Settle(PolicyText text, State state)
    {
        var snapshot = Read(text, state, out var problems);
        if (snapshot is not null)
        {
            // The text in force is good but for a group that has gone meanwhile: what it was still holds, and is said.
            problems = text == state.InForce ? _groups.Gone(snapshot, File) : _groups.Unknown(snapshot, File);
            if (problems.Count == 0 || text == state.InForce)
            {
                _groups.Remember(snapshot);
                LogTaken(File, snapshot.Version);
                Report(new State(snapshot, text, text, _time.GetUtcNow(), problems));
                return;
            }
        }

        Report(state with { Seen = text, Problems = problems });
    }

    private void Report(State state)
    {
        _state = state;
        foreach (var problem in state.Problems) LogRefused(problem.File, problem.Line, problem.Key, problem.Reason);
    }

    private PolicySnapshot? Read(PolicyText text, State state, out IReadOnlyList<ConfigurationProblem> problems)
    {
        // rules that vanish while running are a slip, or an editor between two steps: they do not loosen anything
        var problem = text.Problem
            ?? (text.IsEmpty && !state.InForce.IsEmpty
                ? new ConfigurationProblem(File, 0, "", (text.IsMissing ? "the file is gone" : "the file is empty") + "; a file with a comment alone means the built-in rules")
                : null);
        if (problem is null) return _reader.Read(text.Text, File, out problems);
        problems = [problem];
        return null;
    }

    private sealed class Trial(AsyncLocal<PolicySnapshot?> of) : IDisposable
    {
        public void Dispose() => of.Value = null;
    }

    private sealed record State(
        PolicySnapshot Snapshot, PolicyText InForce, PolicyText Seen, DateTimeOffset LoadedAt, IReadOnlyList<ConfigurationProblem> Problems);
}
