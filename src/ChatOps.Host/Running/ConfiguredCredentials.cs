using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using ChatOps.Checks;
using ChatOps.Diagnostics;

namespace ChatOps.Host;

/// <summary>The tokens of the platforms that are switched on, the keys of the models and those of single parts, tried as 'doctor' tries them: at the service's own question for it, which changes nothing.</summary>
internal sealed class ConfiguredCredentials(GatewaySetup setup, IEnumerable<ICredentialProbe> probes) : ICredentials
{
    private const string Models = "models";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CredentialLook>> LookAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        using var channels = new ChannelSetups(new LoadedSettings(setup.Options, []));
        var enabled = channels.All.Where(channels.IsEnabled).ToList();
        var probed = probes.Where(p => p.HasCredential).ToList();
        List<string> configured = [.. enabled.Select(c => c.Name), .. setup.Options.Models.Endpoints.Count > 0 ? (string[])[Models] : [], .. probed.Select(p => p.CredentialName)];
        var wanted = names.Count == 0 ? configured : [.. names];
        var looks = await Task.WhenAll(wanted.Select(LookAsync));
        return [.. looks.SelectMany(l => l)];

        async Task<IReadOnlyList<CredentialLook>> LookAsync(string name)
        {
            if (!configured.Contains(name)) return [new(name, null, $"It is not configured; configured are {(configured.Count == 0 ? "none" : string.Join(", ", configured))}.", null)];
            if (name == Models) return [.. (await ModelSetup.CheckAsync(setup.Options.Models, cancellationToken)).Select(f => Of(name, f.Id, f.State, f.Text, null))];
            if (probed.Find(p => p.CredentialName == name) is { } probe) return [await probe.LookAsync(cancellationToken)];
            var channel = enabled.Single(c => c.Name == name);
            var values = channels.Values(channel);
            var ends = channel.Fields.Where(f => f.Secret).Select(f => values.GetValueOrDefault(f.Key)).OfType<string>().Select(EndOf).Min();
            var found = await channel.CheckAsync(values, cancellationToken);
            return found.FirstOrDefault(f => f.State == PartState.Failed) is { } failed
                ? [Of(name, failed.Id, failed.State, failed.Text, ends)]
                : [new(name, true, $"{channel.Title} takes it.", ends)];
        }
    }

    // A service that cannot be reached says nothing about the key.
    private static CredentialLook Of(string name, string id, PartState state, string text, DateTimeOffset? ends) =>
        new(name, state != PartState.Failed ? true : id.EndsWith(".unreachable", StringComparison.Ordinal) || id.EndsWith(".slow", StringComparison.Ordinal) ? null : false, text, ends);

    /// <summary>When a token ends that says so itself (a JSON Web Token with <c>exp</c>); null for others.</summary>
    internal static DateTimeOffset? EndOf(string token)
    {
        if (token.Split('.') is not [{ Length: > 0 }, { Length: > 0 } payload, { Length: > 0 }]) return null;
        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
            return claims.RootElement.ValueKind == JsonValueKind.Object && claims.RootElement.TryGetProperty("exp", out var exp) && exp.TryGetInt64(out var seconds) && seconds is > 0 and < 253402300800
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : null;
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException or DecoderFallbackException)
        {
            return null;
        }
    }
}
