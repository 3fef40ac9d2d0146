using System.Runtime.CompilerServices;
using System.Text.Json;
using ChatOps.Cli.Client;
using ChatOps.Cli.Doctor;
using ChatOps.Configuration;
using ChatOps.Fleet;
using ChatOps.Host;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Cli.Security;

/// <summary>What the gateway itself knows: people and their rights, tokens, nodes, tools of others, and whether the record holds.</summary>
internal sealed class GatewayCheck(TimeProvider time) : ISecurityCheck
{
    private const int ManyAdmins = 3;
    private const int ManyJoinTokens = 10;
    private static readonly TimeSpan LongJoinToken = TimeSpan.FromHours(4);
    private const string OwnersKey = "owner's command line";
    private static readonly TimeSpan Unused = TimeSpan.FromDays(90);
    private static readonly TimeSpan LongLived = TimeSpan.FromDays(366);

    public IReadOnlyList<string> Ids { get; } =
    [
        "gateway.not-looked-at", "access.people", "access.alone", "access.many-admins", "access.unpaired-admin", "access.everything", "tokens.bounded", "tokens.unused", "tokens.long-lived",
        "nodes.trusted", "nodes.quarantined", "nodes.old", "nodes.open-policy", "join-tokens.bounded", "join-tokens.many", "join-tokens.long", "audit.intact", "audit.broken", "mcp.unrated",
    ];

    public async IAsyncEnumerable<SecurityFinding> LookAsync(Patient patient, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Looking must not make anything.
        if (!Directory.Exists(patient.Data)) yield break;
        var (connection, why) = await ConnectAsync(patient, cancellationToken);
        if (connection is null)
        {
            yield return new("gateway.not-looked-at", Severity.Warning, $"People, tokens, nodes and the record were not looked at: {why}", "See chatops doctor.");
            yield break;
        }

        await using (connection)
        {
            var client = connection.Client;
            foreach (var finding in People(await ResultAsync(client, "access_people", cancellationToken))) yield return finding;
            foreach (var finding in Roles(await ResultAsync(client, "access_roles", cancellationToken))) yield return finding;
            foreach (var finding in Tokens(await ResultAsync(client, "access_token_list", cancellationToken))) yield return finding;
            foreach (var finding in Nodes(await ResultAsync(client, "nodes", cancellationToken))) yield return finding;
            var fleet = await client.CallAsync("fleet_status", new Dictionary<string, string>(), null, cancellationToken);
            foreach (var finding in JoinTokens([.. fleet.Raw.GetProperty("result").GetProperty("joinTokens").EnumerateArray()])) yield return finding;
            if (patient.Settings.Options.Mcp.Servers.Count > 0)
                foreach (var finding in OutsideTools(await ResultAsync(client, "mcp_tools", cancellationToken))) yield return finding;
            var record = await client.CallAsync("audit_verify", new Dictionary<string, string>(), null, cancellationToken);
            yield return record.Status == InvocationStatus.Done
                ? new("audit.intact", Severity.Ok, $"The record: {record.Summary}")
                : new("audit.broken", Severity.Critical, $"The record does not verify: {record.Summary}", "Keep the data directory as it is, look at the named record, and find out who could write there.");
        }
    }

    private static IEnumerable<SecurityFinding> People(IReadOnlyList<JsonElement> people)
    {
        var admins = people.Where(p => Texts(p, "roles").Contains("admin")).ToList();
        yield return people.Count > 1
            ? new("access.people", Severity.Ok, $"{people.Count} people are known, {admins.Count} of them admins.")
            : new("access.alone", Severity.Note, "One person is known: whoever asks for a change also decides it.", "Let a second person in: chatops access grant NAME operator");
        if (admins.Count > ManyAdmins)
            yield return new("access.many-admins", Severity.Warning, $"{admins.Count} of {people.Count} people are admins, who may do everything: {Names(admins, "id")}.", "Give most of them the role operator: chatops access revoke NAME admin");
        if (people.Count > 1 && admins.Where(a => Texts(a, "identities").Count == 0).ToList() is { Count: > 0 } unpaired)
            yield return new("access.unpaired-admin", Severity.Note, $"Admins without an identity in any channel: {Names(unpaired, "id")}. Only this machine's command line, links and tokens make them who they are.", "Pair them (chatops access pair approve), or take the role from whoever is not used.");
    }

    private static IEnumerable<SecurityFinding> Roles(IReadOnlyList<JsonElement> roles)
    {
        foreach (var rule in roles.SelectMany(r => r.GetProperty("allow").EnumerateArray()).Where(r => Text(r, "file") != "built-in" && Text(r, "text").EndsWith(" everything on all", StringComparison.Ordinal)))
            yield return new("access.everything", Severity.Warning, $"{Text(rule, "file")}:{rule.GetProperty("line").GetInt32()}: {Text(rule, "text")}. Whoever has that role may change everything, rights included.", "Name the tools and the nodes that it is for.");
    }

