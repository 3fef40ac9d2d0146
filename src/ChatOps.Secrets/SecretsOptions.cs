namespace ChatOps.Secrets;

/// <summary>What the redactor needs of an installation.</summary>
public sealed record SecretsOptions
{
    /// <summary>Shortest key, in bytes.</summary>
    public const int MinKeyLength = 16;

    /// <summary>Key of the short hashes in markers; random, kept with the installation, so that nobody outside can try values against a hash.</summary>
    public required ReadOnlyMemory<byte> Key { get; init; }
}
