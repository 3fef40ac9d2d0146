namespace ChatOps.Secrets.References;

/// <summary>Reads secrets from the environment and from private files.</summary>
internal sealed class SecretReferences : ISecretReferences
{
    private const int MaxFileBytes = 64 * 1024;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <inheritdoc />
    public SecretResolution Resolve(string value)
    {
        if (!value.StartsWith("${", StringComparison.Ordinal) || !value.EndsWith('}'))
            return SecretResolution.Found(value, isReference: false);

        var inner = value[2..^1];
        var colon = inner.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? "" : inner[(colon + 1)..].Trim();
        return (colon < 0 ? inner : inner[..colon]) switch
        {
            _ when name.Length == 0 => SecretResolution.Failed($"{value} is not a secret reference. Use ${{env:NAME}} or ${{file:PATH}}."),
            "env" => FromEnvironment(value, name),
            "file" => FromFile(value, name),
            "secret" => SecretResolution.Failed($"{value} needs the gateway's own secret store, which this version does not have. Use ${{env:NAME}} or ${{file:PATH}}."),
            var kind => SecretResolution.Failed($"{value}: '{kind}' is no source of secrets. Use ${{env:NAME}} or ${{file:PATH}}."),
        };
    }

    private static SecretResolution FromEnvironment(string reference, string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
            ? SecretResolution.Found(value, isReference: true)
            : SecretResolution.Failed($"{reference}: the environment variable {name} is not set, or is empty. Set it for the gateway's process.");

    private static SecretResolution FromFile(string reference, string name)
    {
        if (!Path.IsPathFullyQualified(name))
            return SecretResolution.Failed($"{reference}: the path must be absolute.");

        try
        {
            if (!Path.Exists(name))
                return SecretResolution.Failed($"{reference}: there is no such file.");
            if (!RegularFile.Is(name))
                return SecretResolution.Failed($"{reference}: this is not a regular file.");

            using var handle = File.OpenHandle(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(handle) & Others) != 0)
                return SecretResolution.Failed($"{reference}: other users may read or change this file. Run: chmod 600 '{name}'");

            var length = RandomAccess.GetLength(handle);
            if (length > MaxFileBytes)
                return SecretResolution.Failed($"{reference}: the file is larger than {MaxFileBytes / 1024} KiB, which no secret is.");

            return Read(reference, handle, (int)length);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return SecretResolution.Failed($"{reference}: the file cannot be read: {failure.Message}");
        }
    }

    private static SecretResolution Read(string reference, Microsoft.Win32.SafeHandles.SafeFileHandle handle, int length)
    {
        var bytes = new byte[length];
        var count = RandomAccess.Read(handle, bytes, 0);
        try
        {
            var text = new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, count).TrimEnd('\n', '\r');
            return text.Length == 0
                ? SecretResolution.Failed($"{reference}: the file is empty.")
                : SecretResolution.Found(text.TrimStart('\ufeff'), isReference: true);
        }
        catch (System.Text.DecoderFallbackException)
        {
            return SecretResolution.Failed($"{reference}: the file is not text in UTF-8.");
        }
    }
}
