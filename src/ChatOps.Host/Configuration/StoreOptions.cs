namespace ChatOps.Host;

/// <summary>Where the truth is kept.</summary>
public sealed class StoreOptions
{
    /// <summary><c>Sqlite</c> (default): one file under the data directory.</summary>
    public string Provider { get; set; } = "Sqlite";
}
