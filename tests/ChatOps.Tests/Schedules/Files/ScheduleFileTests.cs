using ChatOps.Testing;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatOps.Scheduling;
using ChatOps.Scheduling.Files;
using ChatOps.Schedules;
using ChatOps.Testing.Schemas;

namespace ChatOps.Tests.Schedules.Files;

/// <summary>The files of workspace/schedules and their schema.</summary>
public sealed partial class ScheduleFileTests
{
    private static readonly JsonNode SchemaText = JsonNode.Parse(File.ReadAllText(RepositoryFiles.Of("workspace/schemas/schedules.schema.json")))!;
    private static readonly SchemaCheck Schema = new(SchemaText.AsObject());

    [Fact]
    public void The_schema_has_every_key_that_the_reader_knows_and_no_other() =>
        Assert.Equal(ScheduleFileReader.Keys, SchemaText["$defs"]!["schedule"]!["properties"]!.AsObject().Select(p => p.Key));

    [Fact]
    public void The_example_of_the_documentation_is_read_and_fits_the_schema()
    {
        var example = Example().Match(File.ReadAllText(RepositoryFiles.Of("docs/schedules.md"))).Groups["yaml"].Value;

        var read = ScheduleFileReader.Read("ops.yaml", example, out var problems);

        Assert.Empty(problems);
        Assert.Empty(Schema.Of(YamlJson.Of(example)));
        Assert.Equal(["nightly-status", "weekly-look", "outside-twice", "monday"], read!.Select(r => r.Request.Name));
        Assert.Equal((ScheduleKind.Prompt, CatchUpPolicy.Last, TimeSpan.FromMinutes(10)), (read![1].Request.Kind, read[1].Request.CatchUp, read[1].Request.Timeout));
        Assert.Equal([(ScheduleKind.Checks, "outside"), (ScheduleKind.Report, "weekly")], read.Skip(2).Select(r => (r.Request.Kind!.Value, r.Request.Text)));
    }

    [Theory]
    [InlineData("schedule: []", 1, "unknown key 'schedule'")]
    [InlineData("schedules:\n  - { owner: ana, cron: '@daily', run: /nodes }", 2, "needs a name")]
    [InlineData("schedules:\n  - { name: A B, owner: ana, cron: '@daily', run: /nodes }", 2, "lower case")]
    [InlineData("schedules:\n  - { name: a, cron: '@daily', run: /nodes }", 2, "needs an owner")]
    [InlineData("schedules:\n  - { name: a, owner: ana, cron: '@daily' }", 2, "needs one of run, prompt, checks, report")]
    [InlineData("schedules:\n  - { name: a, owner: ana, cron: '@daily', run: /nodes, prompt: look }", 2, "needs one of run, prompt, checks, report")]
    [InlineData("schedules:\n  - name: a\n    owner: ana\n    every: often\n    run: /nodes", 4, "must be a duration")]
    [InlineData("schedules:\n  - name: a\n    owner: ana\n    at: 09:00\n    run: /nodes", 4, "must name its day")]
    [InlineData("schedules:\n  - name: a\n    owner: ana\n    cron: '@daily'\n    run: /nodes\n    overlap: never", 6, "must be one of skip, queue, cancel")]
    [InlineData("schedules:\n  - name: a\n    owner: ana\n    cron: '@daily'\n    run: /nodes\n    retries: many", 6, "must be a whole number")]
    [InlineData("schedules:\n  - name: a\n    ownr: ana\n    cron: '@daily'\n    run: /nodes", 3, "did you mean 'owner'")]
    [InlineData("schedules:\n  - name: a\n    owner: ana\n    cron: '@daily'\n    run: /nodes\n    run: /halt", 6, "already written in line 5")]
    [InlineData("schedules: [", 1, "not valid YAML")]
    [InlineData("a: &x 1\nb: *x", 1, "anchors")]
    public void What_is_wrong_is_named_with_file_line_and_reason(string text, int line, string reason)
    {
        ScheduleFileReader.Read("ops.yaml", text, out var problems);

        Assert.Contains(problems, p => p.File == "ops.yaml" && p.Line == line && p.ToString().Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Good_entries_count_beside_bad_ones_and_changes_are_taken_over()
    {
        await using var bench = await ScheduleBench.OpenAsync();
        using var folder = new TempDirectory();
        var files = Files(bench, folder.Path);
        var path = Path.Combine(folder.Path, "ops.yaml");
        await WriteAsync(path, Entry("good", "0 3 * * *") + Entry("bad", "0 25 * * *"));

        await files.LookAsync(ScheduleBench.Now);
        Assert.Equal("good", Assert.Single(await bench.Book.ListAsync(ScheduleBench.Now)).Schedule.Name);
        Assert.Equal(("ops.yaml", 7, "bad"), Assert.Single(bench.Problems.All.Select(p => (p.File, p.Line, p.Key))));

        await WriteAsync(path, Entry("good", "0 4 * * *") + Entry("bad", "0 5 * * *"));
        await files.LookAsync(ScheduleBench.Now);
        Assert.Empty(bench.Problems.All);
        Assert.Equal(["cron 0 5 * * *", "cron 0 4 * * *"], (await bench.Book.ListAsync(ScheduleBench.Now)).Select(r => r.Schedule.When));

        // While a file cannot be read, what it said before goes on.
        await WriteAsync(path, "schedules: [");
        await files.LookAsync(ScheduleBench.Now);
        Assert.Equal(2, (await bench.Book.ListAsync(ScheduleBench.Now)).Count);

        await WriteAsync(path, Entry("good", "0 4 * * *"));
        await files.LookAsync(ScheduleBench.Now);
        Assert.Equal("good", Assert.Single(await bench.Book.ListAsync(ScheduleBench.Now)).Schedule.Name);
        Assert.Contains("remove it there", await bench.Book.RemoveAsync("good", ScheduleBench.Now), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schedule_of_a_file_that_was_paused_stays_paused_when_the_file_changes()
    {
        await using var bench = await ScheduleBench.OpenAsync();
        using var folder = new TempDirectory();
        var files = Files(bench, folder.Path);
        var path = Path.Combine(folder.Path, "ops.yaml");
        await WriteAsync(path, Entry("kept", "0 3 * * *"));
        await files.LookAsync(ScheduleBench.Now);
        await bench.Book.PauseAsync("kept", "Paused by Ana.", ScheduleBench.Now);

        await WriteAsync(path, Entry("kept", "0 4 * * *"));
        await files.LookAsync(ScheduleBench.Now);

        var row = await bench.RowAsync("kept");
        Assert.Equal((ScheduleState.Paused, "cron 0 4 * * *", null), (row.State, row.Schedule.When, row.NextAt));
    }

    private static ScheduleFiles Files(ScheduleBench bench, string directory)
    {
        var options = new SchedulingOptions { Directory = directory };
        return new ScheduleFiles(bench.Store, bench.Draft, bench.Settings, bench.Problems, options, bench.Time, ScheduleBench.Log<ScheduleFiles>());
    }

    private static Task WriteAsync(string path, string entries) => File.WriteAllTextAsync(path, entries.StartsWith("schedules", StringComparison.Ordinal) ? entries : "schedules:\n" + entries, ScheduleBench.Now);

    private static string Entry(string name, string cron) => $"  - name: {name}\n    cron: \"{cron}\"\n    owner: ana\n    to: web\n    run: /nodes\n";

    [GeneratedRegex("```yaml\n(?<yaml>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
