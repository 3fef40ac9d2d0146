namespace ChatOps.Cli;

/// <summary>A command cannot go on; the message says why and what to do, for people.</summary>
/// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="code">Stable word for programs.</param>
/// <param name="message">For people.</param>
internal sealed class CliFailureException(int exitCode, string code, string message) : Exception(message)
{
    /// <summary>One of <see cref="ExitCodes"/>.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>Stable word for programs.</summary>
    public string Code { get; } = code;
}
