namespace ChatOps.Tests.Storage;

/// <summary>Which database a test of the store runs on.</summary>
public enum StoreKind
{
    Sqlite,
    PostgreSql,
}
