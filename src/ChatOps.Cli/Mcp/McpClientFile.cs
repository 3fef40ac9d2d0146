using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOps.Cli.Mcp;

/// <summary>
/// The configuration of an MCP client, to which an entry is added. Every other entry stays as it is; the file of before stays beside it. A file that cannot be read whole, or
/// whose comments would be lost, is not written.
/// </summary>
/// <param name="path">The file; it need not exist.</param>
/// <param name="time">For the name of the copy.</param>
internal sealed class McpClientFile(string path, TimeProvider time)
{
    private const int MaxBytes = 16 * 1024 * 1024;
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions WithComments = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>What became of the file.</summary>
    /// <param name="File">Where it is.</param>
    /// <param name="Changed">Whether it was written.</param>
    /// <param name="Replaced">Whether it had another entry of that name.</param>
    /// <param name="Backup">The copy of before; null when there was none.</param>
    public sealed record Outcome(string File, bool Changed, bool Replaced, string? Backup);

    /// <summary>How people read an entry.</summary>
    public static string Show(IReadOnlyList<string> section, string name, JsonObject entry) => Nest(section, name, entry).ToJsonString(Written);

    /// <summary>Adds an entry, or puts it in the place of the one of that name.</summary>
    /// <exception cref="CliFailureException">The file is not what it should be; it was not touched.</exception>
    public Outcome Add(IReadOnlyList<string> section, string name, JsonObject entry)
    {
        try
        {
            // A link is a file kept elsewhere: that one is written, and the link stays.
            var target = new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : path;
            var before = File.Exists(target) ? Read(target) : null;
            var root = before ?? [];
            var servers = Section(root, section);
            var known = servers[name];
            if (known is not null && JsonNode.DeepEquals(known, entry)) return new(target, Changed: false, Replaced: false, null);
            servers[name] = entry.DeepClone();
            string? backup = null;
            if (before is not null)
            {
                backup = string.Create(CultureInfo.InvariantCulture, $"{target}.{time.GetUtcNow():yyyyMMdd'T'HHmmssfff}.bak");
                File.Copy(target, backup);
            }

            Write(target, root.ToJsonString(Written) + "\n");
            return new(target, Changed: true, Replaced: known is not null, backup);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Problem($"{path} cannot be changed: {e.Message}");
        }
    }

    private JsonObject Read(string target)
    {
        if (new FileInfo(target).Length > MaxBytes) throw Problem($"{target} has more than {MaxBytes / 1024 / 1024} MiB; that is no configuration.");
        var text = File.ReadAllText(target);
        if (string.IsNullOrWhiteSpace(text)) return [];
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject ?? throw Problem($"{target} is no JSON object.");
        }
        catch (JsonException)
        {
            throw Problem(IsCommented(text)
                ? $"{target} has comments, which writing it would lose."
                : $"{target} is not JSON that can be read and written back as it is.");
        }
    }

    private static bool IsCommented(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, WithComments);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private JsonObject Section(JsonObject root, IReadOnlyList<string> section)
    {
        var at = root;
        foreach (var key in section)
        {
            at[key] ??= new JsonObject();
            at = at[key] as JsonObject ?? throw Problem($"{path}: '{string.Join('.', section)}' is no object.");
        }

        return at;
    }

    // Whole or not at all: a program that reads it meanwhile finds one of the two.
    private static void Write(string target, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var next = target + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = File.Exists(target) ? File.GetUnixFileMode(target) : UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(next, options))
        {
            using var writer = new StreamWriter(stream);
            writer.Write(text);
            writer.Flush();
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, target, overwrite: true);
    }

    private static JsonObject Nest(IReadOnlyList<string> section, string name, JsonObject entry)
    {
        var result = new JsonObject { [name] = entry.DeepClone() };
        foreach (var key in section.Reverse()) result = new JsonObject { [key] = result };
        return result;
    }

    private static CliFailureException Problem(string text) => new(ExitCodes.Failed, "client_file", $"{text} Nothing was changed; --print shows what to add by hand.");
}
