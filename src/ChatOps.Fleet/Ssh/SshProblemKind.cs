namespace ChatOps.Fleet.Ssh;

/// <summary>Why ssh does not reach a node.</summary>
internal enum SshProblemKind
{
    /// <summary>The host does not answer, or its name is not known.</summary>
    Unreachable,

    /// <summary>The host's key is not known here.</summary>
    UnknownHostKey,

    /// <summary>The host shows another key than the known one: it may not be the machine that it was.</summary>
    ChangedHostKey,

    /// <summary>The host let nobody in.</summary>
    NotLetIn,

    /// <summary>Somebody got in, but there is no shell that runs commands.</summary>
    NoShell,

    /// <summary>There is no OpenSSH client on the gateway's machine.</summary>
    NoClient,
}
