using System.Text;
using ChatOps.Secrets;

namespace ChatOps.Tools.Run;

/// <summary>Kept outputs under the data directory. Names are invocation ids; a raw output lives only until it is redacted.</summary>
internal sealed class OutputFiles(ToolsOptions options, IRedactor redactor) : IOutputFiles
{
    private const string BinaryExtension = ".bin";
    private const int ChunkCharacters = 64 * 1024;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private string Root => Path.Combine(options.DataDirectory, "outputs");

    public string RawPath(string invocationId)
    {
        Directory.CreateDirectory(Root, Private | UnixFileMode.UserExecute);
        return PathOf(invocationId, ".raw") ?? throw new ArgumentException($"'{invocationId}' is not an invocation id.", nameof(invocationId));
    }

    public async Task<long> KeepAsync(string invocationId, CancellationToken cancellationToken)
    {
        var raw = RawPath(invocationId);
        var kept = Path.ChangeExtension(raw, ".txt");
        await using (var output = new FileStream(kept, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = Private }))
        await using (var writer = new StreamWriter(output, new UTF8Encoding(false)))
        using (var reader = new StreamReader(raw, Encoding.UTF8))
        {
            var stream = redactor.OpenStream();
            var buffer = new char[ChunkCharacters];
            for (int read; (read = await reader.ReadAsync(buffer, cancellationToken)) > 0;)
                await writer.WriteAsync(redactor.Neutralise(stream.Push(new string(buffer, 0, read))).AsMemory(), cancellationToken);
            await writer.WriteAsync(redactor.Neutralise(stream.Flush()).AsMemory(), cancellationToken);
        }

        File.Delete(raw);
        Prune();
        return new FileInfo(kept).Length;
    }

    public async Task<(long Bytes, string Sha256)> KeepBytesAsync(string invocationId, CancellationToken cancellationToken)
    {
        var raw = RawPath(invocationId);
        var kept = Path.ChangeExtension(raw, BinaryExtension);
        long bytes = 0;
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        await using (var output = new FileStream(kept, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = Private }))
        await using (var input = File.OpenRead(raw))
        {
            // A character a byte and back: what is no secret stays to the bit what it was, in whatever encoding it is.
            var stream = redactor.OpenStream();
            var buffer = new byte[ChunkCharacters];
            for (int read; (read = await input.ReadAsync(buffer, cancellationToken)) > 0;) await WriteAsync(stream.Push(Encoding.Latin1.GetString(buffer, 0, read)));
            await WriteAsync(stream.Flush());

            async Task WriteAsync(string text)
            {
                var piece = Encoding.Latin1.GetBytes(text);
                bytes += piece.Length;
                hash.AppendData(piece);
                await output.WriteAsync(piece, cancellationToken);
            }
        }

        File.Delete(raw);
        Prune();
        return (bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    public bool IsBinary(string invocationId) => PathOf(invocationId, BinaryExtension) is { } path && File.Exists(path);

    public void Discard(string invocationId)
    {
        if (PathOf(invocationId, ".raw") is { } path) File.Delete(path);
    }

    public Stream? Open(string invocationId) =>
        new[] { ".txt", BinaryExtension }.Select(e => PathOf(invocationId, e)).FirstOrDefault(File.Exists) is { } path ? File.OpenRead(path) : null;

    private void Prune()
    {
        foreach (var old in new DirectoryInfo(Root).GetFiles().Where(f => f.Extension is ".txt" or BinaryExtension).OrderByDescending(f => f.LastWriteTimeUtc).Skip(options.MaxOutputFiles)) old.Delete();
    }

    private string? PathOf(string invocationId, string extension) =>
        invocationId.Length is > 0 and <= 120 && invocationId.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_') && invocationId[0] != '.'
            ? Path.Combine(Root, invocationId + extension)
            : null;
}
