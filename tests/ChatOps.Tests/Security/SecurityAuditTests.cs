using System.Text.Json;
using System.Text.RegularExpressions;
using ChatOps.Cli.Security;
using ChatOps.Fleet;
using ChatOps.Host.Backups;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Testing;
using ChatOps.Testing.Schemas;
using ChatOps.Tests.Cli;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Security;

public sealed partial class SecurityAuditTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Every_id_stands_in_the_documentation_and_no_other_does()
    {
        var documented = Row().Matches(File.ReadAllText(RepositoryFiles.Of("docs/security-audit.md"))).Select(m => m.Groups[1].Value);

        Assert.Equal(SecurityChecks.Ids(TimeProvider.System).Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_sound_installation_has_nothing_to_mend_and_nothing_is_made_where_nothing_is()
    {
        var fresh = await AuditAsync();
        Assert.False(Directory.Exists(directory["data"]));
        Assert.Equal(0, fresh.ExitCode);

        await StartOnceAsync();
        var used = await AuditAsync();
        Assert.True(used.ExitCode == 0, used.Output);
        Assert.Contains(Read(used), f => f is { Id: "audit.intact", Severity: "ok" });
        Assert.Contains(Read(used), f => f is { Id: "access.alone", Severity: "note" });
    }

    [Fact]
    public async Task Files_that_others_can_use_are_critical()
    {
        await StartOnceAsync();
        File.SetUnixFileMode(directory["data/chatops.db"], Owner | UnixFileMode.OtherRead);
        Directory.CreateDirectory(directory["workspace"]);
        File.SetUnixFileMode(directory["workspace"], Owner | UnixFileMode.UserExecute | UnixFileMode.OtherWrite);

        var run = await AuditAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(Read(run), f => f is { Id: "files.data-file", Severity: "critical" });
        Assert.Contains(Read(run), f => f is { Id: "files.workspace-writable", Severity: "critical" });
    }

    [Fact]
    public async Task A_secret_in_the_settings_is_named_by_its_key_and_never_shown()
    {
        const string Secret = "xoxb-1234567890-abcdefghijkl";
        var file = Config($$"""{ "Search": { "Provider": "Brave", "ApiKey": "{{Secret}}" } }""");
        File.SetUnixFileMode(file, Owner);
        var run = await AuditAsync("--config", file);

        Assert.Contains("Search:ApiKey", Assert.Single(Read(run), f => f is { Id: "secrets.in-settings", Severity: "warning" }).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, run.Output + run.Error, StringComparison.Ordinal);

        File.SetUnixFileMode(file, Owner | UnixFileMode.OtherRead);
        Assert.Contains(Read(await AuditAsync("--config", file)), f => f is { Id: "secrets.in-open-settings", Severity: "critical" });
    }

    [Fact]
    public async Task What_weakens_a_boundary_is_found_in_the_settings()
    {
        File.WriteAllText(directory["broker"], "a password\n");
        File.SetUnixFileMode(directory["broker"], Owner);
        var run = await AuditAsync("--config", Config($$"""
            {
              "Gateway": { "Urls": "http://0.0.0.0:18790", "TrustedProxy": "10.0.0.0/8" },
              "Approvals": { "FourEyes": "Never", "Expiry": "48h" },
              "Egress": { "Allow": [ "0.0.0.0/0" ] },
              "Models": [ { "Name": "m", "Provider": "openai", "Model": "x", "BaseUrl": "http://models.example.com/v1" } ],
              "Bus": { "Transport": "RabbitMq", "RabbitMq": { "Host": "mq.example.com", "Username": "guest", "Password": "${file:{{directory["broker"]}}}" } },
              "Store": { "Provider": "PostgreSql", "ConnectionString": "Host=db.example.com;Username=chatops;SSL Mode=Prefer" }
            }
            """));
        var found = Read(run);
        string[] expected =
            ["listener.behind-proxy", "listener.wide-proxy", "approvals.one-person", "approvals.long-expiry", "egress.wide", "models.plain", "broker.plain", "broker.default-user", "store.plain"];

        Assert.True(run.ExitCode == 1, run.Output + run.Error);
        Assert.Empty(expected.Except(found.Select(f => f.Id)));
        Assert.Equal("critical", found.Single(f => f.Id == "broker.default-user").Severity);
    }

    [Fact]
    public async Task A_backup_without_a_passphrase_and_a_changed_record_are_found()
    {
        await StartOnceAsync();
        var writer = new BackupWriter(TimeProvider.System, new IdGenerator(TimeProvider.System));
        writer.Write(new StorageOptions { DataDirectory = directory["data"] }, directory["sealed"], "correct horse battery");
        Assert.DoesNotContain(Read(await AuditAsync()), f => f.Id == "backups.plain");

        writer.Write(new StorageOptions { DataDirectory = directory["data"] }, directory["open"], null);
        File.WriteAllText(directory["data/audit.checkpoint"], "nonsense");
        var found = Read(await AuditAsync());

        Assert.Contains(directory["open"], Assert.Single(found, f => f.Id == "backups.plain").Text, StringComparison.Ordinal);
        Assert.Contains(found, f => f is { Id: "audit.broken", Severity: "critical" });
    }

    [Fact]
    public async Task Roles_that_allow_everything_and_many_admins_are_found()
    {
        Directory.CreateDirectory(directory["workspace"]);
        File.WriteAllText(directory["workspace/access.yaml"], """
            roles:
              master:
                allow:
                  - { tool: "*", on: "all" }
            people:
              ana: { roles: [admin] }
              ben: { roles: [admin] }
              cem: { roles: [admin] }
              dia: { roles: [admin] }
            """);
        await StartOnceAsync();

        var found = Read(await AuditAsync());

        Assert.Contains("access.yaml:4", Assert.Single(found, f => f.Id == "access.everything").Text, StringComparison.Ordinal);
        Assert.Contains("ana, ben, cem, dia", Assert.Single(found, f => f.Id == "access.many-admins").Text, StringComparison.Ordinal);
        Assert.Contains(found, f => f.Id == "access.unpaired-admin");
    }

    [Fact]
    public async Task Join_tokens_that_are_many_or_open_for_long_and_nodes_that_may_be_changed_at_will_are_found()
    {
        await StartOnceAsync();
        Assert.Contains(Read(await AuditAsync()), f => f is { Id: "join-tokens.bounded", Severity: "ok" });

        var now = TimeProvider.System.GetUtcNow();
        await using var storage = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton<IMessageBus>(new FakeMessageBus())
            .AddStorage(new StorageOptions { DataDirectory = directory["data"] }).BuildServiceProvider();
        await storage.GetRequiredService<IStoreInitializer>().InitializeAsync(CancellationToken.None);
        await storage.GetRequiredService<IStore>().WriteAsync(session =>
        {
            for (var i = 0; i < 11; i++) session.Nodes.AddToken(new JoinToken($"hash{i}", new Dictionary<string, string>(), "ana", now, now.AddHours(i == 0 ? 5 : 1)));
            return session.Nodes.Add(Node("loose", NodeFact.ChangesAtWill)) && session.Nodes.Add(Node("strict", "changes need an approval"));
        }, CancellationToken.None);
        var found = Read(await AuditAsync());

        Assert.Contains("11 join tokens", Assert.Single(found, f => f is { Id: "join-tokens.many", Severity: "warning" }).Text, StringComparison.Ordinal);
        Assert.Contains("made by ana", Assert.Single(found, f => f is { Id: "join-tokens.long", Severity: "note" }).Text, StringComparison.Ordinal);
        Assert.Contains("approval: loose.", Assert.Single(found, f => f is { Id: "nodes.open-policy", Severity: "warning" }).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_others_can_read_keeps_a_gateway_from_starting()
    {
        await StartOnceAsync();
        File.SetUnixFileMode(directory["data/gateway.key"], Owner | UnixFileMode.GroupRead);

        var refused = await CliRun.OfAsync([.. Here("run", "true", "--on", "local")]);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("gateway.key can be read by others", refused.Output + refused.Error, StringComparison.Ordinal);
        Assert.Contains(Read(await AuditAsync()), f => f is { Id: "gateway.not-looked-at", Severity: "warning" });
    }

    private static NodeRow Node(string name, string policy)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new(name, "key-" + name, new Dictionary<string, string>(), false, false, null, 1, 1, "1.0.0", new Dictionary<string, string> { [NodeFact.Policy] = policy }, now, now, 1);
    }

    private string Config(string json)
    {
        File.WriteAllText(directory["config.json"], json);
        return directory["config.json"];
    }

    private async Task StartOnceAsync() => Assert.Equal(0, (await CliRun.OfAsync([.. Here("run", "true", "--on", "local")])).ExitCode);

    private Task<CliRun> AuditAsync(params string[] options) => CliRun.OfAsync([.. Here(["security", "audit", "--json", .. options])]);

    private IEnumerable<string> Here(params string[] words) => [.. words, "--data", directory["data"], "--workspace", directory["workspace"]];

    private static IReadOnlyList<Found> Read(CliRun run)
    {
        using var body = JsonDocument.Parse(run.Output);
        return [.. body.RootElement.EnumerateArray().Select(f => new Found(f.GetProperty("id").GetString()!, f.GetProperty("severity").GetString()!, f.GetProperty("text").GetString()!))];
    }

    [GeneratedRegex(@"^\| `([a-z.-]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    private sealed record Found(string Id, string Severity, string Text);
}
