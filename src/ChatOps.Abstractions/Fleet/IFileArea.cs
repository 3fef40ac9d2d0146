namespace ChatOps.Fleet;

/// <summary>
/// The files below one root directory of this machine. No path, however made, and no link leads out of it. Every outcome is a value. Contents are
/// given as they are; the gate redacts them.
/// </summary>
public interface IFileArea
{
    /// <summary>Reads lines of a text file.</summary>
    /// <param name="path">Below the root.</param>
    /// <param name="fromLine">First line, from 1; <see langword="null"/> is the first.</param>
    /// <param name="lines">How many lines; <see langword="null"/> is as many as fit.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    Task<FileResult<FileText>> ReadAsync(string path, int? fromLine, int? lines, CancellationToken cancellationToken);

    /// <summary>Lists a directory.</summary>
    /// <param name="path">Below the root; <c>.</c> is the root itself.</param>
    /// <param name="cancellationToken">Stops listing.</param>
    Task<FileResult<FileListing>> ListAsync(string path, CancellationToken cancellationToken);

    /// <summary>Finds lines in text files; binary files are left out, links are not followed.</summary>
    /// <param name="search">What and where.</param>
    /// <param name="cancellationToken">Stops searching.</param>
    Task<FileResult<FileMatches>> SearchAsync(FileSearch search, CancellationToken cancellationToken);

    /// <summary>Says what a change would do, without doing it.</summary>
    /// <param name="request">The change.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    Task<FileResult<FileChange>> PreviewAsync(FileChangeRequest request, CancellationToken cancellationToken);

    /// <summary>Changes a file in one step that is complete on disk when it returns: readers see the old content or the new one.</summary>
    /// <param name="request">The change.</param>
    /// <param name="cancellationToken">Stops before the change happens, never in the middle of it.</param>
    Task<FileResult<FileChange>> ChangeAsync(FileChangeRequest request, CancellationToken cancellationToken);
}
