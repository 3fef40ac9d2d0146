using System.Net;
using System.Runtime.CompilerServices;
using ChatOps.Bus;
using ChatOps.Cli.Doctor;
using ChatOps.Host;

namespace ChatOps.Cli.Security;

/// <summary>What the gateway connects to: encrypted beyond this machine, with an account of its own, and no further than it must.</summary>
internal sealed class ConnectionsCheck : ISecurityCheck
{
    // What libpq's own words for encrypted connections begin with; Prefer and Allow fall back to none.
    private static readonly string[] EncryptedModes = ["require", "verify-ca", "verifyca", "verify-full", "verifyfull"];

    public IReadOnlyList<string> Ids { get; } = ["connections.private", "broker.plain", "broker.default-user", "store.plain", "models.plain", "egress.wide"];

    public async IAsyncEnumerable<SecurityFinding> LookAsync(Patient patient, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var findings = Of(patient.Settings.Options).ToList();
        foreach (var finding in findings) yield return finding;
        if (findings.Count == 0) yield return new("connections.private", Severity.Ok, "Connections beyond this machine are encrypted, and tools reach no more than the rule lets them.");
    }

    private static IEnumerable<SecurityFinding> Of(ChatOpsOptions options)
    {
        if (options.Bus.Transport == BusTransport.RabbitMq)
        {
            var broker = options.Bus.RabbitMq;
            if (!broker.UseTls && !IsHere(broker.Host))
                yield return new("broker.plain", Severity.Warning, $"The broker {broker.Host} is reached without encryption: its password and the ids of all work travel in the open.", "Set Bus:RabbitMq:UseTls (docs/operations.md), or keep both on a network that nobody else is on.");
            if (broker.Username == "guest")
                yield return new("broker.default-user", IsHere(broker.Host) ? Severity.Warning : Severity.Critical, "The broker is used as guest, whose password everybody knows.", "rabbitmqctl add_user chatops …; rabbitmqctl delete_user guest");
        }

        if (StoreIsPlain(options.Store) is { } server)
            yield return new("store.plain", Severity.Warning, $"The database server {server} may be reached without encryption.", "Add SSL Mode=VerifyFull to Store:ConnectionString.");
        foreach (var model in options.Models.Endpoints.Where(m => IsPlain(m.BaseUrl)))
            yield return new("models.plain", Severity.Warning, $"The model {model.Name} is reached at {model.BaseUrl}: what people and machines say travels in the open.", "Use its https address.");
        foreach (var rule in options.Egress.Allow.Where(r => EgressRule.TryParse(r, out var read) && read.Network is { PrefixLength: 0 }))
            yield return new("egress.wide", Severity.Warning, $"Egress:Allow has {rule}: tools and downloads reach every internal address.", "Name the hosts that they need.");
    }

    private static string? StoreIsPlain(StoreOptions store)
    {
        if (!store.IsShared || SettingReferences.Resolve(store.ConnectionString!).Value is not { } text) return null;
        var parts = text.Split(';').Select(p => p.Split('=', 2)).Where(p => p.Length == 2).ToLookup(p => p[0].Trim().ToLowerInvariant(), p => p[1].Trim());
        var host = parts["host"].Concat(parts["server"]).FirstOrDefault() ?? "";
        var mode = parts["ssl mode"].Concat(parts["sslmode"]).FirstOrDefault()?.ToLowerInvariant();
        return host.StartsWith('/') || IsHere(host) || EncryptedModes.Contains(mode) ? null : host;
    }

    private static bool IsPlain(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback;

    private static bool IsHere(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
