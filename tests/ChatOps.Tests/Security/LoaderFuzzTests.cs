using System.Text;
using ChatOps.Agent.Skills;
using ChatOps.Checks.Files;
using ChatOps.Configuration;
using ChatOps.Host;
using ChatOps.Host.Api;
using ChatOps.Identity.Files;
using ChatOps.Node.Policy;
using ChatOps.Policy.Rules;
using ChatOps.Scheduling.Files;
using ChatOps.Testing;
using ChatOps.Testing.Schemas;
using ChatOps.Tests.Checks;
using ChatOps.Tests.Checks.Runbooks;
using ChatOps.Tests.Identity;
using ChatOps.Tests.Policy;
using ChatOps.Tests.Skills;
using ChatOps.Tools;

namespace ChatOps.Tests.Security;

/// <summary>Every loader of files and every reader of arguments, given mangled forms of good inputs: what it does not take it refuses with words, soon, and never with an exception.</summary>
public sealed class LoaderFuzzTests
{
    [Fact]
    public void The_reader_of_rights() => Fuzz.Run(Seeds("workspace/access.yaml", "people:\n  ana:\n    name: Ana\n    roles: [operator]\n    identities: [\"telegram:12345\"]\nroles:\n  deployer:\n    allow:\n      - { tool: run, on: \"role=web\" }\n"), text =>
    {
        var problems = new List<ConfigurationProblem>();
        Assert.True(new AccessDocumentReader(() => AccessBench.Tools).Read("f", text, problems) is not null || problems.Count > 0);
    });

    [Fact]
    public void The_reader_of_the_policy() => Fuzz.Run(
        Seeds("workspace/policy.yaml", "approvals:\n  - { risk: [change, dangerous], on: \"env=prod\", votes: 2, roles: [operator] }\nraise:\n  - { command: kubectl logs, risk: change, why: x }\ncommands:\n  - name: deployctl\n    flags: -v --env=one(staging|prod)\n    sub:\n      status|list: { operands: text* }\n"),
        text => Assert.True(new PolicyReader(PolicyUnderTest.BuiltIn, ["/gateway"], ["run"]).Read(text, "f", out var problems) is not null || problems.Count > 0));

    [Fact]
    public void The_reader_of_checks() => Fuzz.Run(
        Seeds("workspace/checks/machines.yaml", "checks:\n  - name: disk\n    kind: disk\n    on: \"role=web\"\n    every: 5m\n    warn: 80\n    critical: 90\n", "checks:\n  - name: site\n    kind: http\n    url: https://example.com/\n    every: 1m\n    days: [mon]\n"),
        text => Assert.NotNull(new CheckReader(SomeChecks.Policy).Read("f", text).Checks));

    [Fact]
    public void The_reader_of_runbook_notes() => Fuzz.Run(
        [SomeNotes.Text(), SomeNotes.Text("suggest", "read", "kinds: [disk], words: [full]")],
        text =>
        {
            var (note, problems) = SomeNotes.Read(text, "f");
            Assert.True(note is not null || problems.Count > 0);
        });

    [Fact]
    public void The_reader_of_schedules() => Fuzz.Run(
        Seeds(null, "schedules:\n  nightly:\n    run: uptime\n    on: all\n    cron: \"0 3 * * *\"\n    zone: Europe/Berlin\n", "nightly:\n  every: 1h\n  do: /status\n"),
        text => Assert.True(ScheduleFileReader.Read("f", text, out var problems) is not null || problems.Count > 0));

    [Fact]
    public void The_reader_of_a_nodes_own_policy()
    {
        using var folder = new TempDirectory();
        Fuzz.Run(["change: allow\nrules:\n  - program: systemctl\n    risk: change\n    then: approval\n  - program: \"*\"\n    risk: dangerous\n    then: never\n"], text =>
        {
            File.WriteAllText(folder["node-policy.yaml"], InFile(text));
            try
            {
                Assert.NotNull(NodePolicyLoader.Load(folder["node-policy.yaml"]));
            }
            catch (ConfigurationProblemsException e)
            {
                Assert.NotEmpty(e.Problems);
            }
        });
    }

    [Fact]
    public void The_reader_of_settings() => Fuzz.Run(Seeds("appsettings.json", """{ "Models": [ { "Name": "a", "Provider": "openai" } ], "Gateway": { "Urls": "http://127.0.0.1:0" } }"""), text =>
    {
        var problems = new List<ConfigurationProblem>();
        var values = SettingsFile.Parse("f", Encoding.UTF8.GetBytes(text), problems);
        Assert.NotNull(ReleaseSchema.Own().ProblemsOf(values));
    });

    [Fact]
    public void The_reader_of_a_skills_head() => Fuzz.Run([.. Directory.GetFiles(RepositoryFiles.Of("skills"), "SKILL.md", SearchOption.AllDirectories).Select(File.ReadAllText)], text =>
    {
        var (header, problem) = SkillHeader.Read(text);
        Assert.True(header is null ^ problem is null);
    });

    [Fact]
    public void The_scan_of_a_skill()
    {
        using var fixture = new SkillFixture();
        Fuzz.Run([.. Directory.GetFiles(RepositoryFiles.Of("skills"), "SKILL.md", SearchOption.AllDirectories).Take(4).Select(File.ReadAllText)],
            text => Assert.InRange(fixture.Scan(InFile(text)).Count, 0, SkillScan.MaxFindings + 3));
    }

    [Fact]
    public void The_arguments_of_every_tool()
    {
        var tools = ToolDefinitions.All;
        var next = 0;
        Fuzz.Run(
            Seeds(null, """{ "arguments": { "command_line": "uptime", "on": "role=web", "limit": 5, "json": true }, "idempotencyKey": "k", "why": "because" }""", """{ "arguments": { "name": "a", "ttl": "1h", "label": ["a=b"] } }"""),
            text => Assert.True(ToolCallBody.TryRead(Encoding.UTF8.GetBytes(text), tools[next++ % tools.Count], out var body, out var problem) ? body is not null : problem is { Length: > 0 }));
    }

    [Fact]
    public void The_grammar_and_the_rating_of_commands() => Fuzz.Run(
        ["uptime && df -h | sort -k2 > /dev/null", "kubectl get pods -n 'prod a' ; systemctl restart nginx", "find / -name \"*.log\" -exec rm {} \\;", "git -C /srv log --oneline | head -n 5 2>&1"],
        text =>
        {
            var rated = PolicyUnderTest.Risk.Assess(text);
            Assert.False(string.IsNullOrEmpty(rated.Reason));
        });

    // No half of a character comes out of a file.
    private static string InFile(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static IReadOnlyList<string> Seeds(string? file, params string[] texts) => file is null ? texts : [.. texts, File.ReadAllText(RepositoryFiles.Of(file))];
}
