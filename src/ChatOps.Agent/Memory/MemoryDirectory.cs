using System.Text;
using ChatOps.Agent.Context;

namespace ChatOps.Agent.Memory;

/// <summary>The directory of the memory: <c>shared.md</c> and one file a person. A write is whole or has not happened.</summary>
internal sealed class MemoryDirectory(ContextOptions options)
{
    /// <summary>Most characters of all files together.</summary>
    public const long MaxBytes = 1L << 20;

    private const int BytesPerCharacter = 4;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private string Root => Path.Combine(options.WorkspaceDirectory, "memory");

    /// <summary>The path of a file.</summary>
    public string PathOf(string? person) => person is null ? Path.Combine(Root, "shared.md") : Path.Combine(Root, "people", NameOf(person) + ".md");

    /// <summary>Reads a file; a new one when it is not there.</summary>
    /// <exception cref="IOException">It cannot be read, or is far too large.</exception>
    public MemoryFile Read(string? person)
    {
        var path = PathOf(person);
        if (!File.Exists(path)) return MemoryFile.New(person);
        if (new FileInfo(path).Length > (long)MemoryFile.MaxCharacters * BytesPerCharacter)
            throw new IOException($"{path} is larger than a memory may be ({MemoryFile.MaxCharacters} characters). Shorten it by hand.");
        return new(person, File.ReadAllText(path, Encoding.UTF8));
    }

    /// <summary>Writes a file.</summary>
    /// <exception cref="IOException">It cannot be written, or the memory as a whole would be too large.</exception>
    public void Write(MemoryFile file)
    {
        var path = PathOf(file.Person);
        var others = Directory.Exists(Root) ? Directory.EnumerateFiles(Root, "*.md", SearchOption.AllDirectories).Where(f => f != path).Sum(f => new FileInfo(f).Length) : 0;
        if (others + Encoding.UTF8.GetByteCount(file.Text) > MaxBytes) throw new IOException($"The memory as a whole ({Root}) would be larger than {MaxBytes / 1024} KiB. Let people who left be forgotten: remove their files.");
        Make(Path.GetDirectoryName(path)!);
        var temporary = path + ".new";
        File.WriteAllText(temporary, file.Text, new UTF8Encoding(false));
        File.Move(temporary, path, overwrite: true);
    }

    private static void Make(string directory)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(directory);
        else Directory.CreateDirectory(directory, OwnerOnly);
    }

    // A person's name is no path: what is not plain is written as its code.
    private static string NameOf(string person) => string.Concat(person.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c.ToString() : $"%{(int)c:X4}"));
}
