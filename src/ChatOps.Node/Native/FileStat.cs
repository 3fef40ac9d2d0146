using ChatOps.Fleet;

namespace ChatOps.Node.Native;

/// <summary>What statx(2) says about a file.</summary>
/// <param name="Mode">Type and permissions.</param>
/// <param name="Links">How many names it has.</param>
/// <param name="User">Its owner.</param>
/// <param name="Group">Its group.</param>
/// <param name="Inode">Its number.</param>
/// <param name="Device">Its file system.</param>
/// <param name="Size">In bytes.</param>
/// <param name="ModifiedNanoseconds">Since 1970.</param>
internal sealed record FileStat(ushort Mode, uint Links, uint User, uint Group, ulong Inode, ulong Device, long Size, long ModifiedNanoseconds)
{
    private const int Length = 256, TypeMask = 0xF000, NanosecondsPerTick = 100;
    private const long Second = 1_000_000_000;

    /// <summary>What it is.</summary>
    public FileKind Kind => (Mode & TypeMask) switch
    {
        0x8000 => FileKind.File,
        0x4000 => FileKind.Directory,
        0xA000 => FileKind.Link,
        _ => FileKind.Other,
    };

    /// <summary>When its content last changed.</summary>
    public DateTimeOffset Modified => DateTimeOffset.UnixEpoch.AddTicks(ModifiedNanoseconds / NanosecondsPerTick);

    /// <summary>The nine permissions as letters.</summary>
    public string Permissions
    {
        get
        {
            const string letters = "rwxrwxrwx";
            return string.Create(letters.Length, Mode, (text, mode) =>
            {
                for (var bit = 0; bit < letters.Length; bit++)
                    text[bit] = (mode & (1 << (letters.Length - 1 - bit))) != 0 ? letters[bit] : '-';
            });
        }
    }

    /// <summary>Looks at an open file.</summary>
    /// <param name="descriptor">The file.</param>
    public static FileStat? Of(int descriptor) => Read(descriptor, "", FileCalls.EmptyPath);

    /// <summary>Looks at an entry of an open directory, not following a link.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="name">The entry.</param>
    public static FileStat? Of(int directory, string name) => Read(directory, name, FileCalls.NoFollowLinks);

    private static unsafe FileStat? Read(int directory, string name, int flags)
    {
        var buffer = stackalloc byte[Length];
        if (FileCalls.statx(directory, name, flags, FileCalls.BasicStats, buffer) != 0)
            return null;

        var bytes = new ReadOnlySpan<byte>(buffer, Length);
        return new FileStat(
            BitConverter.ToUInt16(bytes[28..]),
            BitConverter.ToUInt32(bytes[16..]),
            BitConverter.ToUInt32(bytes[20..]),
            BitConverter.ToUInt32(bytes[24..]),
            BitConverter.ToUInt64(bytes[32..]),
            BitConverter.ToUInt64(bytes[136..]),
            (long)BitConverter.ToUInt64(bytes[40..]),
            (BitConverter.ToInt64(bytes[112..]) * Second) + BitConverter.ToUInt32(bytes[120..]));
    }
}
