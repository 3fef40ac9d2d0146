using System.Globalization;
using System.Text;
using ChatOps.Agent.Models;
using ChatOps.Configuration;

namespace ChatOps.Agent.Context;

/// <summary>Where the files are that a model is told before every step.</summary>
public sealed class ContextOptions
{
    /// <summary>The workspace's directory; files that are not there are not told.</summary>
    public string WorkspaceDirectory { get; init; } = "workspace";

    /// <summary>What is wrong with the workspace's files, for people: over budget, not readable, not text. Reads them.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems() => [.. WorkspaceFile.All.Select(f => Read(f).Problem).OfType<ConfigurationProblem>()];

    /// <summary>A file, or why it cannot be told; neither when it is not there.</summary>
    internal (string? Text, ConfigurationProblem? Problem) Read(WorkspaceFile file)
    {
        var path = Path.Combine(WorkspaceDirectory, file.Name);
        try
        {
            if (!File.Exists(path)) return (null, null);
            // What is far over the budget is not read to say so.
            var bytes = new FileInfo(path).Length;
            if (bytes > (long)file.MaxCharacters * BytesPerCharacter) return (null, Over(path, file, bytes));
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');
            return text.Length > file.MaxCharacters ? (null, Over(path, file, text.Length, "characters")) : (text, null);
        }
        catch (DecoderFallbackException)
        {
            return (null, new(path, 0, file.Name, "it is not UTF-8 text; save it as UTF-8."));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, new(path, 0, file.Name, $"it cannot be read: {e.Message}"));
        }
    }

    private const int BytesPerCharacter = 4;

    private static ConfigurationProblem Over(string path, WorkspaceFile file, long size, string unit = "bytes") => new(path, 0, file.Name, string.Create(CultureInfo.InvariantCulture,
        $"it holds {size:N0} {unit} (about {size / TokenEstimate.BytesPerToken:N0} tokens), and its budget is {file.MaxCharacters:N0} characters (about {file.MaxCharacters / TokenEstimate.BytesPerToken:N0} tokens). Shorten it, or move parts into skills; nothing of it is cut silently, so the model answers nothing until then."));
}
