using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatOps.Checks;
using ChatOps.Checks.Runbooks;
using ChatOps.Policy;
using ChatOps.Testing.Schemas;

namespace ChatOps.Tests.Checks.Runbooks;

/// <summary>What a runbook note may say, that the schema says the same, and that every slip is named with its line.</summary>
public sealed partial class RunbookFormatTests
{
    private static readonly JsonObject Document = JsonNode.Parse(File.ReadAllText(RepositoryFiles.Of("workspace/schemas/runbooks.schema.json")))!.AsObject();

    [Fact]
    public void A_note_has_a_title_steps_with_their_undo_a_check_and_what_it_is_for()
    {
        var note = SomeNotes.Good(SomeNotes.Text());

        Assert.Equal(("cache", "The cache eats memory", Risk.Change, RunbookTrust.Approve, "checks"), (note.Name, note.Title, note.Risk, note.Ceiling, note.Owner));
        Assert.Equal(new RunbookStep("run \"systemctl restart cache\" --on {node}", "start it again"), Assert.Single(note.Steps));
        Assert.Equal(("run \"systemctl status cache\" --on {node}", "active"), (note.Check, note.Expect));
        Assert.Equal(["mem"], note.Match.Checks);
    }

    [Fact]
    public void Prose_alone_is_shown_and_proposes_nothing()
    {
        var note = SomeNotes.Good("---\nmatch: { kinds: [disk] }\n---\nCall the people who own the machine.\n```sh\nrm -rf /\n```\n");

        Assert.Equal((RunbookTrust.Suggest, "cache"), (note.Ceiling, note.Title));
        Assert.Empty(note.Steps);
    }

    [Theory]
    [InlineData("# no front matter", 1, "begins with its front matter")]
    [InlineData("---\nmatch: { checks: [a] }\n", 1, "begins with its front matter")]
    [InlineData("---\nrisk: change\n---\n", 2, "'match' is missing")]
    [InlineData("---\nmatch: {}\n---\n", 2, "says nothing")]
    [InlineData("---\nmatch: { cheks: [a] }\n---\n", 2, "unknown key 'cheks'")]
    [InlineData("---\nmatch: { kinds: [disc] }\n---\n", 2, "no kind 'disc'")]
    [InlineData("---\nmatch: { levels: [ok] }\n---\n", 2, "no level 'ok'")]
    [InlineData("---\nmatch: { nodes: 'env=' }\n---\n", 2, "")]
    [InlineData("---\nmatch: { checks: [a] }\ntrusts: auto\n---\n", 3, "unknown key 'trusts'")]
    [InlineData("---\nmatch: { checks: [a] }\ntrust: blind\n---\n", 3, "observe, suggest, approve, auto")]
    [InlineData("---\nmatch: { checks: [a] }\nrisk: forbidden\n---\n", 3, "read, change, dangerous")]
    [InlineData("---\nmatch: { checks: [a] }\ntrust: approve\n---\nno steps\n", 3, "without steps proposes nothing")]
    [InlineData("---\nmatch: [\n---\n", 2, "not valid YAML")]
    [InlineData("---\nmatch: { checks: [a] }\n---\n\n```step\nrum uptime\n```\n", 6, "")]
    [InlineData("---\nmatch: { checks: [a] }\n---\n```step\nrun uptime --on {node},x\n```\n", 5, "alone and where a command wants them")]
    [InlineData("---\nmatch: { checks: [a] }\n---\n```step\napprovals approve 7F3K\n```\n", 5, "person's own decision")]
    [InlineData("---\nmatch: { checks: [a] }\n---\n```step\nschedule pause x\n```\n", 5, "person's own decision")]
    [InlineData("---\nmatch: { checks: [a] }\n---\n```step\n```\n", 4, "holds no command line")]
    [InlineData("---\nmatch: { checks: [a] }\n---\n```step\nrun uptime --on all\n", 4, "not closed")]
    [InlineData("---\nmatch: { checks: [a] }\n---\n```check\nrun uptime --on all\n```\n", 4, "belongs to steps")]
    public void What_is_wrong_is_named_with_its_line(string text, int line, string reason)
    {
        var (note, problems) = SomeNotes.Read(text);

        Assert.Null(note);
        var problem = problems[0];
        Assert.Equal(line, problem.Line);
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_no_name_is_refused() => Assert.Contains("the file's name", SomeNotes.Read(SomeNotes.Text(), "Cache Full.md").Problems[0].Reason, StringComparison.Ordinal);

    [Fact]
    public void The_schema_has_every_key_and_every_word_and_no_other()
    {
        var top = Document["properties"]!.AsObject();
        var match = top["match"]!["properties"]!.AsObject();

        Assert.Equal(RunbookKeys.Top, top.Select(p => p.Key));
        Assert.Equal(RunbookKeys.Match, match.Select(p => p.Key));
        Assert.Equal(RunbookKeys.Risks, top["risk"]!["enum"]!.AsArray().Select(w => (string)w!));
        Assert.Equal(RunbookKeys.Trusts, top["trust"]!["enum"]!.AsArray().Select(w => (string)w!));
        Assert.Equal(RunbookKeys.Levels, match["levels"]!["items"]!["enum"]!.AsArray().Select(w => (string)w!));
        Assert.All(top.Concat(match), p => Assert.False(string.IsNullOrWhiteSpace((string?)p.Value!["description"]), p.Key));
    }

    [Fact]
    public void The_examples_of_the_document_are_good_and_it_names_every_key()
    {
        var text = File.ReadAllText(RepositoryFiles.Of("docs/runbooks.md"));
        var examples = Example().Matches(text).Select(m => m.Groups[1].Value).ToList();

        Assert.NotEmpty(examples);
        foreach (var example in examples)
        {
            Assert.Empty(SomeNotes.Read(example).Problems);
            Assert.Empty(new SchemaCheck(Document).Of(YamlJson.Of(example.Split("---")[1])));
        }

        Assert.All(RunbookKeys.Top.Concat(RunbookKeys.Match).Concat(RunbookKeys.Trusts), key => Assert.Contains($"`{key}`", text, StringComparison.Ordinal));
    }

    [GeneratedRegex("````markdown\n(---.*?)````", RegexOptions.Singleline)]
    private static partial Regex Example();
}
