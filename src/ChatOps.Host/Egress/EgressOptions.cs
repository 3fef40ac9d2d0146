namespace ChatOps.Host;

/// <summary><c>Egress</c>: exceptions to the rule that no download reaches loopback, private or link-local addresses.</summary>
public sealed class EgressOptions
{
    /// <summary>Most exceptions.</summary>
    public const int MaxRules = 256;

    /// <summary>Hosts (<c>files.intern</c>), hosts with a port (<c>files.intern:8443</c>), addresses and networks (<c>10.1.0.0/16</c>).</summary>
    public IReadOnlyList<string> Allow { get; set; } = [];
}
