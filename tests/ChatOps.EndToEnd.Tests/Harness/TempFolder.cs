namespace ChatOps.EndToEnd.Harness;

/// <summary>A private folder that is removed at the end.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("chatops-e2e-").FullName;

    public string Data => System.IO.Path.Combine(Path, "data");

    public string In(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A process that was just killed may still be letting go of a file; the system cleans its temporary folder.
        }
    }
}
