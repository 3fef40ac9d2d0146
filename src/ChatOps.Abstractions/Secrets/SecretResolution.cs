namespace ChatOps.Secrets;

/// <summary>What a configured value stands for.</summary>
public sealed record SecretResolution
{
    private SecretResolution(string? value, string? error, bool isReference) => (Value, Error, IsReference) = (value, error, isReference);

    /// <summary>The secret; <see langword="null"/> when there is an error.</summary>
    public string? Value { get; }

    /// <summary>Why there is none and what to do, for people; names the reference, never a value.</summary>
    public string? Error { get; }

    /// <summary>Whether the configured value was a reference.</summary>
    public bool IsReference { get; }

    /// <summary>A value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="isReference">Whether it came from a reference.</param>
    public static SecretResolution Found(string value, bool isReference) => new(value, null, isReference);

    /// <summary>No value.</summary>
    /// <param name="error">Why, for people.</param>
    public static SecretResolution Failed(string error) => new(null, error, true);

    /// <inheritdoc />
    public override string ToString() => Error ?? "(a secret)";
}
