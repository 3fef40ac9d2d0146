namespace ChatOps.Checks;

/// <summary>One check on one target.</summary>
/// <param name="Check">The check's name.</param>
/// <param name="Target">The node's name; <c>gateway</c> for what the gateway itself looks at.</param>
public readonly record struct CheckKey(string Check, string Target)
{
    /// <summary>The target of what the gateway itself looks at.</summary>
    public const string Gateway = "gateway";

    /// <inheritdoc/>
    public override string ToString() => Target == Gateway ? Check : $"{Check} on {Target}";
}
