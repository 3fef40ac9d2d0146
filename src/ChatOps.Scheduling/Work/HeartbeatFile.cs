using System.Text;
using ChatOps.Models;

namespace ChatOps.Scheduling.Work;

/// <summary>Reads HEARTBEAT.md: what is to be done is whatever stands there besides headings, comments and empty lines.</summary>
internal sealed class HeartbeatFile(SchedulingOptions options, Lazy<IModelSetup> models) : IHeartbeat
{
    /// <summary>Longest list of tasks, in characters.</summary>
    public const int MaxCharacters = 8000;

    private const int BytesPerCharacter = 4;
    private const string CommentBegin = "<!--";
    private const string CommentEnd = "-->";

    public HeartbeatView Look()
    {
        var file = options.HeartbeatFile ?? "HEARTBEAT.md";
        var (tasks, problem) = Read(file);
        var why = !options.Heartbeat.Enabled ? "Heartbeat:Enabled is false."
            : problem ?? (tasks.Length == 0 ? $"There are no tasks in {Path.GetFileName(file)}." : models.Value.Any ? null : "No model is configured.");
        return new HeartbeatView(options.Heartbeat.Enabled, file, tasks, why) { Broken = problem is not null };
    }

    /// <summary>The tasks of a text; empty when there are none.</summary>
    internal static string TasksOf(string text)
    {
        var kept = new StringBuilder();
        while (text.IndexOf(CommentBegin, StringComparison.Ordinal) is >= 0 and var begin)
        {
            var end = text.IndexOf(CommentEnd, begin, StringComparison.Ordinal);
            text = text[..begin] + (end < 0 ? "" : text[(end + CommentEnd.Length)..]);
        }

        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (IsTask(line)) kept.Append(line.TrimEnd()).Append('\n');
        }

        return kept.ToString().Trim();
    }

    // An empty item or an empty box of a list is a place for a task and no task.
    private static bool IsTask(string line)
    {
        var text = line.Trim();
        return text.Length > 0 && text[0] != '#' && text.Trim('-', '*', '+', ' ', '[', ']', '_', '=').Length > 0;
    }

    private static (string Tasks, string? Problem) Read(string file)
    {
        try
        {
            if (!File.Exists(file)) return ("", null);
            if (new FileInfo(file).Length > (long)MaxCharacters * BytesPerCharacter) return ("", TooLong(file));
            var tasks = TasksOf(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(file)).TrimStart('\uFEFF'));
            return tasks.Length > MaxCharacters ? ("", TooLong(file)) : (tasks, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            return ("", $"{Path.GetFileName(file)} cannot be read: {e.Message}");
        }
    }

    private static string TooLong(string file) => $"{Path.GetFileName(file)} has more than {MaxCharacters} characters of tasks. Shorten it: it is read as a whole each time.";
}
