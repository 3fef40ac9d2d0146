using System.Text;
using ChatOps.Yaml;

namespace ChatOps.Identity.Files;

/// <summary>One access.yaml on the disk: read whole, or replaced whole.</summary>
internal sealed class AccessFile(string path)
{
    // Four bytes are the longest a character can be.
    private const int MaxBytes = YamlReader.MaxLength * 4;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public string Path { get; } = path;

    /// <summary>Reads it. Changes are found by content, so that an edit within the same second and a file put in its place are seen too.</summary>
    public FileContent Read()
    {
        try
        {
            using var stream = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > MaxBytes) return new(null, $"the file is larger than {MaxBytes} bytes.");
            using var reader = new StreamReader(stream, StrictUtf8);
            return new(reader.ReadToEnd(), null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return FileContent.Missing;
        }
        catch (DecoderFallbackException)
        {
            return new(null, "the file is not UTF-8 text.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(null, $"the file cannot be read: {e.Message}");
        }
    }

    /// <summary>Replaces it in one step: a reader, or a start after a crash, sees the old file or the new one. Readable by its owner alone.</summary>
    /// <returns>Null when done, else why not.</returns>
    public string? Replace(string text)
    {
        var fresh = Path + ".new";
        try
        {
            // What a crash left behind is removed rather than opened: it might be a link by now.
            File.Delete(fresh);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var stream = new FileStream(fresh, options))
            {
                stream.Write(StrictUtf8.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }

            File.Move(fresh, Path, overwrite: true);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"'{Path}' cannot be written: {e.Message}";
        }
    }
}
