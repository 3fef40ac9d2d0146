namespace ChatOps.Checks.Files;

/// <summary>What checks look at.</summary>
internal enum CheckKind
{
    /// <summary>An address of the web.</summary>
    Http,

    /// <summary>Whether a port takes connections.</summary>
    Tcp,

    /// <summary>Whether a name is known, and as what.</summary>
    Dns,

    /// <summary>How long a certificate is valid.</summary>
    Certificate,

    /// <summary>How full a file system or a folder with a quota is.</summary>
    Disk,

    /// <summary>How much memory is used.</summary>
    Memory,

    /// <summary>How much work waits for each processor.</summary>
    Load,

    /// <summary>Whether a service runs.</summary>
    Service,

    /// <summary>How many processes of a name there are.</summary>
    Process,

    /// <summary>Errors in a log against what is usual there.</summary>
    LogErrors,

    /// <summary>Pods that do not come up.</summary>
    KubernetesPods,

    /// <summary>Containers that do not run as they should.</summary>
    DockerContainers,

    /// <summary>What a command that only reads prints.</summary>
    Command,

    /// <summary>Whether the configured tokens and keys are still taken.</summary>
    Credential,

    /// <summary>Whether a node can be reached; made by the checks that look at it, never written.</summary>
    Node,
}
