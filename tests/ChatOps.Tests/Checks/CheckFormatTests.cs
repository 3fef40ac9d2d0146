using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatOps.Checks.Files;
using ChatOps.Configuration;
using ChatOps.Testing.Schemas;

namespace ChatOps.Tests.Checks;

/// <summary>The schema that editors use says what the gateway says, and every slip is named with its line.</summary>
public sealed partial class CheckFormatTests
{
    private static readonly JsonObject Document = JsonNode.Parse(File.ReadAllText(RepositoryFiles.Of("workspace/schemas/checks.schema.json")))!.AsObject();
    private static readonly SchemaCheck Schema = new(Document);
    private static readonly string Shipped = File.ReadAllText(RepositoryFiles.Of("workspace/checks/machines.yaml"));

    [Fact]
    public void The_shipped_file_is_good_as_it_is_and_with_its_examples_put_in()
    {
        var examples = Example().Replace(Shipped, "");

        foreach (var text in new[] { Shipped, examples })
        {
            Assert.Empty(Schema.Of(YamlJson.Of(text)));
            Assert.Empty(Read(text).Problems);
        }

        Assert.Equal(["disk-root", "memory", "web", "certificate", "nginx", "nginx-errors"], Read(examples).Checks.Select(c => c.Name));
    }

    [Fact]
    public void The_schema_has_every_key_and_every_kind_and_no_other()
    {
        var item = Document["properties"]!["checks"]!["items"]!;

        Assert.Equal(KindFormat.All.SelectMany(k => k.AllKeys).Distinct().Order(), item["properties"]!.AsObject().Select(p => p.Key).Order());
        Assert.Equal(KindFormat.All.Select(k => k.Word), item["properties"]!["kind"]!["enum"]!.AsArray().Select(k => k!.GetValue<string>()));
        Assert.All(item["properties"]!.AsObject(), p => Assert.False(string.IsNullOrWhiteSpace((string?)p.Value!["description"]), p.Key));
    }

    [Fact]
    public void The_document_has_every_key_and_every_kind()
    {
        var text = File.ReadAllText(RepositoryFiles.Of("docs/checks.md"));

        Assert.All(KindFormat.All.SelectMany(k => k.AllKeys.Append(k.Word)).Distinct(), key => Assert.Contains($"`{key}`", text, StringComparison.Ordinal));
        foreach (Match example in Yaml().Matches(text))
        {
            Assert.Empty(Schema.Of(YamlJson.Of(example.Groups[1].Value)));
            Assert.Empty(Read(example.Groups[1].Value).Problems);
        }
    }

    [Fact]
    public void Every_key_of_every_kind_is_read()
    {
        foreach (var kind in KindFormat.All)
        {
            var keys = kind.Keys.Where(k => kind.OneOf.Count == 0 || !kind.OneOf.Contains(k.Name) || k.Name == kind.OneOf[0]).ToList();
            var text = $"checks:\n  - name: one\n    kind: {kind.Word}\n    on: all\n" + string.Concat(keys.Select(k => $"    {k.Name}: {Sample(k)}\n"));
            var (checks, problems) = Read(text);

            Assert.True(problems.Count == 0, $"{kind.Word}: {string.Join("; ", problems)}");
            Assert.Empty(Schema.Of(YamlJson.Of(text)));
            Assert.All(keys, k => Assert.NotNull(Assert.Single(checks).Text(k.Name)));
        }
    }

