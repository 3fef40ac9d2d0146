using ChatOps.Yaml;

namespace ChatOps.Tests.Identity;

public sealed class AccessLoadingTests
{
    [Theory]
    [InlineData("rolls: {}", 1, "rolls", "unknown key", "roles")]
    [InlineData("people:\n  ana:\n    rols: [admin]", 3, "people.ana.rols", "unknown key", "roles")]
    [InlineData("roles:\n  dev:\n    allows: []", 3, "roles.dev.allows", "unknown key", "allow")]
    [InlineData("roles:\n  dev:\n    allow:\n      - { tool: run, at: all, on: all }", 4, "roles.dev.allow[0].at", "unknown key", null)]
    [InlineData("roles:\n  dev:\n    allow:\n      - { tool: rum, on: all }", 4, "roles.dev.allow[0].tool", "no tool or group", "run")]
    [InlineData("roles:\n  dev:\n    deny:\n      - tool: run\n        on: 'env=prod,,'", 5, "roles.dev.deny[0].on", "cannot read the selector", null)]
    [InlineData("roles:\n  dev:\n    deny:\n      - tool: run\n        on: ALL", 5, "roles.dev.deny[0].on", "lower case", null)]
    [InlineData("roles:\n  dev:\n    allow:\n      - { tool: run }", 4, "roles.dev.allow[0]", "'on' is missing", null)]
    [InlineData("roles:\n  dev:\n    allow:\n      - { on: all }", 4, "roles.dev.allow[0]", "'tool' is missing", null)]
    [InlineData("roles:\n  dev:\n    allow:\n      - run", 4, "roles.dev.allow[0]", "must be a map", null)]
    [InlineData("roles:\n  dev:\n    allow: run", 3, "roles.dev.allow", "must be a list", null)]
    [InlineData("roles:\n  operator:\n    allow: []", 2, "roles.operator", "built-in role", null)]
    [InlineData("roles:\n  Dev: {}", 2, "roles.Dev", "lower case", null)]
    [InlineData("people:\n  ana:\n    roles: [operater]", 3, "people.ana.roles[0]", "no role 'operater'", "operator")]
    [InlineData("people:\n  ana:\n    roles: [viewer, viewer]", 3, "people.ana.roles[1]", "already in this list", null)]
    [InlineData("people:\n  ana:\n    roles: admin", 3, "people.ana.roles", "must be a list", null)]
    [InlineData("people:\n  ana: {}\n  ben: {}\n  ana: {}", 4, "people.ana", "already written in line 2", null)]
    [InlineData("people:\n  'a:b': {}", 2, "people.a:b", "lower case", null)]
    [InlineData("people:\n  ana:\n    name: [x]", 3, "people.ana.name", "must be a text", null)]
    [InlineData("people:\n  ana:\n    name:", 3, "people.ana.name", "missing", null)]
    [InlineData("people:\n  ana:\n    name: \"a\\u202Eb\"", 3, "people.ana.name", "invisible", null)]
    [InlineData("people:\n  ana:\n    identities: [telegram]", 3, "people.ana.identities[0]", "channel:id", null)]
    [InlineData("people:\n  ana:\n    identities: ['telegram:a b']", 3, "people.ana.identities[0]", "channel:id", null)]
    [InlineData("people:\n  ana:\n    identities: ['a:b:c:d']", 3, "people.ana.identities[0]", "channel:id", null)]
    [InlineData("people:\n  ana:\n    identities: ['web:ana']", 3, "people.ana.identities[0]", "not an identity to list", null)]
    [InlineData("people:\n  ana:\n    identities: ['cli:ana']", 3, "people.ana.identities[0]", "not an identity to list", null)]
    [InlineData("people:\n  ana:\n    identities: ['api:ana']", 3, "people.ana.identities[0]", "not an identity to list", null)]
    [InlineData("people:\n  ana:\n    identities: ['t:1']\n  ben:\n    identities:\n      - t:1", 6, "people.ben.identities[0]", "already belongs to ana", null)]
    [InlineData("people:\n  ana: &a {}\n  ben: *a", 2, "people.ana", "anchors", null)]
    [InlineData("people:\n  ana: *a", 2, "people.ana", "aliases", null)]
    [InlineData("people:\n  ana: !x {}", 2, "people.ana", "tags", null)]
    [InlineData("people:\n  ? [ana]\n  : {}", 2, "people.?", "plain name", null)]
    [InlineData("groups:\n  web: '='", 2, "groups.web", "cannot read the selector", null)]
    [InlineData("groups:\n  Web: all", 2, "groups.Web", "", null)]
    [InlineData("groups:\n  web: role=web\n  all-web: '@web'", 3, "groups.all-web", "cannot name another group", null)]
    [InlineData("groups:\n  web: role=web\nroles:\n  dev:\n    deny:\n      - { tool: run, on: '@wbe' }", 6, "roles.dev", "no group 'wbe'; there are web", "web")]
    [InlineData("roles:\n  dev:\n    allow:\n      - { tool: run, on: 'group in (a,web)' }", 4, "roles.dev", "no group 'a'; write it", null)]
    [InlineData("people: {}\n---\nroles: {}", 2, "(file)", "second YAML document", null)]
    [InlineData("- people", 1, "(file)", "must be a map", null)]
    [InlineData("people:\n  ana: {", 2, "(file)", "not valid YAML", null)]
    [InlineData("people:\n\tana: {}", 2, "(file)", "not valid YAML", null)]
    public async Task A_slip_is_refused_with_its_line_and_what_would_be_right(string text, int line, string key, string reason, string? nearest)
    {
        var problems = await AccessBench.ProblemsOfAsync(text);

        var problem = Assert.Single(problems);
        Assert.Equal((line, key), (problem.Line, problem.Key));
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
        Assert.Equal(nearest, problem.Nearest);
        Assert.EndsWith("workspace.yaml", problem.File, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_problems_of_both_files_come_at_once()
    {
        var problems = await AccessBench.ProblemsOfAsync(
            """
            roles:
              dev:
                allow:
                  - { tool: rum, on: all }
                  - { tool: run, on: "=" }
            people:
              ana:
                roles: [nobody]
                identities: ["web:ana", "telegram:1"]
                colour: red
            """,
            """
            people:
              ben:
                roles: [dev, missing]
                identities: ["telegram:1"]
            """);

        Assert.Equal(
            ["data.yaml:3", "data.yaml:4", "workspace.yaml:10", "workspace.yaml:4", "workspace.yaml:5", "workspace.yaml:8", "workspace.yaml:9"],
            problems.Select(p => $"{Path.GetFileName(p.File)}:{p.Line}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but a remark\n")]
    [InlineData("roles:\npeople:\n")]
    [InlineData("people:\n  ana:\n")]
    [InlineData("people:\n  ana: { roles: , identities: ~ }\n")]
    public async Task What_is_left_empty_is_nothing(string text)
    {
        using var bench = await AccessBench.LoadedAsync(text);

        Assert.Contains("owner", bench.Principals.All().Select(p => p.Id));
        Assert.Empty(bench.Principals.Find("ana")?.Roles ?? []);
    }

    [Fact]
    public async Task Deep_nesting_is_refused_before_it_is_read()
    {
        var problem = Assert.Single(await AccessBench.ProblemsOfAsync("people: " + new string('[', 100_000)));

        Assert.Contains("nested", problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_beyond_the_limits_is_refused()
    {
        var tooLong = Assert.Single(await AccessBench.ProblemsOfAsync("#" + new string('x', YamlReader.MaxLength)));
        var tooMany = Assert.Single(await AccessBench.ProblemsOfAsync("people: [" + string.Concat(Enumerable.Repeat("a,", YamlReader.MaxElements + 1)) + "a]"));

        Assert.Contains("characters", tooLong.Reason, StringComparison.Ordinal);
        Assert.Contains("entries", tooMany.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_text_is_refused()
    {
        using var bench = new AccessBench();
        await File.WriteAllBytesAsync(bench.Options.WorkspaceFile, [0x70, 0xC3, 0x28, 0xFF]);

        var refused = await Assert.ThrowsAsync<ChatOps.Configuration.ConfigurationProblemsException>(() => bench.Files.LoadAsync(CancellationToken.None));

        Assert.Contains("UTF-8", Assert.Single(refused.Problems).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_control_character_does_not_hide_the_rest_of_the_file()
    {
        var problem = Assert.Single(await AccessBench.ProblemsOfAsync("people:\n  ana: {}\n\0\n  ben: { roles: [nobody] }"));

        Assert.Equal(3, problem.Line);
        Assert.Contains("U+0000", problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_problem_quotes_cannot_fool_a_terminal()
    {
        var problem = Assert.Single(await AccessBench.ProblemsOfAsync("\"\\e[31m\\u202Ered\": 1"));

        Assert.DoesNotContain(problem.ToString(), c => char.IsControl(c) || c == '\u202E');
    }

    [Theory]
    [InlineData(new byte[] { 34, 92, 85, 70, 70, 70, 70, 70, 70, 70, 70, 34 })] // "\UFFFFFFFF"
    [InlineData(new byte[] { 34, 92, 117, 100, 56, 48, 48, 34, 58, 32, 49 })] // "\ud800": 1
    [InlineData(new byte[] { 37, 89, 65, 77, 76, 32, 57, 57, 57, 57, 57, 57, 57, 57, 57, 57, 57, 57, 46, 49, 10 })] // %YAML 999999999999.1
    public async Task Malformed_escapes_and_directives_are_problems_too(byte[] text) =>
        Assert.NotEmpty(await AccessBench.ProblemsOfAsync(System.Text.Encoding.ASCII.GetString(text)));
}
