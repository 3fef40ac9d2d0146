namespace ChatOps.Cli;

/// <summary>The global options of one command line.</summary>
internal sealed record GlobalValues(string? Data, string? Workspace, string? Config, string? Gateway, bool Json, bool Verbose);
