using System.Security.Cryptography;
using System.Text;

namespace ChatOps.Tools.Transfers;

/// <summary>Uploads under the data directory, named by their content, a folder a person.</summary>
internal sealed class Uploads(ToolsOptions options) : IUploads
{
    private const int MaxKeptEach = 50;
    private const int IdLength = 64;
    private const int FolderLength = 32;
    private const int BufferBytes = 64 * 1024;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public long MaxBytes => options.MaxFileBytes;

    public async Task<Upload?> AddAsync(string principal, Stream content, CancellationToken cancellationToken)
    {
        var folder = FolderOf(principal);
        Directory.CreateDirectory(folder, Private | UnixFileMode.UserExecute);
        var part = Path.Combine(folder, $"{RandomNumberGenerator.GetHexString(16, lowercase: true)}.part");
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[BufferBytes];
            long bytes = 0;
            await using (var file = new FileStream(part, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, UnixCreateMode = Private }))
            {
                for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0;)
                {
                    if ((bytes += read) > MaxBytes) return null;
                    hash.AppendData(buffer.AsSpan(0, read));
                    await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                }
            }

            var id = Convert.ToHexStringLower(hash.GetHashAndReset());
            var path = Path.Combine(folder, id);
            File.Move(part, path, overwrite: true);
            Prune(folder);
            return new Upload(id, bytes, path);
        }
        finally
        {
            File.Delete(part);
        }
    }

    public Upload? Find(string principal, string id)
    {
        if (id.Length != IdLength || !id.All(char.IsAsciiHexDigitLower)) return null;
        var file = new FileInfo(Path.Combine(FolderOf(principal), id));
        return file.Exists ? new Upload(id, file.Length, file.FullName) : null;
    }

    // Names of people are no names of folders.
    private string FolderOf(string principal) =>
        Path.Combine(options.DataDirectory, "uploads", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(principal)))[..FolderLength]);

    private static void Prune(string folder)
    {
        foreach (var old in new DirectoryInfo(folder).GetFiles().OrderByDescending(f => f.LastWriteTimeUtc).Skip(MaxKeptEach)) old.Delete();
    }
}
