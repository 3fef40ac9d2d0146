namespace ChatOps.Tests.Policy;

/// <summary>A policy.yaml in a directory of its own.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("chatops-policy");

    public TemporaryFile(string text) => Write(text);

    public string Path => System.IO.Path.Combine(_directory.FullName, "policy.yaml");

    public void Write(string text) => File.WriteAllText(Path, text);

    public void Delete() => File.Delete(Path);

    public void Dispose() => _directory.Delete(true);
}
