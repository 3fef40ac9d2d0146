using System.Runtime.InteropServices;
using ChatOps.Fleet;
using ChatOps.Node.Native;

namespace ChatOps.Node.Files;

/// <summary>Why an operation on a file did not happen.</summary>
/// <param name="Status">Which kind of reason.</param>
/// <param name="Message">For people.</param>
internal sealed record FileProblem(FileStatus Status, string Message)
{
    /// <summary>As a result.</summary>
    /// <typeparam name="T">What the operation would have given.</typeparam>
    public FileResult<T> As<T>()
        where T : class => new(Status, null, Message);

    /// <summary>From the system's error number.</summary>
    /// <param name="error">The number.</param>
    /// <param name="path">As the caller wrote it.</param>
    public static FileProblem From(int error, string path) => error switch
    {
        Libc.Enoent => new(FileStatus.NotFound, $"{path}: there is no such file or directory."),
        Libc.Enotdir => new(FileStatus.NotFound, $"{path}: a part of the path is not a directory."),
        Libc.Exdev => new(FileStatus.NotAllowed, $"{path} leads out of the files root."),
        Libc.Eloop => new(FileStatus.NotAllowed, $"{path}: a link in the path is not followed here."),
        Libc.Eacces or Libc.Eperm => new(FileStatus.NotAllowed, $"{path}: the gateway's user may not do this."),
        Libc.Eisdir => new(FileStatus.Unsuitable, $"{path} is a directory."),
        Libc.Enxio => new(FileStatus.Unsuitable, $"{path} is not a regular file."),
        Libc.Enametoolong => new(FileStatus.BadRequest, $"{path}: the path is too long."),
        Libc.Enospc or Libc.Edquot => new(FileStatus.Failed, $"{path}: the disk is full, or a quota is used up. Nothing was changed."),
        Libc.Erofs => new(FileStatus.Failed, $"{path}: the file system is read-only."),
        _ => new(FileStatus.Failed, $"{path}: {Marshal.GetPInvokeErrorMessage(error)}."),
    };

    /// <summary>From what <see cref="IOException"/> and its like say.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="path">As the caller wrote it.</param>
    public static FileProblem From(Exception failure, string path) => new(FileStatus.Failed, $"{path}: {failure.Message}");
}
