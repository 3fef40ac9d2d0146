using ChatOps.Configuration;
using ChatOps.Identity.Editing;
using ChatOps.Identity.Roles;
using Microsoft.Extensions.Logging;

namespace ChatOps.Identity.Files;

/// <summary>
/// The two files and the version of them that is in force. A new version is checked as a whole and swapped in at once; a bad one changes
/// nothing and is said. Changes are made one after another.
/// </summary>
internal sealed partial class AccessFiles(
    IdentityOptions options, AccessDocumentReader reader, TimeProvider time, ILogger<AccessFiles> log) : IAccessChanges, IDisposable
{
    private readonly SemaphoreSlim one = new(1, 1);
    private readonly TrackedFile workspace = new(options.WorkspaceFile, reader);
    private readonly TrackedFile data = new(options.DataFile, reader);
    private volatile AccessVersion version = new(
        AccessDocument.Empty(options.WorkspaceFile), AccessDocument.Empty(options.DataFile), AccessSnapshot.Nobody);
    private volatile CancellationTokenSource change = new();

    /// <summary>Who may do what, now.</summary>
    public AccessSnapshot Snapshot => version.Snapshot;

    public CancellationToken NextChange => change.Token;

    public IReloadStatus WorkspaceStatus => workspace;

    public IReloadStatus DataStatus => data;

    /// <summary>What is on the disk now, to be compared with a second look.</summary>
    public (FileContent Workspace, FileContent Data, bool Changed) Look()
    {
        var (inWorkspace, inData) = (workspace.Look(), data.Look());
        return (inWorkspace, inData, workspace.Differs(inWorkspace) || data.Differs(inData));
    }

    /// <summary>The first load. Any problem stops the start. The gateway's own file is made when missing, with an owner when nobody is admin.</summary>
    /// <exception cref="ConfigurationProblemsException">With the problems of both files.</exception>
    public Task LoadAsync(CancellationToken cancellationToken) => AloneAsync(() =>
    {
        workspace.Take(workspace.Look());
        data.Take(data.Look());
        if (Settle() is { Count: > 0 } problems) throw new ConfigurationProblemsException(problems);
        return true;
    }, cancellationToken);

    /// <summary>Reads again what changed. A bad version leaves the one in force as it is.</summary>
    public Task ReloadAsync(CancellationToken cancellationToken) => AloneAsync(() => Refresh(workspace, data), cancellationToken);

    /// <summary>Changes the gateway's own file and puts the result in force before it returns.</summary>
    /// <returns>Null when done (or when it was so already), else why not.</returns>
    public Task<string?> EditAsync(Func<AccessVersion, AccessEdit> edit, CancellationToken cancellationToken) => AloneAsync(() =>
    {
        Refresh(data);
        if (data.OwnProblems.Count > 0 || data.Latest != version.Data)
            return $"the gateway's own file has a problem that must be mended first: {(data.Problems is [var first, ..] ? first.ToString() : data.File)}";
        var wanted = edit(version);
        return wanted.Document is null ? wanted.Refusal : Replace(wanted.Document);
    }, cancellationToken);

    public void Dispose() => one.Dispose();

    private bool Refresh(params ReadOnlySpan<TrackedFile> files)
    {
        var changed = false;
        foreach (var file in files)
        {
            var content = file.Look();
            if (!file.Differs(content)) continue;
            file.Take(content);
            changed = true;
        }

        if (!changed) return false;
        var problems = Settle();
        foreach (var problem in problems) LogKept(problem.File, problem.Line, problem.Key, problem.Reason);
        if (problems.Count == 0) LogReloaded(Snapshot.Principals.Count, Snapshot.Roles.Count);
        return true;
    }

    // Answers with why the document was not written, or null.
    private string? Replace(AccessDocument wanted)
    {
        var problems = new List<ConfigurationProblem>();
        var text = AccessDocumentWriter.Write(wanted);
        // Read back before it is written: what is on the disk can be read at the next start, and rules have the lines they really are in.
        var document = reader.Read(data.File, text, problems);
        var merged = problems.Count > 0 ? null : AccessMerge.Merge(version.Workspace, document!, problems);
        if (merged is null) return problems[0].Reason;
        if (merged.OwnerId is null) return "then nobody would have the role admin; give it to somebody else first.";
        if (data.Replace(text, document!) is { } failure) return failure;
        PutInForce(new(version.Workspace, document!, merged));
        Settle();
        return null;
    }

    // Puts the newest good versions in force when they fit together; answers with everything that is wrong.
    private List<ConfigurationProblem> Settle()
    {
        List<ConfigurationProblem> problems = [.. workspace.OwnProblems, .. data.OwnProblems];
        var merged = workspace.Newest is { } inWorkspace && data.Newest is { } inData ? AccessMerge.Merge(inWorkspace, inData, problems) : null;
        if (problems.Count == 0 && (merged!.OwnerId is null || !data.Exists)) merged = MakeOwnFile(merged, problems);
        var next = problems.Count == 0 ? new AccessVersion(workspace.Latest, data.Latest, merged!) : Best();
        if (next is not null && (next.Workspace != version.Workspace || next.Data != version.Data || version.Snapshot.OwnerId is null)) PutInForce(next);
        foreach (var (file, inForce) in new[] { (workspace, version.Workspace), (data, version.Data) })
        {
            List<ConfigurationProblem> its = [.. problems.Where(p => p.File == file.File)];
            file.Report(its.Count == 0 && inForce == file.Latest ? time.GetUtcNow() : null, its);
        }

        return problems;
    }

    // A bad file does not hold up the other one, as long as the other fits to the last good version of the bad one.
    private AccessVersion? Best()
    {
        foreach (var (inWorkspace, inData) in new[] { (workspace.Latest, data.Latest), (version.Workspace, data.Latest), (workspace.Latest, version.Data) })
        {
            if (AccessMerge.Merge(inWorkspace, inData, []) is { OwnerId: not null } merged) return new(inWorkspace, inData, merged);
        }

        return null;
    }

    // Writes the gateway's own file, with an owner when nobody is admin.
    private AccessSnapshot? MakeOwnFile(AccessSnapshot known, List<ConfigurationProblem> problems)
    {
        var text = AccessDocumentWriter.Write(known.OwnerId is null ? data.Latest.With(NewOwner(known)) : data.Latest);
        var document = reader.Read(data.File, text, problems);
        var merged = problems.Count > 0 ? null : AccessMerge.Merge(workspace.Latest, document!, problems);
        if (merged is null) return null;
        if (data.Replace(text, document!) is { } failure)
        {
            problems.Add(new(data.File, 0, "(file)", failure));
            return null;
        }

        if (known.OwnerId is null) LogOwnerMade(merged.OwnerId!, data.File);
        return merged;
    }

    // A name that is free: nobody who is known becomes admin because of being called owner.
    private static PersonEntry NewOwner(AccessSnapshot known)
    {
        var id = "owner";
        for (var i = 2; known.Find(id) is not null; i++) id = $"owner-{i}";
        var name = AccessText.Shown(Environment.UserName);
        return new(id, 0, name.Length is > 0 and <= AccessText.MaxLength ? name : null, [new(BuiltInRoles.Admin, 0)], []);
    }

    private void PutInForce(AccessVersion next)
    {
        version = next;
        var fired = change;
        change = new();
        // On other threads: whoever listens cannot hold up the change, and whatever they throw is theirs.
        _ = fired.CancelAsync();
    }

    private async Task<T> AloneAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            return work();
        }
        finally
        {
            one.Release();
        }
    }
}
