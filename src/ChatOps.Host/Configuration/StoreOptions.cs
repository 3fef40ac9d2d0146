namespace ChatOps.Host;

/// <summary>Where the truth is kept.</summary>
public sealed class StoreOptions
{
    internal const string Sqlite = "Sqlite";
    internal const string PostgreSql = "PostgreSql";

    /// <summary><c>Sqlite</c> (default): one file under the data directory. <c>PostgreSql</c>: a server, which several gateways may share.</summary>
    public string Provider { get; set; } = Sqlite;

    /// <summary>The server, as Npgsql writes it, or a reference to where that is written.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Whether other gateways may use the same store.</summary>
    internal bool IsShared => Provider == PostgreSql;

    /// <summary>What is wrong with these settings together; null for nothing.</summary>
    internal string? Problem => (Provider, ConnectionString) switch
    {
        (PostgreSql, null or "") => "is needed with Store:Provider=PostgreSql: Host=db.example.com;Database=chatops;Username=chatops;Password=…, or a reference such as ${file:/etc/chatops/store}.",
        (Sqlite, { Length: > 0 }) => "has no use with Store:Provider=Sqlite; set Store:Provider to PostgreSql, or remove it.",
        _ => null,
    };
}