    [Theory]
    [InlineData("checks: {}", 1, "must be a list")]
    [InlineData("check: []", 1, "unknown key 'check'")]
    [InlineData("checks:\n  - kind: disk\n    on: all", 2, "'name' is missing")]
    [InlineData("checks:\n  - name: a\n    on: all", 2, "'kind' is missing")]
    [InlineData("checks:\n  - name: a\n    kind: disc\n    on: all", 3, "no kind 'disc'")]
    [InlineData("checks:\n  - name: a\n    kind: disk", 2, "'on' is missing")]
    [InlineData("checks:\n  - name: A b\n    kind: disk\n    on: all", 2, "a name has")]
    [InlineData("checks:\n  - name: a\n    kind: disk\n    on: all\n    pfad: /", 5, "unknown key 'pfad'")]
    [InlineData("checks:\n  - name: a\n    kind: disk\n    on: all\n    interval: 1s", 5, "duration")]
    [InlineData("checks:\n  - name: a\n    kind: disk\n    on: all\n    interval: often", 5, "duration")]
    [InlineData("checks:\n  - name: a\n    kind: disk\n    on: all\n    warn: 90\n    critical: 80", 6, "above the one that warns")]
    [InlineData("checks:\n  - name: a\n    kind: disk\n    on: all\n    warn: much", 5, "must be a number")]
    [InlineData("checks:\n  - name: a\n    kind: disk\n    on: all\n    retries: 21", 5, "from 0 to 20")]
    [InlineData("checks:\n  - name: a\n    kind: disk\n    on: all\n    enabled: perhaps", 5, "true or false")]
    [InlineData("checks:\n  - name: a\n    kind: disk\n    on: all\n    severity: bad", 5, "warning or critical")]
    [InlineData("checks:\n  - name: a\n    kind: disk\n    on: all\n    path: var", 5, "absolute path")]
    [InlineData("checks:\n  - name: a\n    kind: disk\n    on: all\n    quota: big", 5, "a size")]
    [InlineData("checks:\n  - name: a\n    kind: disk\n    on: 'env='", 4, "")]
    [InlineData("checks:\n  - name: a\n    kind: disk\n    on: all\n    to: irc:x", 5, "no channel 'irc'")]
    [InlineData("checks:\n  - name: a\n    kind: disk\n    on: all\n    maintenance: [{ from: '25:00', to: '03:00' }]", 5, "a time")]
    [InlineData("checks:\n  - name: a\n    kind: disk\n    on: all\n    maintenance: [{ from: '02:00', to: '03:00', zone: Mars/Base }]", 5, "no time zone")]
    [InlineData("checks:\n  - name: a\n    kind: http\n    url: ftp://x", 4, "http://")]
    [InlineData("checks:\n  - name: a\n    kind: http\n    url: https://x\n    status: [99]", 5, "status code")]
    [InlineData("checks:\n  - name: a\n    kind: certificate\n    on: all\n    host: x\n    path: /y", 2, "exactly one of")]
    [InlineData("checks:\n  - name: a\n    kind: log_errors\n    on: all\n    path: /var/log/x\n    pattern: '('", 6, "regular expression")]
    [InlineData("checks:\n  - name: a\n    kind: service\n    on: all\n    service: '-rf'", 5, "plain name")]
    [InlineData("checks:\n  - name: a\n    kind: command\n    on: all\n    run: rm -rf /tmp/x", 5, "a check only reads")]
    [InlineData("checks:\n  - &x { name: a, kind: memory, on: all }", 2, "anchors")]
    [InlineData("checks:\n  - name: [", 2, "not valid YAML")]
    [InlineData("checks:\n  - name: a\n    kind: memory\n    on: all\n    on: web", 5, "already written in line 4")]
    [InlineData("---\nchecks: []\n---\nchecks: []", 3, "second YAML document")]
    public void What_is_wrong_is_named_with_its_line(string text, int line, string reason)
    {
        var problem = Assert.Single(Read(text).Problems);

        Assert.Equal(line, problem.Line);
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_check_leaves_the_others_in_force()
    {
        var (checks, problems) = Read("checks:\n  - { name: a, kind: memory, on: all }\n  - { name: b, kind: memory }\n  - { name: c, kind: load, on: all }");

        Assert.Equal(["a", "c"], checks.Select(c => c.Name));
        Assert.Equal(3, Assert.Single(problems).Line);
    }

    private static (IReadOnlyList<CheckDefinition> Checks, IReadOnlyList<ConfigurationProblem> Problems) Read(string text) => new CheckReader(SomeChecks.Policy).Read("checks.yaml", text);

    private static string Sample(KindKey key) => key switch
    {
        { Name: "run" } => "uptime",
        { Name: "method" } => "HEAD",
        { Name: "status" } => "[200, 300-399]",
        { Name: "exit" } => "[0, 1]",
        { Form: KeyForm.Number } => "5",
        { Form: KeyForm.Size } => "10G",
        { Form: KeyForm.Pattern } => "'([0-9]+)'",
        { Form: KeyForm.List } => "[a, b]",
        { Form: KeyForm.Url } => "https://example.com/x",
        { Form: KeyForm.Path } => "/var/log/x",
        _ => "nginx",
    };

    [GeneratedRegex("(?m)^#(?=  )")]
    private static partial Regex Example();

    [GeneratedRegex("```yaml\n(checks:.*?)```", RegexOptions.Singleline)]
    private static partial Regex Yaml();
}
