namespace ChatOps.Channels;

/// <summary>A call of a webhook.</summary>
/// <param name="Method">HTTP method, upper case.</param>
/// <param name="Headers">By name, case ignored; several values are joined by a comma.</param>
/// <param name="Body">The raw bytes, at most <see cref="MaxBody"/>: signatures are computed over them.</param>
public sealed record WebhookRequest(string Method, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>Largest body in bytes (1 MiB); the host answers 413 to more.</summary>
    public const int MaxBody = 1024 * 1024;
}
