using System.Security.Cryptography;
using System.Text;
using ChatOps.Secrets;

namespace ChatOps.Channels;

/// <summary>
/// A token or key of a channel, given as it is or as a reference (<c>${env:NAME}</c>, <c>${file:PATH}</c>). A reference is read again, so a rotated token works without a restart.
/// </summary>
/// <param name="name">The configuration key, for messages: <c>Channels:Slack:BotToken</c>.</param>
/// <param name="configured">The configured text.</param>
/// <param name="references">Resolves it.</param>
/// <param name="time">The clock.</param>
public sealed class ChannelSecret(string name, string configured, ISecretReferences references, TimeProvider time)
{
    /// <summary>How often a reference is looked at while somebody waits for a change.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private volatile Use? last;

    /// <summary>The configuration key.</summary>
    public string Name => name;

    /// <summary>The fingerprint of the value that <see cref="Current"/> gave last (null when it had none to give); of the value now where nobody asked yet.</summary>
    /// <remarks>Whoever was refused waits for a change from here: a value that was rotated since then must not be taken for the refused one.</remarks>
    public string? LastUsed => last is { } use ? use.Fingerprint : Fingerprint();

    /// <summary>The value now.</summary>
    /// <exception cref="ChannelFatalException">The reference cannot be resolved.</exception>
    public string Current()
    {
        var resolution = references.Resolve(configured);
        last = new Use(FingerprintOf(resolution.Value));
        return resolution.Value is { Length: > 0 } value
            ? value.Trim()
            : throw new ChannelFatalException(resolution.Error ?? $"{name} is empty.", $"Set {name} to a token, or to a reference that leads to one.") { Secrets = [this] };
    }

    /// <summary>Waits until the value is another one than that with a fingerprint.</summary>
    /// <param name="fingerprint">See <see cref="Fingerprint"/>; null waits for any value.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task ChangedAsync(string? fingerprint, CancellationToken cancellationToken)
    {
        while (Fingerprint() is var now && (now is null || now == fingerprint)) await Task.Delay(LookInterval, time, cancellationToken);
    }

    /// <summary>Tells one value from another without holding it; null when there is none.</summary>
    public string? Fingerprint() => FingerprintOf(references.Resolve(configured).Value);

    /// <inheritdoc/>
    public override string ToString() => name;

    private static string? FingerprintOf(string? value) => value is { Length: > 0 } ? Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(value.Trim()))) : null;

    private sealed record Use(string? Fingerprint);
}
