namespace ChatOps.EndToEnd.Harness;

/// <summary>The gateway ended before it was ready.</summary>
internal sealed class GatewayDidNotStartException(int exitCode, string log) : Exception($"The gateway ended with {exitCode} before it was ready:\n{log}")
{
    public int ExitCode { get; } = exitCode;

    public string Log { get; } = log;
}
