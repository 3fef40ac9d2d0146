using ChatOps.Checks;
using ChatOps.Configuration;

namespace ChatOps.Tests.Console;

/// <summary>One check in memory, and what was done with it.</summary>
internal sealed class FakeChecks : IChecks
{
    public const string Name = "disk-root";

    private readonly List<CheckSilence> silences = [];

    public List<string> Done { get; } = [];

    public IReadOnlyList<CheckInfo> Written { get; } = [new(Name, "disk", "The disk of <b>everything</b>.", TimeSpan.FromMinutes(1), "all", [], true, [], "workspace/checks/a.yaml", 3)];

    public IReadOnlyList<ConfigurationProblem> Problems => [];

    public IReadOnlyList<CheckState> States { get; } =
    [
        new() { Key = new CheckKey(Name, "web-1"), Kind = "disk", Level = CheckLevel.Critical, Told = CheckLevel.Critical, Value = 97, Unit = "%", Text = "/ is <i>97 %</i> full." },
        new() { Key = new CheckKey(Name, "web-2"), Kind = "disk", Level = CheckLevel.Ok, Value = 40, Unit = "%", Text = "/ is 40 % full." },
    ];

    public IReadOnlyList<string> Sets => [];

    public Task<IReadOnlyList<CheckState>?> RunAsync(string nameOrSet, CancellationToken cancellationToken)
    {
        Done.Add($"looked at {nameOrSet}");
        return Task.FromResult<IReadOnlyList<CheckState>?>(nameOrSet == Name ? States : null);
    }

    public Task<IReadOnlyList<CheckSample>> ValuesAsync(CheckKey key, DateTimeOffset since, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<CheckSample>>([]);

    public Task<IReadOnlyList<CheckSilence>> SilencesAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<CheckSilence>>([.. silences]);

    public Task SilenceAsync(CheckSilence silence, CancellationToken cancellationToken)
    {
        Done.Add($"{silence.By} silenced {silence.Check} on {silence.Target ?? "everything"} until {silence.Until:HH:mm}: {silence.Reason}");
        silences.Add(silence);
        return Task.CompletedTask;
    }

    public Task<int> UnsilenceAsync(string check, string? target, CancellationToken cancellationToken)
    {
        var count = silences.RemoveAll(s => s.Check == check);
        Done.Add($"ended {count} of {check}");
        return Task.FromResult(count);
    }
}
