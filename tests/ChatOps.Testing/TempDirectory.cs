namespace ChatOps.Testing;

/// <summary>A directory of a test's own, gone afterwards.</summary>
public sealed class TempDirectory : IDisposable
{
    // A program that the test began may write its last file at this moment.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>Its path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("chatops-test-").FullName;

    /// <summary>A path in it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        if (!SpinWait.SpinUntil(TryDelete, Limit)) throw new IOException($"Somebody still writes in {Path}.");
    }

    private bool TryDelete()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            // The test removed it, which some are about.
            return !Directory.Exists(Path);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
