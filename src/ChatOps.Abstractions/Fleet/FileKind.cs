namespace ChatOps.Fleet;

/// <summary>What a directory's entry is.</summary>
public enum FileKind
{
    /// <summary>A regular file.</summary>
    File,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A symbolic link.</summary>
    Link,

    /// <summary>A device, a pipe, a socket.</summary>
    Other,
}