    private IEnumerable<SecurityFinding> Tokens(IReadOnlyList<JsonElement> tokens)
    {
        var now = time.GetUtcNow();
        var given = tokens.Where(t => !Text(t, "name").StartsWith(OwnersKey, StringComparison.Ordinal)).ToList();
        var unused = given.Where(t => now - (Time(t, "lastUsedAt") ?? Time(t, "createdAt")!.Value) > Unused).ToList();
        var lasting = given.Where(t => Time(t, "expiresAt") - now > LongLived).ToList();
        if (unused.Count > 0) yield return new("tokens.unused", Severity.Warning, $"API tokens that nobody has used for {Unused.TotalDays:0} days: {Names(unused, "name")}.", "chatops access token revoke ID");
        if (lasting.Count > 0) yield return new("tokens.long-lived", Severity.Note, $"API tokens that hold for more than a year: {Names(lasting, "name")}.", "Make shorter ones (--ttl), and put making them into whatever uses them.");
        if (unused.Count + lasting.Count == 0) yield return new("tokens.bounded", Severity.Ok, $"{given.Count} API tokens, all of them in use and bounded.");
    }

    private static IEnumerable<SecurityFinding> Nodes(IReadOnlyList<JsonElement> nodes)
    {
        var quarantined = nodes.Where(n => Text(n, "state") == "quarantined").ToList();
        var old = nodes.Where(n => Text(n, "upgrade").Length > 0).ToList();
        if (quarantined.Count > 0) yield return new("nodes.quarantined", Severity.Critical, $"Nodes that may not be the machines that they were: {Names(quarantined, "name")}.", "chatops node show NAME says why; look at the machine, then resume or remove it.");
        if (old.Count > 0) yield return new("nodes.old", Severity.Note, $"Nodes with an older daemon than the gateway: {Names(old, "name")}.", "Put the gateway's version on them.");
        if (nodes.Where(n => n.TryGetProperty("facts", out var facts) && Text(facts, NodeFact.Policy) == NodeFact.ChangesAtWill).ToList() is { Count: > 0 } open)
            yield return new("nodes.open-policy", Severity.Warning, $"Nodes whose own policy lets a gateway change them without an approval: {Names(open, "name")}. Whoever takes the gateway has them too.", "In node-policy.yaml on the machine: change: approval, dangerous: approval, and rules for single programs.");
        if (quarantined.Count + old.Count == 0) yield return new("nodes.trusted", Severity.Ok, $"{nodes.Count} nodes, none in quarantine.");
    }

    private static IEnumerable<SecurityFinding> JoinTokens(IReadOnlyList<JsonElement> tokens)
    {
        var lasting = tokens.Where(t => Time(t, "expiresAt") - Time(t, "createdAt") > LongJoinToken).ToList();
        if (tokens.Count > ManyJoinTokens) yield return new("join-tokens.many", Severity.Warning, $"{tokens.Count} join tokens were not used yet: each lets one machine in.", "Make them when a machine is there to use them; they end by themselves.");
        if (lasting.Count > 0) yield return new("join-tokens.long", Severity.Note, $"Join tokens that are open for more than {LongJoinToken.TotalHours:0} h, made by {string.Join(", ", lasting.Select(t => Text(t, "createdBy")).Distinct())}.", "node token create --ttl 30m is enough for a machine that is there.");
        if (tokens.Count <= ManyJoinTokens && lasting.Count == 0) yield return new("join-tokens.bounded", Severity.Ok, $"{tokens.Count} join tokens not used yet, each for one machine and for a short time.");
    }

    private static IEnumerable<SecurityFinding> OutsideTools(IReadOnlyList<JsonElement> tools)
    {
        var unrated = tools.Where(t => t.GetProperty("used").GetBoolean() && Text(t, "risk").StartsWith("not rated", StringComparison.Ordinal)).ToList();
        if (unrated.Count > 0) yield return new("mcp.unrated", Severity.Note, $"Tools of MCP servers without a risk in policy.yaml: {Names(unrated, "name")}. Each call of them asks.", "Rate them under mcp: in policy.yaml.");
    }

    private static async Task<(GatewayConnection? Connection, string Why)> ConnectAsync(Patient patient, CancellationToken cancellationToken)
    {
        try
        {
            return (await GatewayFinder.ConnectAsync(patient.Global, null, cancellationToken), "");
        }
        catch (ConfigurationProblemsException e)
        {
            return (null, string.Join(" ", e.Problems.Select(p => p.ToString())));
        }
        catch (Exception e) when (e is StartRefusedException or StoreUnavailableException or CliFailureException)
        {
            return (null, e.Message);
        }
    }

    private static async Task<IReadOnlyList<JsonElement>> ResultAsync(GatewayClient client, string tool, CancellationToken cancellationToken) =>
        [.. (await client.CallAsync(tool, new Dictionary<string, string>(), null, cancellationToken)).Raw.GetProperty("result").EnumerateArray()];

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static DateTimeOffset? Time(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetDateTimeOffset() : null;

    private static List<string> Texts(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(e => e.GetString()!)];

    private static string Names(IEnumerable<JsonElement> elements, string name) => string.Join(", ", elements.Select(e => Text(e, name)));
}
