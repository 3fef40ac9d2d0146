namespace ChatOps.Policy;

/// <summary>Where the policy comes from and what it must protect.</summary>
public sealed class PolicyOptions
{
    /// <summary>The operator's workspace/policy.yaml. A missing file, or <see langword="null"/>, means the built-in rules alone.</summary>
    public string? PolicyFile { get; set; }

    /// <summary>
    /// The gateway's own directories and files (data directory, keys, configuration), as absolute paths. Commands that read or change them
    /// are forbidden. <c>.chatops</c> anywhere, <c>/var/lib/chatops</c> and <c>/etc/chatops</c> always belong to them.
    /// </summary>
    public IReadOnlyList<string> GatewayPaths { get; set; } = [];

    /// <summary>The names of all tools, so that a rule about a tool that does not exist is an error. Empty: names are not checked.</summary>
    public IReadOnlyList<string> KnownTools { get; set; } = [];

    /// <summary>How often the file is looked at when the system reports no changes. Default 5 seconds.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);
}
