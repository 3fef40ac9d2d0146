namespace ChatOps.Host;

/// <summary>Values that stand elsewhere: <c>${env:NAME}</c> in the environment, <c>${file:PATH}</c> in a file.</summary>
internal static class SettingReferences
{
    private const int MaxFileBytes = 64 * 1024;

    /// <summary>The value that a reference stands for, or why it cannot be had.</summary>
    public static (string? Value, string? Problem) Resolve(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || !text.StartsWith("${", StringComparison.Ordinal) || !text.EndsWith('}'))
            return (null, "a reference is the whole value: ${env:NAME} or ${file:PATH}.");
        var name = text[(colon + 1)..^1];
        return text[2..colon] switch
        {
            "env" => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? (value, null) : (null, $"the environment variable {name} is not set."),
            "file" => FromFile(name),
            "secret" => (null, "${secret:…} is not available in this version; use ${env:NAME} or ${file:PATH}."),
            var kind => (null, $"'{kind}' is not a kind of reference; use ${{env:NAME}} or ${{file:PATH}}."),
        };
    }

    private static (string? Value, string? Problem) FromFile(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaxFileBytes) return (null, $"the file {path} is larger than {MaxFileBytes / 1024} KiB.");
            return (File.ReadAllText(path).TrimEnd('\r', '\n'), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, $"the file {path} cannot be read: {e.Message}");
        }
    }
}
