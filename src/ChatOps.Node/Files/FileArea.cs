using ChatOps.Fleet;

namespace ChatOps.Node.Files;

/// <summary>The files below the root in the options.</summary>
internal sealed class FileArea(NodeOptions options) : IFileArea
{
    /// <summary>Do without openat2, as on kernels before 5.6.</summary>
    public bool Walk { get; init; }

    /// <inheritdoc />
    public Task<FileResult<FileText>> ReadAsync(string path, int? fromLine, int? lines, CancellationToken cancellationToken) =>
        InRootAsync<FileText>(path, (root, at) => FileReader.Read(root, at, fromLine ?? 1, lines ?? int.MaxValue, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<FileResult<FileListing>> ListAsync(string path, CancellationToken cancellationToken) =>
        InRootAsync<FileListing>(path, (root, at) => FileLister.List(root, at, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<FileResult<FileMatches>> SearchAsync(FileSearch search, CancellationToken cancellationToken) =>
        InRootAsync<FileMatches>(search.Path, (root, at) => LinePattern.From(search, out var problem) is { } pattern
            ? new FileSearcher(pattern, Math.Clamp(search.Limit, 1, FileBounds.SearchMatches), cancellationToken).Search(root, at)
            : problem!.As<FileMatches>(), cancellationToken);

    /// <inheritdoc />
    public Task<FileResult<FileChange>> PreviewAsync(FileChangeRequest request, CancellationToken cancellationToken) =>
        InRootAsync<FileChange>(request.Path, (root, at) => Change(request, root, at, apply: false), cancellationToken);

    /// <inheritdoc />
    public Task<FileResult<FileChange>> ChangeAsync(FileChangeRequest request, CancellationToken cancellationToken) =>
        InRootAsync<FileChange>(request.Path, (root, at) => Change(request, root, at, apply: true), cancellationToken);

    private static FileResult<FileChange> Change(FileChangeRequest request, RootDirectory root, FilePath path, bool apply)
    {
        using var directory = DirectoryEntries.Open(root, new FilePath(path.Directory), out var problem);
        if (directory is null)
            return (problem!.Status == FileStatus.NotFound ? NoParent(path) : problem).As<FileChange>();
        if (ChangePlanner.Plan(request, path, directory, out problem) is not { } plan)
            return problem!.As<FileChange>();

        return apply && FileReplacer.Replace(plan, directory) is { } failure ? failure.As<FileChange>() : new(FileStatus.Done, plan.Change, null);
    }

    // A mistyped directory must not become a new one.
    private static FileProblem NoParent(FilePath path) => new(
        FileStatus.NotFound, $"{path.Text}: the directory {path.Directory} does not exist, and directories are not made on the way. Make it first, for example with: run mkdir -p DIR.");

    private Task<FileResult<T>> InRootAsync<T>(string text, Func<RootDirectory, FilePath, FileResult<T>> action, CancellationToken cancellationToken)
        where T : class =>
        Task.Run(() =>
        {
            if (FilePath.Parse(text, out var problem) is not { } path)
                return problem!.As<T>();
            using var root = RootDirectory.Open(options.FilesRoot, Walk, out problem);
            if (root is null)
                return problem!.As<T>();

            try
            {
                return action(root, path);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                return FileProblem.From(failure, path.Text).As<T>();
            }
        }, cancellationToken);
}
