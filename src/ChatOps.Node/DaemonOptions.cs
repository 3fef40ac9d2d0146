namespace ChatOps.Node;

/// <summary>What a daemon is started with.</summary>
public sealed record DaemonOptions
{
    /// <summary>Most addresses of relays.</summary>
    public const int MaxRelays = 16;

    /// <summary>The relay of the gateway: <c>wss://host[/relay]</c>, or <c>ws://</c> on loopback.</summary>
    public required Uri Relay { get; init; }

    /// <summary>Relays of other gateways on the same store, tried in turn when the one before cannot be reached or its connection ended. At most <see cref="MaxRelays"/> with the first.</summary>
    public IReadOnlyList<Uri> MoreRelays { get; init; } = [];

    /// <summary>Directory of its key, its membership and the register of executions; made with mode 0700.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>The token that lets it join; not needed any more once it has.</summary>
    public string? JoinToken { get; init; }

    /// <summary>Its name; <see langword="null"/> is the machine's.</summary>
    public string? Name { get; init; }

    /// <summary>Labels that it would like at its join.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>SHA-256 of the public key of the relay's certificate in hexadecimal; remembered at the join. <see langword="null"/> trusts what the system trusts.</summary>
    public string? Pin { get; init; }

    /// <summary>The policy file; <see langword="null"/> is <c>node-policy.yaml</c> in the state directory.</summary>
    public string? PolicyFile { get; init; }

    /// <summary>Whether nothing but daemons runs in this process, and nothing else of it starts programs: then what commands leave behind may become its children. Default no.</summary>
    public bool HasProcess { get; init; }

    /// <summary>Its version, for display.</summary>
    public string Version { get; init; } = "";

    /// <summary>How long a handshake may take. Default 10 s.</summary>
    public TimeSpan HandshakeTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Upper bound of the first wait before it connects again; doubles up to <see cref="LongestReconnect"/>, and the wait is random below it. Default 500 ms.</summary>
    public TimeSpan FirstReconnect { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Upper bound of the longest wait. Default 20 s.</summary>
    public TimeSpan LongestReconnect { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Output of one execution that waits in memory for the gateway. Default 256 KiB.</summary>
    public int SpoolMemoryBytes { get; init; } = 256 * 1024;

    /// <summary>Output of all executions that waits on disk for the gateway. Default 1 GiB.</summary>
    public long SpoolDiskBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>Largest input of one execution (a file that is put here). Default 1 GiB.</summary>
    public long MaxInputBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>Ended executions whose result the gateway has not taken yet. The oldest beyond it lose their streamed output, not their result. Default 1,000.</summary>
    public int MaxUndelivered { get; init; } = 1_000;

    /// <summary>After a stop was asked for: how long running commands may end by themselves before they are stopped. Default 5 s.</summary>
    public TimeSpan StopPatience { get; init; } = TimeSpan.FromSeconds(5);
}
