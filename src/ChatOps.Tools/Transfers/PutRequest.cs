using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ChatOps.Tools.Machines;

namespace ChatOps.Tools.Transfers;

/// <summary>Which file goes where.</summary>
/// <param name="Path">Where.</param>
/// <param name="Text">Its content; or else an upload.</param>
/// <param name="Upload">The upload.</param>
/// <param name="Mode">Its mode; empty keeps.</param>
/// <param name="Owner">Its owner; empty keeps.</param>
/// <param name="Backup">Whether what was there is kept.</param>
internal sealed partial record PutRequest(string Path, byte[]? Text, Upload? Upload, string Mode, string Owner, bool Backup)
{
    /// <summary>Size.</summary>
    public long Bytes => Text?.Length ?? Upload!.Bytes;

    /// <summary>SHA-256 of the content.</summary>
    public string Sha256 => Upload?.Id ?? Convert.ToHexStringLower(SHA256.HashData(Text!));

    /// <summary>Whether the mode lets whoever starts it act as its owner.</summary>
    public bool GivesRights => Mode.Length == 4 && Mode[0] is not '0' || Mode.Length == 5;

    /// <summary>Reads a call's arguments, or says what makes no sense.</summary>
    public static bool TryRead(ToolCall call, IUploads uploads, [NotNullWhen(true)] out PutRequest? request, [NotNullWhen(false)] out string? problem)
    {
        request = null;
        var a = call.Arguments;
        var (path, id, content, mode, owner) = (a.Required("path"), a.Text("file"), a.Text("content"), a.Text("mode") ?? "", a.Text("owner") ?? "");
        var upload = id is null ? null : uploads.Find(call.Principal.Id, id);
        problem =
            MachineText.PathProblem("path", path) is { } p ? p
            : SystemPaths.IsNever(path) ? $"'path': {path} is no file on a disk."
            : (id is null) == (content is null) ? "Name either a 'file' or its 'content', one of them."
            : id is not null && upload is null ? "'file' is no upload of yours, or was removed meanwhile. On a command line name a file there; over HTTP upload it first (POST /api/uploads)."
            : content is not null && Encoding.UTF8.GetByteCount(content) > uploads.MaxBytes ? $"'content' is longer than {uploads.MaxBytes} bytes."
            : mode.Length > 0 && !OctalMode().IsMatch(mode) ? "'mode' is three or four octal digits, such as 0640."
            : owner.Length > 0 && !OwnerName().IsMatch(owner) ? "'owner' is a user, or user:group, such as www-data:www-data."
            : null;
        if (problem is null) request = new PutRequest(path, content is null ? null : Encoding.UTF8.GetBytes(content), upload, mode, owner, a.Flag("backup"));
        return problem is null;
    }

    [GeneratedRegex("^[0-7]{3,4}$", RegexOptions.CultureInvariant)]
    private static partial Regex OctalMode();

    [GeneratedRegex("^[A-Za-z0-9_][A-Za-z0-9_.-]{0,31}(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,31})?$", RegexOptions.CultureInvariant)]
    private static partial Regex OwnerName();
}
