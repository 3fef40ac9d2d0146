namespace ChatOps.Fleet;

/// <summary>How an operation on a file ended.</summary>
public enum FileStatus
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>There is no such file or directory.</summary>
    NotFound,

    /// <summary>The path leads out of the root, or this process may not use the file.</summary>
    NotAllowed,

    /// <summary>It is not what the operation needs: a directory, a link, a device, a file with several names, binary content.</summary>
    Unsuitable,

    /// <summary>It exceeds a bound.</summary>
    TooLarge,

    /// <summary>The request itself is wrong: an empty pattern, a text that does not occur or occurs more than once.</summary>
    BadRequest,

    /// <summary>The file is not the one that was looked at before.</summary>
    Changed,

    /// <summary>The system failed: a full disk, a read-only file system.</summary>
    Failed,
}
