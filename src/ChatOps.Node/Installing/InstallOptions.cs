namespace ChatOps.Node.Installing;

/// <summary>What an installation is to be.</summary>
/// <param name="Daemon">What the daemon is started with.</param>
/// <param name="User">As whom it runs; <see langword="null"/> is root.</param>
/// <param name="Root">Directory below which everything is written; <c>/</c> is this machine.</param>
/// <param name="KeepBinary">Whether the program stays where it is.</param>
/// <param name="DryRun">Whether nothing is done.</param>
/// <param name="Start">Whether it is started at once.</param>
internal sealed record InstallOptions(DaemonOptions Daemon, string? User, string Root, bool KeepBinary, bool DryRun, bool Start)
{
    /// <summary>Name of the service, and of its directories.</summary>
    public const string Service = "chatops-node";

    /// <summary>Whether this very machine is meant, and not a directory that looks like one.</summary>
    public bool IsThisMachine => Root == "/";

    /// <summary>A path of the installed machine as a path here.</summary>
    public string At(string path) => IsThisMachine ? path : Path.Combine(Root, path.TrimStart('/'));
}
