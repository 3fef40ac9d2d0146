namespace ChatOps.Cli.Client;

/// <summary>The token for <c>--gateway</c>: in the environment, or in a file that the environment names and that nobody else can read.</summary>
internal static class TokenSource
{
    /// <summary>Holds the token.</summary>
    public const string Variable = "CHATOPS_TOKEN";

    /// <summary>Names the file that holds it.</summary>
    public const string FileVariable = "CHATOPS_TOKEN_FILE";

    private const int MaxBytes = 4096;

    /// <summary>Reads it.</summary>
    /// <exception cref="CliFailureException">There is none, or its file is not as it should be.</exception>
    public static string Read()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } token) return token;
        if (Environment.GetEnvironmentVariable(FileVariable) is { Length: > 0 } path) return OfFile(path);
        throw Usage($"--gateway needs a token in {Variable}, or in a file that {FileVariable} names. `chatops access token create NAME` makes one there.");
    }

    private static string OfFile(string path)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0)
                throw Usage($"{path} holds a token and can be read by others. Make it yours alone: chmod 600 {path}");
            if (new FileInfo(path).Length <= MaxBytes && File.ReadAllText(path).Trim() is { Length: > 0 } token && !token.Any(char.IsWhiteSpace)) return token;
            throw Usage($"{path} must hold one token and nothing else.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Usage($"{FileVariable}: {path} cannot be read: {e.Message}");
        }
    }

    private static CliFailureException Usage(string text) => new(ExitCodes.Usage, "usage", text);
}
