using ChatOps.Fleet;

namespace ChatOps.Tests.Node;

/// <summary>An id runs once, whatever happens.</summary>
public sealed class ExecutionOnceTests : IDisposable
{
    private readonly Machine _machine = new();

    public void Dispose() => _machine.Dispose();

    private string Counter => Path.Combine(_machine.Directory, "counter");

    private string Line => $"echo ran >> {Counter}; echo {PlainRedactor.Secret}";

    [Fact]
    public async Task The_same_id_again_is_answered_with_its_result()
    {
        var first = await _machine.ShellAsync(Line, id: "once");
        Assert.Equal(PlainRedactor.Secret + "\n", first.Output);
        var again = await _machine.ShellAsync(Line, id: "once");
        _machine.Restart();
        var afterRestart = await _machine.ShellAsync(Line, id: "once");
        Assert.Equal(first with { Output = "[redacted]\n" }, again);
        Assert.Equal(again, afterRestart);
        Assert.Equal("ran\n", await File.ReadAllTextAsync(Counter));
    }

    [Fact]
    public async Task The_same_id_at_the_same_time_runs_once_and_everybody_gets_the_result()
    {
        var watchers = Enumerable.Range(0, 20).Select(_ => new Watcher()).ToArray();
        var results = await Task.WhenAll(watchers.Select(watcher => Task.Run(() => _machine.ShellAsync($"echo ran >> {Counter}; echo a; sleep 0.3; echo b", watcher, id: "together"))));
        Assert.Equal("ran\n", await File.ReadAllTextAsync(Counter));
        Assert.All(results, result => Assert.Equal("a\nb\n", result.Output));
        Assert.All(watchers, watcher => Assert.Contains(watcher.Text, new[] { "a\nb\n", "" }));
    }

    [Fact]
    public async Task An_id_whose_end_was_not_recorded_is_unknown_and_not_started_again()
    {
        await _machine.ShellAsync(Line, id: "cut");
        var record = Path.Combine(_machine.Options.StateDirectory, "executions", "cut.json");
        var text = await File.ReadAllTextAsync(record);
        var started = System.Text.Json.Nodes.JsonNode.Parse(text)!;
        started["Result"] = null;
        foreach (var left in new[] { started.ToJsonString(), "", text[..(text.Length / 2)] })
        {
            await File.WriteAllTextAsync(record, left);
            _machine.Restart();
            var again = await _machine.ShellAsync(Line, id: "cut");
            Assert.Equal((ExecutionEnd.Unknown, (int?)null), (again.End, again.ExitCode));
            Assert.Contains("not started again", again.Message!, StringComparison.Ordinal);
        }

        Assert.Equal("ran\n", await File.ReadAllTextAsync(Counter));
    }

    [Fact]
    public async Task An_id_belongs_to_one_command()
    {
        await _machine.ShellAsync("true", id: "mine");
        var other = await _machine.ShellAsync(Line, id: "mine");
        Assert.Equal(ExecutionEnd.NotStarted, other.End);
        _machine.Restart();
        other = await _machine.ShellAsync(Line, id: "mine");
        Assert.Equal(ExecutionEnd.NotStarted, other.End);
        Assert.False(File.Exists(Counter));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    [InlineData("a\0b")]
    public async Task An_id_that_is_no_file_name_is_refused(string id) =>
        Assert.Equal(ExecutionEnd.NotStarted, (await _machine.ShellAsync(Line, id: id)).End);

    [Fact]
    public async Task Nothing_starts_when_the_start_cannot_be_recorded()
    {
        Directory.CreateDirectory(_machine.Options.StateDirectory);
        await File.WriteAllTextAsync(Path.Combine(_machine.Options.StateDirectory, "executions"), "in the way");
        var result = await _machine.ShellAsync(Line);
        Assert.Equal(ExecutionEnd.NotStarted, result.End);
        Assert.Contains("nothing was started", result.Message!, StringComparison.Ordinal);
        Assert.False(File.Exists(Counter));
    }

    [Fact]
    public async Task Old_records_and_too_many_records_are_removed()
    {
        using var machine = new Machine(options => options with { RegisterEntries = 3 });
        var directory = Path.Combine(machine.Options.StateDirectory, "executions");
        Directory.CreateDirectory(directory);
        for (var number = 0; number < 10; number++)
        {
            var path = Path.Combine(directory, $"old{number}.json");
            await File.WriteAllTextAsync(path, "{}");
            File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(number < 8 ? -8 : -1));
        }

        await machine.ShellAsync("true", id: "fresh");
        await Testing.Until.TrueAsync(() => Directory.GetFiles(directory).Length <= 3);
        Assert.Equal(["fresh.json", "old8.json", "old9.json"], Directory.GetFiles(directory).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal("600\n", (await _machine.RunAsync("stat", "-c", "%a", Path.Combine(directory, "fresh.json"))).Output);
    }

    [Fact]
    public async Task The_record_of_what_still_runs_is_kept_however_old_it_is()
    {
        var directory = Path.Combine(_machine.Options.StateDirectory, "executions");
        var go = Path.Combine(_machine.Directory, "go");
        var running = _machine.ShellAsync($"{Line}; while [ ! -e {go} ]; do sleep 0.05; done", id: "long");
        await Testing.Until.TrueAsync(() => File.Exists(Counter));
        File.SetLastWriteTimeUtc(Path.Combine(directory, "long.json"), TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-8));
        var older = Path.Combine(directory, "older.json");
        await File.WriteAllTextAsync(older, "{}");
        File.SetLastWriteTimeUtc(older, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-9));

        // Records are looked at from the youngest to the oldest: when that one is gone, the other one was looked at.
        await _machine.ShellAsync("true");
        await Testing.Until.TrueAsync(() => !File.Exists(older));
        await File.WriteAllTextAsync(go, "");
        Assert.Equal(0, (await running).ExitCode);
        _machine.Restart();
        Assert.Equal(0, (await _machine.ShellAsync($"{Line}; while [ ! -e {go} ]; do sleep 0.05; done", id: "long")).ExitCode);
        Assert.Equal("ran\n", await File.ReadAllTextAsync(Counter));
    }
}
