namespace ChatOps.Host;

/// <summary>The files that people may work with through the file tools.</summary>
public sealed class FilesOptions
{
    /// <summary>The directory that the file tools cannot leave. Default: <c>files</c> below the data directory.</summary>
    public string? Root { get; set; }
}
